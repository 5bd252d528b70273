import Calculation
import Foundation
import LedgerFiles
import LedgerModel

/// What the demo does with a ledger: which three departments record their next month, and which KPI two people of one
/// department disagree about.
struct DemoPlan {
  /// A KPI with the month that is to be recorded next, and the last value.
  struct Entry {
    let kpi: KPIID
    let period: Period
    let last: Quantity
    /// The role that heads the department.
    let head: String
  }

  /// One a department.
  let entries: [Entry]
  /// The KPI of the first department that two people change.
  var contested: Entry { entries[0] }
  let target: (period: Period, value: Quantity)
  let priority: Int

  /// - Throws: `Failure` where the ledger has not what the demo needs.
  init(ledger folder: String) throws {
    let ledger = try Self.read(folder)
    var byDepartment: [String: Entry] = [:]
    for (id, definition) in ledger.definitions.sorted(by: { $0.key < $1.key }) where byDepartment[id.department] == nil
    {
      guard let head = ledger.departments[id.department]?.head, ledger.people.roles[head] != nil,
        let entry = Self.entry(definition, ledger.actuals[id], head: head)
      else { continue }
      byDepartment[id.department] = entry
    }
    entries = byDepartment.sorted { $0.key < $1.key }.map(\.value).prefix(3).map(\.self)
    guard entries.count == 3, let definition = ledger.definitions[entries[0].kpi],
      let newest = definition.targets.max(by: { $0.key < $1.key }), case .value(let value) = newest.value
    else {
      throw Failure(
        "\(folder) has no three departments with a head, monthly figures and targets to play with.",
        hint: "Take the ledger that comes with the project: kpi demo --from Examples/mta")
    }
    target = (entries[0].period, value)
    priority = definition.priority ?? 1
  }

  private static func entry(_ definition: Definition, _ actuals: Actuals?, head: String) -> Entry? {
    let calculation = definition.calculation
    guard definition.kind == .kpi, definition.status == .active, definition.consolidates == nil,
      calculation.period == .month, calculation.dimensions.isEmpty, calculation.inputs.map(\.name) == ["value"],
      definition.targets.values.contains(where: { if case .value = $0 { true } else { false } }),
      let actuals, let last = actuals.periods.last, let value = actuals.values(of: "value")?.last.flatMap(\.self),
      value > 100
    else { return nil }
    return Entry(kpi: definition.id, period: last.next, last: value, head: head)
  }

  private static func read(_ folder: String) throws -> Ledger {
    guard let names = FileManager.default.enumerator(atPath: folder),
      FileManager.default.fileExists(atPath: folder + "/ledger.yaml")
    else { throw Failure("There is no ledger in \(folder).", hint: "Name a folder that has a ledger.yaml.") }
    var files: [LedgerReader.File] = []
    for case let name as String in names where LedgerPath(name).isInLayout {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      files.append((name, [UInt8](data)))
    }
    return LedgerReader.read(files).ledger
  }
}

import Foundation
import LedgerModel
import LedgerStore
import Testing

/// Two vintages of New York City Transit's indicators as two commits: what `kpi audit --restatements` finds between them,
/// against a count over the two tables that knows nothing of the project.
@Suite("Two vintages as history", .enabled(if: RealData.isHere, RealData.missing))
struct VintageTests {
  /// One figure of a table: an indicator's actual or target in a month.
  private struct Cell: Hashable {
    let indicator: String
    let month: String
  }

  /// What a vintage says of a column; nil where it is blank.
  private typealias Column = [Cell: Decimal?]

  private static let columns = [
    "AGENCY_NAME", "INDICATOR_NAME", "CATEGORY", "FREQUENCY", "DESIRED_CHANGE", "INDICATOR_UNIT", "PERIOD_YEAR",
    "PERIOD_MONTH", "MONTHLY_TARGET", "MONTHLY_ACTUAL",
  ]

  private static func rows(_ path: String) throws -> [[String: String]] {
    try RawTable(path, columns: columns).rows.filter { $0["AGENCY_NAME"] == "NYC Transit" }
  }

  private static func cell(_ row: [String: String]) -> Cell {
    let month = row["PERIOD_MONTH"] ?? ""
    return Cell(
      indicator: row["INDICATOR_NAME"] ?? "",
      month: "\(row["PERIOD_YEAR"] ?? "")-\(month.count == 1 ? "0" : "")\(month)")
  }

  private static func column(_ name: String, _ rows: [[String: String]]) -> Column {
    var column: Column = [:]
    for row in rows { column[cell(row)] = .some(Decimal(string: (row[name] ?? "").replacing(",", with: ""))) }
    return column
  }

  /// The months that both vintages have, and have otherwise: `restated` had another figure, `filled` had none.
  private static func compared(
    _ before: Column, _ after: Column
  ) -> (restated: Set<String>, filled: Set<String>, zeros: Int, cleared: Int) {
    var (restated, filled, zeros, cleared): (Set<String>, Set<String>, Int, Int) = ([], [], 0, 0)
    for (cell, now) in after {
      guard let then = before[cell], then != now else { continue }
      switch (then, now) {
      case (let then?, let now?): restated.insert("\(cell.indicator) \(cell.month) \(then) \(now)")
      case (nil, let now?) where now == 0: zeros += 1
      case (nil, let now?): filled.insert("\(cell.indicator) \(cell.month) - \(now)")
      default: cleared += 1
      }
    }
    return (restated, filled, zeros, cleared)
  }

  /// A ledger of the agencies with nothing in it but what the first vintage says.
  private static func ledger() throws -> Workplace {
    let work = try Workplace()
    let example = RealData.project.appending(path: "Examples/mta").path
    try FileManager.default.copyItem(atPath: example, toPath: work.folder + "/mta")
    for department in try FileManager.default.contentsOfDirectory(atPath: work.folder + "/mta/departments") {
      for kind in ["kpis", "actuals"] {
        try? FileManager.default.removeItem(atPath: work.folder + "/mta/departments/\(department)/\(kind)")
      }
    }
    try work.keep("mta")
    try work.kpi("import", RealData.mta, "--map", "map.yaml", in: "mta")
    return work
  }

  /// What the report finds, as `kind subject` to `indicator month from to`.
  private static func found(_ work: Workplace) throws -> [String: [String]] {
    let names = try LedgerTree(folder: work.folder + "/mta").ledger.definitions.mapValues(\.name)
    let report: [[String: Any]] = try work.json("audit", "--restatements", in: "mta")
    var found: [String: [String]] = [:]
    for line in report {
      func figure(_ name: String) -> String {
        (line[name] as? Double).flatMap { Decimal(string: "\($0)") }.map { "\($0)" } ?? "-"
      }
      let id = try #require(KPIID(line["kpi"] as? String ?? ""))
      let name = try #require(names[id])
      let kind = "\(line["kind"] ?? "") \(line["subject"] ?? "")"
      found[kind, default: []].append("\(name) \(line["period"] ?? "") \(figure("from")) \(figure("to"))")
      #expect(line["by"] as? String == "Ana Ruiz <ana@example.org>" && line["phase"] as? String == "ended")
    }
    return found
  }

  /// Of 3,210 months that both have, 12 actuals and 55 targets are others, and 711 actuals that were blank are there. The
  /// later vintage also has 0 for 651 targets that were blank: the map says that nobody plans 0, so they stay without.
  @Test("12 restated actuals, 55 restated targets and 711 filled blanks of the months that both have, and no others")
  func shared() throws {
    let (before, after) = (try Self.rows(RealData.mta), try Self.rows(RealData.laterMTA))
    let known = Set(before.map(Self.cell))
    let shared = after.filter { known.contains(Self.cell($0)) }
    #expect(shared.count == 3210)
    let actuals = Self.compared(Self.column("MONTHLY_ACTUAL", before), Self.column("MONTHLY_ACTUAL", shared))
    let targets = Self.compared(Self.column("MONTHLY_TARGET", before), Self.column("MONTHLY_TARGET", shared))
    #expect(actuals.restated.count == 12 && actuals.filled.count == 711 && actuals.zeros == 0 && actuals.cleared == 0)
    #expect(targets.restated.count == 55 && targets.filled.isEmpty && targets.zeros == 651 && targets.cleared == 0)
    let work = try Self.ledger()
    #expect(try Self.found(work).isEmpty)
    let lines = [Self.columns] + shared.map { row in Self.columns.map { row[$0] ?? "" } }
    let text = lines.map { $0.map { "\"\($0)\"" }.joined(separator: ",") + "\n" }.joined()
    try work.write(text, to: "shared.csv")
    try work.kpi("import", work.folder + "/shared.csv", "--map", "map.yaml", in: "mta")
    let found = try Self.found(work)
    #expect(found.keys.sorted() == ["filled actual", "restated actual", "restated target"])
    #expect(found["restated actual"]?.sorted() == actuals.restated.sorted())
    #expect(found["restated target"]?.sorted() == targets.restated.sorted())
    #expect(found["filled actual"]?.sorted() == actuals.filled.sorted())
  }

  /// The later vintage goes on to 2018: what it has of the indicators that the first one had, in months that this one has
  /// no row for, came late as well.
  @Test("With all of the later vintage the same are restated, and the months that the first has no row for are filled")
  func whole() throws {
    let (before, after) = (try Self.rows(RealData.mta), try Self.rows(RealData.laterMTA))
    let (known, indicators) = (Set(before.map(Self.cell)), Set(before.map { Self.cell($0).indicator }))
    let added = after.filter { row in
      let cell = Self.cell(row)
      let isBlank = Decimal(string: (row["MONTHLY_ACTUAL"] ?? "").replacing(",", with: "")).map { value in
        row["INDICATOR_UNIT"] == "%" && value == 0
      }
      return !known.contains(cell) && indicators.contains(cell.indicator) && isBlank == false
    }
    let work = try Self.ledger()
    try work.kpi("import", RealData.laterMTA, "--map", "map.yaml", in: "mta")
    let found = try Self.found(work)
    #expect(found["restated actual"]?.count == 12 && found["restated target"]?.count == 55)
    #expect(found["filled actual"]?.count == 711 + added.count, "\(added.count)")
  }
}

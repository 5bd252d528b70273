import ArgumentParser
import Calculation
import Consolidation
import LedgerFiles
import LedgerModel

/// `kpi record`
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record a KPI's actuals for a period.",
    discussion: """
      Values that are not named stay as they are. A value that is not known is left out or written as 'won=': it is \
      missing, never zero.

      Examples:
        kpi record sales/win-rate 2026-03 won=12 decided=40
        kpi record sales/new-orders 2026-03 1250.50 --note "two deals not booked yet" --status provisional
        kpi record sales/new-orders 2026-03=1250.50 2026-04=1310
        kpi record sales/win-rate 2026-03 territory=north won=5 decided=11
        kpi record sales/win-rate 2026-03 --confirm
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "The KPI, as sales/win-rate.", completion: .kpi) var id: String
  @Argument(help: "The period, as 2026-03, 2026-Q1, 2026-W11 or 2026-03-14.") var period: String
  @Argument(
    help: ArgumentHelp(
      """
      The inputs, and dimensions where the KPI has them. A single input needs no name, and may be given for several \
      periods: 2026-03=12 2026-04=14.
      """, valueName: "name=value"))
  var values: [String] = []

  @Option(help: "What readers should know of these values; an empty text takes the note away.") var note: String?
  @Option(help: "final, provisional, estimated or missing.", completion: .list(RowStatus.allCases.map(\.rawValue)))
  var status: String?
  @ArgumentParser.Flag(
    help: "Confirm a row that was recorded under an earlier definition: its values hold under the one in force.")
  var confirm = false
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let id = try KPIName.read(id)
    let definition = try desk.definition(id)
    var entry = ActualsEntry(definition: definition)
    entry.note = note
    entry.status = try status.map(Self.status)
    if confirm { entry.confirmation = try RowConfirmation.text(for: id, in: desk) }
    let common = entry
    let entries = try Failure.ofEntry { () throws(EntryFault) in
      try ActualsEntryReader(definition).entries([period] + values, common: common)
    }
    var bytes = desk.bytes(id.actualsPath)
    var recorded: [(entry: ActualsEntry, change: ActualsEntry.Change)] = []
    for entry in entries {
      let change = try Failure.ofEntry { () throws(EntryFault) in try entry.applied(to: bytes) }
      guard let change else {
        Console.print("\(id) has these values for \(entry.key) already.")
        continue
      }
      bytes = change.bytes
      recorded.append((entry, change))
    }
    guard !recorded.isEmpty else { return }
    let keys = recorded.map(\.entry.key).joined(separator: ", ")
    let closed = ClosedNotice(changing: [id.actualsPath: bytes], in: desk.clone)
    try desk.save([id.actualsPath: bytes], message: message ?? "Record \(keys) of \(id)")
    for (entry, change) in recorded {
      Console.print("\(id), \(entry.key): \(change.described)")
      if let figure = change.figure { Console.print(Self.figureText(figure, definition, entry.period)) }
    }
    closed.print()
    Console.print("Saved here; 'kpi sync' sends it.")
  }

  private static func status(_ text: String) throws -> RowStatus {
    guard let status = RowStatus(rawValue: text) else {
      let known = RowStatus.allCases.map(\.rawValue)
      throw Failure(
        "'\(text)' is no status." + Suggestion.sentence(for: text, in: known),
        hint: "It is one of: \(known.joined(separator: ", ")).")
    }
    return status
  }

  /// The figure that the row gives, beside its target where there is one for just this period.
  private static func figureText(_ figure: Quantity, _ definition: Definition, _ period: Period?) -> String {
    var text = "\(definition.name): \(figure)" + (definition.calculation.unit.map { " \($0)" } ?? "")
    if let period, let target = definition.targets[period], let direction = definition.calculation.direction,
      let achievement = target.achievement(of: figure, direction: direction, baseline: definition.baseline)
    {
      text += ", \(achievement.rounded(toPlaces: 1)) % of the target"
    }
    return text
  }
}

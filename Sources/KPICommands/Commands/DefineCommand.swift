import ArgumentParser
import Calculation
import Foundation
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi define`
struct DefineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "define",
    abstract: "Create a KPI's definition, or change fields of it.",
    discussion: """
      Without any field, your editor opens: on the definition, or on a commented template for a new one. An empty text \
      clears a field (--goal ""). A new KPI is a draft until --status active.

      Examples:
        kpi define sales/win-rate --name "Win rate" --unit percent --input won:sum --input decided:sum \\
            --formula "won / decided * 100" --owner head-of-sales --goal grow-revenue
        kpi define sales/win-rate --target 2026=25 --target 2026-Q3=27 -m "Plan of the spring meeting"
        kpi define sales/win-rate --set thresholds.amber=85 --status active
        kpi define sales/win-rate
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The KPI, as sales/win-rate.", completion: .kpi) var id: String

  @Option(help: "What it is called.") var name: String?
  @Option(name: .customLong("class"), help: "kpi, metric or context.", completion: .list(["kpi", "metric", "context"]))
  var kind: String?
  @Option(help: "The goal it serves, an id of goals.yaml.", completion: .goal) var goal: String?
  @Option(help: "1 is first.") var priority: String?
  @Option(help: "Its weight within its goal.") var weight: String?
  @Option(help: "The role that explains deviations and demands decisions.", completion: .role) var owner: String?
  @Option(help: "The role whose actuals are authoritative.", completion: .role) var dataOwner: String?
  @Option(help: "What is decided with this figure.") var decision: String?
  @Option(help: "What happens where it is missed.") var consequence: String?
  @Option(help: "A unit of ledger.yaml or a currency code.") var unit: String?
  @Option(help: "higher, lower or band: what is better.", completion: .list(["higher", "lower", "band"]))
  var direction: String?
  @Option(
    help: ArgumentHelp("An input and how a longer period adds it up: won:sum. May be repeated.", valueName: "name:how"))
  var input: [String] = []
  @Option(help: "How the figure is made of the inputs.") var formula: String?
  @Option(help: "How often actuals are recorded: day, week, month, quarter, half or year.", completion: Self.periods)
  var period: String?
  @Option(
    help: "How a period's value accrues: calendar, workdays, seasonal or snapshot.",
    completion: .list(["calendar", "workdays", "seasonal", "snapshot"]))
  var profile: String?
  @Option(help: ArgumentHelp("A planned value: 2026=25. May be repeated.", valueName: "period=value"))
  var target: [String] = []
  @Option(help: "Needed where a target is zero or negative.") var baseline: String?
  @Option(
    help: ArgumentHelp("How often it is looked at: day, week, month …", valueName: "cadence"), completion: Self.periods)
  var review: String?
  @Option(help: "draft, active or retired.", completion: .list(["draft", "active", "retired"])) var status: String?
  @Option(help: ArgumentHelp("Any other field: thresholds.amber=85. May be repeated.", valueName: "field=value"))
  var set: [String] = []
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  private static var periods: CompletionKind { .list(PeriodKind.allCases.map(\.rawValue)) }

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let id = try KPIName.read(id)
    let old = desk.bytes(id.definitionPath)
    let entry = try entry()
    let new = entry.isEmpty ? try edited(id, old) : entry.applied(to: old, id: id)
    guard new != old else {
      Console.print("\(id) is defined like that already.")
      return
    }
    var files: [String: [UInt8]?] = [id.definitionPath: new]
    let department = "departments/\(id.department)/department.yaml"
    if desk.bytes(department) == nil { files[department] = Array("name: \(Self.title(id.department))\n".utf8) }
    let verb = old == nil ? "Define" : "Change"
    let closed = ClosedNotice(changing: files, in: desk.clone)
    let known = old == nil ? KPIName.all(in: FolderSource(desk.clone.folder)) : []
    try desk.save(files, message: message ?? "\(verb) \(id)" + summary(entry))
    Console.print(old == nil ? "\(id) is defined." : "\(id) is changed.")
    if let meant = Suggestion.nearest(to: id.description, in: known) {
      Console.note("  It is a new KPI. Did you mean \(meant)? Then take this back: kpi undo")
    }
    for warning in LedgerReader.decode(path: id.definitionPath, bytes: new).findings where warning.severity == .warning
    {
      Console.note("  line \(warning.position.line): \(warning.message)")
    }
    closed.print()
    Console.print("Saved here; 'kpi sync' sends it.")
  }

  private func entry() throws -> DefinitionEntry {
    var entry = DefinitionEntry()
    for (field, text) in [
      ("name", name), ("decision", decision), ("consequence", consequence), ("formula", formula),
    ] {
      if let text { entry.setText([field], to: text) }
    }
    for (field, text) in [
      ("class", kind), ("goal", goal), ("priority", priority), ("weight", weight), ("owner", owner),
      ("data_owner", dataOwner), ("unit", unit), ("direction", direction), ("period", period), ("profile", profile),
      ("baseline", baseline), ("status", status),
    ] {
      if let text { entry.set([field], to: text) }
    }
    if let review { entry.set(["review", "cadence"], to: review) }
    try Failure.ofEntry { () throws(EntryFault) in
      for text in input { try entry.setInput(text) }
      for text in target { try entry.setTarget(text) }
      for text in set { try entry.setField(text) }
    }
    return entry
  }

  /// As `: targets.2026, owner`, for a message that nobody wrote.
  private func summary(_ entry: DefinitionEntry) -> String {
    let fields = entry.changes.map { $0.path.joined(separator: ".") }
    return fields.isEmpty ? "" : ": " + fields.prefix(5).joined(separator: ", ") + (fields.count > 5 ? " …" : "")
  }

  private static func title(_ department: String) -> String {
    let words = department.split(separator: "-").joined(separator: " ")
    return YAMLWriter.flow(.string(words.prefix(1).uppercased() + words.dropFirst()))
  }

  // MARK: With an editor

  /// What a person made of the definition, or of a template. What would break a rule stays in a file of its own, so that
  /// nobody types it twice.
  private func edited(_ id: KPIID, _ old: [UInt8]?) throws -> [UInt8] {
    guard Console.canAsk, Console.isTerminal else {
      throw Failure(
        "No field is given, and there is no terminal for an editor.",
        hint: "Name a field, as: kpi define \(id) --name 'Win rate'. All of them: kpi define --help")
    }
    let file = NSTemporaryDirectory() + "\(id.kpi)-\(UUID().uuidString.prefix(8)).yaml"
    var text = old ?? Array(DefinitionEntry.template(id).utf8)
    while true {
      text = try Self.edit(text, in: file)
      let errors = LedgerReader.decode(path: id.definitionPath, bytes: text).findings.filter { $0.severity == .error }
      guard !errors.isEmpty else { break }
      for error in errors { Console.note("  line \(error.position.line): \(error.message)") }
      guard ["y", "yes", ""].contains(Console.ask("Edit it again? [Y/n]")?.lowercased()) else {
        throw Failure("Nothing was changed.", hint: "What you wrote is in \(file)", status: .findings)
      }
    }
    try? FileManager.default.removeItem(atPath: file)
    return text
  }

  /// Opens the person's editor on a text, and gives what they made of it.
  private static func edit(_ text: [UInt8], in file: String) throws -> [UInt8] {
    guard FileManager.default.createFile(atPath: file, contents: Data(text)) else {
      throw Failure("The file for the editor could not be written: \(file)")
    }
    let editor = Console.environment["VISUAL"] ?? Console.environment["EDITOR"] ?? "vi"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(editor) \"$1\"", "sh", file]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data = FileManager.default.contents(atPath: file) else {
      throw Failure("The editor did not end well, so nothing was changed.", hint: "Your editor is: \(editor)")
    }
    return [UInt8](data)
  }
}

import ArgumentParser
import Calculation
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi close`
struct CloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "State that a period's actuals are final.",
    discussion: """
      Syncs, closes and syncs in one go, so that the close covers what everybody has sent. It covers the periods that \
      end within it, their targets, and the calculations that served them: who changes these afterwards is held, \
      unless a controller who knows of the close restates them. Without a period, says what is closed.

      Examples:
        kpi close
        kpi close 2026-03
        kpi close 2026-Q1 --department sales -m "After the audit of the pipeline"
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The period, as 2026-03 or 2026-Q1.") var period: String?
  @Option(help: "Close it for one department only.") var department: String?
  @Option(name: [.short, .long], help: "What readers should know of the close.") var message: String?
  @OptionGroup var consent: ConsentOption
  @OptionGroup var form: FormatOption

  func run() async throws {
    let clone = try ledger.open()
    guard let period else {
      Console.print(ClosedListing.text(in: clone, as: form.format), terminator: "")
      return
    }
    let scope = try CloseScope(period: period, department: department, in: clone)
    try CloseScope.requireController(clone, "closes a period")
    if !consent.dryRun { try await OnlineSync(clone, "Nothing was closed.").run() }
    let desk = LedgerDesk(clone: clone)
    guard desk.bytes(scope.path) == nil else {
      Console.print("\(scope.title) is closed already.")
      return
    }
    let open = OpenFigures(scope, in: clone)
    for line in open.lines { Console.print(line) }
    guard try consent.isGiven("Close \(scope.title)? [y/N]") else { return }
    var text: [(key: String, value: YAMLValue)] = []
    if let message { text = [("note", .string(message))] }
    let bytes = text.isEmpty ? [] : Array(YAMLWriter.text(.map(text)).utf8)
    try desk.save([scope.path: bytes], message: "Close \(scope.title)" + (message.map { ": \($0)" } ?? ""))
    let report = try await OnlineSync(clone, "The close waits here; 'kpi sync' sends it.").run()
    guard desk.bytes(scope.path) != nil else { throw scope.failure(of: "closed", again: "close", report) }
    Console.print("\(scope.title) is closed\(try clone.hubAddress() == nil ? " here" : " for everybody").")
  }
}

/// `kpi reopen`
struct ReopenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Take a close back, so that a period's figures can be changed again.",
    discussion: """
      Examples:
        kpi reopen 2026-03 -m "The invoices of the 31st were booked late"
        kpi reopen 2026-Q1 --department sales -m "Restated after the audit"
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The period, as 2026-03 or 2026-Q1.") var period: String
  @Option(help: "The department it was closed for.") var department: String?
  @Option(name: [.short, .long], help: "Why: it is asked for by whoever reads the close.") var message: String

  func run() async throws {
    let clone = try ledger.open()
    guard message.contains(where: { !$0.isWhitespace }) else {
      throw Failure("A reason is needed.", hint: "Say it, as: -m \"The invoices of the 31st were booked late\"")
    }
    let scope = try CloseScope(period: period, department: department, in: clone)
    try CloseScope.requireController(clone, "opens a period again")
    try await OnlineSync(clone, "Nothing was opened.").run()
    let desk = LedgerDesk(clone: clone)
    guard desk.bytes(scope.path) != nil else {
      throw Failure("\(scope.title) is not closed.", hint: "See what is: kpi close")
    }
    try desk.save([scope.path: nil as [UInt8]?], message: "Reopen \(scope.title): \(message)")
    let report = try await OnlineSync(clone, "It waits here; 'kpi sync' sends it.").run()
    guard desk.bytes(scope.path) == nil else { throw scope.failure(of: "open", again: "reopen", report) }
    let still = scope.stillClosed(in: LedgerView(FolderSource(clone.folder)))
    guard !still.isEmpty else {
      Console.print("\(scope.title) is open again.")
      return
    }
    Console.print("The close of \(scope.title) is taken back, but the period stays closed by another:")
    for close in still { Console.print("  \(close.title): kpi reopen \(close.arguments) -m 'Why'") }
  }
}

import ArgumentParser
import LedgerFiles
import LedgerStore
import Syncing

/// `kpi import`
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in figures, targets and definitions from a table: CSV as spreadsheets write it, or JSON.",
    discussion: """
      A mapping file says what the columns mean; without one they have to be named as in a ledger (kpi, period, value, \
      target …). KPIs that are new get a definition, those that exist keep theirs. A value or target that differs from \
      the ledger's takes its place, and it is said which; a blank cell changes nothing. With one error nothing at all \
      is imported. Importing a table again changes nothing.

      Examples:
        kpi import figures.csv --dry-run
        kpi import figures.csv --map map.yaml --message "Figures of 2025, from finance"
        kpi import figures.json --map map.yaml
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "The table: CSV, or JSON as a list of objects.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("What its columns mean: see docs/import.md.", valueName: "map.yaml"), completion: .file())
  var map: String?

  @Flag(help: "Say row by row what would be done; change nothing.")
  var dryRun = false

  @Option(name: [.short, .long], help: "Where the figures are from, as 'kpi audit' will show it.")
  var message: String?

  @Option(help: "How to print what --dry-run says: table, json or csv.")
  var format: OutputFormat = .table

  func run() async throws {
    let clone = try ledger.open()
    let run = try ImportRun(file: file, map: map, onto: FolderSource(clone.folder))
    let isDoable = run.report(rehearsal: dryRun ? { ImportListing.text($0, as: format) } : nil)
    guard isDoable else { throw ExitStatus.findings.code }
    ClosedNotice(changing: run.plan.files.mapValues { $0 }, in: clone).print()
    guard !dryRun, !run.plan.files.isEmpty else { return }
    try LedgerWriting(clone, now: Ambient.now).commit(
      run.plan.files.mapValues { $0 }, message: message.map { $0 + "\n" } ?? run.message)
    SigningNotice.print(clone)
  }
}

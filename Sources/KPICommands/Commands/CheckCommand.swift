import ArgumentParser
import LedgerModel
import LedgerStore
import Syncing

/// `kpi check`
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong in the files of a ledger, where, and what to do about it.",
    discussion: """
      Looks at the files as they are in the folder, sent or not. With --fix, files that a spreadsheet or another \
      editor has written in its own way are put into the ledger's form first; what they mean stays.

      Figures that are doubtful are warnings: a value or a target that is off by a power of ten, KPIs of one name that \
      departments calculate differently; in a clone also a blank that became 0, and what a figure was before. A note on \
      the row, or a comment at the target, answers them.

      With --at, the files as they stood then. With --as-of also what does not fit that day: figures of periods that had not \
      begun, and roles whose holder had no mail address then. Nothing else of the check depends on a day.

      In a clone it also says, without a network, which of your changes 'kpi sync' would hold, and who could make them.

      Examples:
        kpi check                       the whole ledger
        kpi check departments/sales     what is in a folder
        kpi check --fix win-rate.csv    put a saved spreadsheet right
        kpi check --at 2026-03-31       the ledger as it stood when that day ended

      Ends with status 1 when there is an error; warnings alone leave it at 0.
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "Files or folders of the ledger. Without them, all.", completion: .file())
  var paths: [String] = []

  @ArgumentParser.Flag(help: "Put the form of files right; their meaning stays.")
  var fix = false

  @OptionGroup var past: PastOption

  @OptionGroup var format: FormatOption

  func validate() throws {
    if fix, past.at != nil {
      throw ValidationError("--fix changes the files in the folder; --at looks at those of before.")
    }
  }

  func run() async throws {
    let day = try past.day()
    let checked =
      try past.at == nil ? CheckedFiles(in: ledger.path, paths) : CheckedFiles(past, of: ledger.open(), paths)
    let fixed = fix ? try checked.fix() : []
    let status = checked.predicted
    let findings = try (checked.wouldBeHeld(by: status) + checked.findings(on: day)).sorted {
      ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule)
    }
    FindingText(findings: findings, fixed: fixed, checked: checked.files.count).print(as: format.format)
    if case .table = format.format, paths.isEmpty, let sent = status?.wouldBeSent {
      ChangesText(sent: sent, held: [], ledger: nil).printSent()
    }
    if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.findings.code }
  }
}

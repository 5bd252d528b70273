import ArgumentParser
import Calculation
import Consolidation
import Foundation
import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
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

      In a clone it also says, without a network, which of your changes 'kpi sync' would hold, and who could make them.

      Examples:
        kpi check                       the whole ledger
        kpi check departments/sales     what is in a folder
        kpi check --fix win-rate.csv    put a saved spreadsheet right

      Ends with status 1 when there is an error; warnings alone leave it at 0.
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "Files or folders of the ledger. Without them, all.", completion: .file())
  var paths: [String] = []

  @ArgumentParser.Flag(help: "Put the form of files right; their meaning stays.")
  var fix = false

  @OptionGroup var format: FormatOption

  func run() async throws {
    let folder = try LedgerFolderPath(containing: ledger.path)
    let check = FolderCheck(folder.root)
    let named = try paths.map(folder.path)
    let files = check.files(below: named)
    let fixed = fix ? try check.fix(files) : []
    var findings = named.isEmpty ? try check.findings() : try check.findings(in: files + named)
    findings += try doubts(folder, in: named.isEmpty ? files : files + named)
    let status = predicted(folder)
    let held = status?.wouldBeHeld.filter { named.isEmpty || files.contains($0.file) || named.contains($0.file) } ?? []
    findings = (held.map(Finding.init(wouldBeHeld:)) + findings).sorted {
      ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule)
    }
    FindingText(findings: findings, fixed: fixed, checked: files.count).print(as: format.format)
    if case .table = format.format, named.isEmpty, let sent = status?.wouldBeSent {
      ChangesText(sent: sent, held: [], ledger: nil).printSent()
    }
    if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.findings.code }
  }

  /// What is doubtful in files by themselves and, in a clone, against what they were before.
  private func doubts(_ folder: LedgerFolderPath, in files: [String]) throws -> [Finding] {
    let found = try FolderCheck(folder.root).doubts(in: files)
    guard let clone = Self.clone(folder), let tip = try clone.tip() else { return found }
    let root = folder.root
    let calendar = LedgerView(FolderSource(root)).settings.value?.calendar ?? FiscalCalendar()
    let past = PastDoubts(clone.repository.objects, tip: tip) { LedgerDay.day(of: $0, in: calendar) }
    return try found + past.findings(for: files) { FolderSource(root) }
  }

  /// What would become of changes here; nil where the folder is no clone of a hub.
  private func predicted(_ folder: LedgerFolderPath) -> CloneStatus? {
    Self.clone(folder).flatMap { try? CloneStatus.of($0, now: Ambient.now) }
  }

  private static func clone(_ folder: LedgerFolderPath) -> LedgerClone? {
    guard let clone = try? LedgerClone(containing: folder.root), clone.folder == folder.root else { return nil }
    return clone
  }
}

/// A ledger's folder on the disk, in git or not.
struct LedgerFolderPath {
  /// Ends in `/`.
  let root: String

  /// The nearest folder, from the given one upwards, that has a `ledger.yaml`.
  /// - Throws: `Failure`
  init(containing folder: String) throws {
    let files = FileManager.default
    var path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    while !files.fileExists(atPath: path + "/ledger.yaml") {
      guard path != "/", !path.isEmpty, !files.fileExists(atPath: path + "/.git") else {
        if files.fileExists(atPath: path + "/.git") { break }
        throw Failure(
          "There is no ledger in \(folder).",
          hint: "Go to a ledger's folder, make one with 'kpi init', or get one with 'kpi clone ADDRESS'.")
      }
      path = URL(fileURLWithPath: path).deletingLastPathComponent().path
    }
    root = path.hasSuffix("/") ? path : path + "/"
  }

  /// A path that somebody typed, as the ledger has it; "" is the ledger itself.
  /// - Throws: `Failure` where it leads out of the ledger, or nothing is there.
  func path(_ typed: String) throws -> String {
    let absolute = URL(fileURLWithPath: typed).standardizedFileURL
    // Links on the way are followed, the last name is not: a link in a ledger is to be found fault with.
    let parent = absolute.deletingLastPathComponent().resolvingSymlinksInPath().path
    let full = (parent.hasSuffix("/") ? parent : parent + "/") + absolute.lastPathComponent
    if full + "/" == root || absolute.resolvingSymlinksInPath().path + "/" == root { return "" }
    guard full.hasPrefix(root) else { throw Failure("\(typed) is not in the ledger at \(root).") }
    let path = String(full.dropFirst(root.count))
    let isThere = (try? FileManager.default.attributesOfItem(atPath: full)) != nil
    guard isThere || LedgerCheck.requiredFiles.contains(path) else { throw Failure("There is no file \(typed).") }
    return path
  }
}

/// Findings as a check prints them.
struct FindingText {
  let findings: [Finding]
  let fixed: [String]
  let checked: Int

  func print(as format: OutputFormat) {
    for file in fixed { Console.note("Put right: \(file)") }
    switch format {
    case .table: printTable()
    case .json, .csv: Console.print(Self.listing.text(findings, as: format), terminator: "")
    }
  }

  static var listing: Listing<Finding> {
    Listing(
      fields: [
        .init("severity") { $0.severity.rawValue },
        .init("rule") { $0.rule },
        .init("file") { $0.file },
        .init("line", text: { "\($0.position.line)" }, json: { $1.number($0.position.line) }),
        .init("column", text: { "\($0.position.column)" }, json: { $1.number($0.position.column) }),
        .init("message") { $0.message },
      ],
      columns: [
        .init("line", isRight: true) { "  \($0.position.line):\($0.position.column)" },
        .init("", wraps: false) { $0.severity.rawValue },
        .init("", wraps: true) { $0.message },
        .init("", wraps: false) { $0.rule },
      ])
  }

  /// File by file, so that the way to each finding is short.
  private func printTable() {
    var start = findings.startIndex
    while start < findings.endIndex {
      let file = findings[start].file
      let end = findings[start...].firstIndex { $0.file != file } ?? findings.endIndex
      Console.print(Style.strong(file))
      let lines = Self.listing.text(Array(findings[start..<end]), as: .table).split(separator: "\n").dropFirst()
      for line in lines { Console.print(String(line)) }
      start = end
    }
    Console.print(summary)
  }

  private var summary: String {
    let files = checked == 1 ? "1 file" : "\(checked) files"
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    guard errors + warnings > 0 else { return "\(files) checked, nothing is wrong." }
    let parts = [Self.count(errors, "error"), Self.count(warnings, "warning")].compactMap(\.self)
    let places = Set(findings.map(\.file)).count
    return "\(files) checked: \(parts.joined(separator: " and ")) in \(places == 1 ? "1 file" : "\(places) files")."
  }

  private static func count(_ number: Int, _ what: String) -> String? {
    switch number {
    case 0: nil
    case 1: "1 \(what)"
    default: "\(number) \(what)s"
    }
  }
}

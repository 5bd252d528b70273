import ArgumentParser
import Calculation
import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi audit`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Who changed which value, from what to what, when and why, and which sync brought it.",
    discussion: """
      The newest change comes first. Each is laid to whoever entered it; where somebody else sent it, that is said. \
      'proposal' stands before what was held, or settled.

      Examples:
        kpi audit sales/win-rate
        kpi audit sales/win-rate --key targets
        kpi audit sales/win-rate --key "row 2026-03"
        kpi audit --by ana@example.com --since 2026-01-01 --format json
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate. Without it, the whole ledger.", completion: .kpi)
  var id: String?

  @Option(
    help: ArgumentHelp("A field, a row as \"row 2026-03\", or the beginning of one, as targets.", valueName: "key"))
  var key: String?

  @Option(help: ArgumentHelp("A part of a name or mail address.", valueName: "who"))
  var by: String?

  @Option(help: ArgumentHelp("The first day that counts, as 2026-01-01.", valueName: "day"))
  var since: String?

  @OptionGroup var format: FormatOption

  func run() async throws {
    let clone = try ledger.open()
    let newest = try LedgerVersion.newest(of: clone)
    let view = LedgerView(newest.source(in: clone))
    var query = AuditQuery()
    query.key = key
    query.by = by
    query.since = try since.map { text in
      let calendar = newest.settings(in: clone).calendar
      return LedgerDay.start(of: try LedgerDay.read(text), in: calendar)
    }
    let id = try self.id.map(KPIName.read)
    query.kpis = id.map { [$0] + (view.definition($0).value?.was ?? []) }
    let objects = clone.repository.objects
    let entries = try Audit(objects, proof: AuthorProofs.maker(objects))
      .entries(endingAt: newest.commit.id, hub: clone.hubTip(), query)
    if let id, entries.isEmpty { _ = try KPIName.existing(id.description, in: view) }
    print(entries, ofOne: id != nil)
  }

  private func print(_ entries: [AuditEntry], ofOne isOne: Bool) {
    guard format.format == .table else {
      return Console.print(AuditListing.listing.text(entries, as: format.format), terminator: "")
    }
    guard !entries.isEmpty else { return Console.print("No such changes.") }
    let lines = AuditLine.lines(of: entries, gathersNewFiles: key == nil)
    Console.print(AuditListing.table(ofOne: isOne, lines).text(lines, as: .table), terminator: "")
  }
}

/// One line of an audit's table: a change, or all of a new file.
struct AuditLine {
  let entry: AuditEntry
  /// How many values came with a new file; nil for a single change.
  var gathered: Int?

  /// The lines of entries; the keys of a new file that came with it are one line.
  static func lines(of entries: [AuditEntry], gathersNewFiles: Bool) -> [AuditLine] {
    var lines: [AuditLine] = []
    for entry in entries {
      guard gathersNewFiles, entry.isNewFile else {
        lines.append(AuditLine(entry: entry))
        continue
      }
      let value = isValue(entry.key) ? 1 : 0
      if let last = lines.indices.last, let count = lines[last].gathered, lines[last].entry.file == entry.file,
        lines[last].entry.commit == entry.commit
      {
        lines[last].gathered = count + value
      } else {
        lines.append(AuditLine(entry: entry, gathered: value))
      }
    }
    return lines
  }

  /// Whether a key holds something that somebody entered, and not what goes with it.
  private static func isValue(_ key: Key) -> Bool {
    key != .file && key.column == nil && !key.text.hasPrefix("comment ")
  }

  var change: String {
    if let gathered { return "new, with \(gathered) \(gathered == 1 ? "value" : "values")" }
    if entry.key == .file { return entry.to == nil ? "removed" : "new" }
    return ValueText.change(from: entry.from, to: entry.to)
  }

  var who: String {
    entry.isVerified || entry.sync == nil
      ? entry.by.name : "\(entry.by.name) (as \(entry.broughtBy.name) says, who sent it)"
  }

  var why: String { String(entry.message.prefix { !$0.isNewline }) }
}

/// An audit in its formats.
enum AuditListing {
  static var listing: Listing<AuditEntry> {
    Listing(
      fields: [
        .init("at") { TimeText.utc($0.at.seconds) },
        .init("by") { $0.by.description },
        .init("verified", text: { $0.isVerified ? "true" : "false" }, json: { $1.bool($0.isVerified) }),
        .init("kpi") { $0.kpi?.description },
        .init("key") { $0.key.text },
        .init("from", text: { $0.from.map(ValueText.full) ?? "" }, json: { ValueText.write($0.from, to: &$1) }),
        .init("to", text: { $0.to.map(ValueText.full) ?? "" }, json: { ValueText.write($0.to, to: &$1) }),
        .init("commit") { $0.commit.description },
        .init("sync") { $0.sync?.description },
        .init("message") { $0.message },
        .init("file") { $0.file },
      ], columns: [])
  }

  static func table(ofOne isOne: Bool, _ lines: [AuditLine]) -> Listing<AuditLine> {
    var columns: [Listing<AuditLine>.Column] = [
      .init("when") { TimeText.moment($0.entry.at.seconds) },
      .init("who", wraps: true) { $0.who },
      .init("what", wraps: true) { what($0, ofOne: isOne) },
      .init("change", wraps: true) { $0.change },
      .init("why", wraps: true) { $0.why },
    ]
    if lines.contains(where: { $0.entry.sync == nil }) {
      columns.append(.init("") { $0.entry.sync == nil ? "not sent yet" : "" })
    }
    return Listing<AuditLine>(fields: [], columns: columns)
  }

  private static func what(_ line: AuditLine, ofOne isOne: Bool) -> String {
    let isWhole = line.gathered != nil || line.entry.key == .file
    if isOne { return isWhole ? kind(of: line.entry.file) : line.entry.key.text }
    let name = FileNames.text([line.entry.file])
    return isWhole ? name : "\(line.entry.kpi?.description ?? name) \(line.entry.key.text)"
  }

  private static func kind(of file: String) -> String {
    switch LedgerPath(file) {
    case .definition: "definition"
    case .actuals: "actuals"
    default: file
    }
  }
}

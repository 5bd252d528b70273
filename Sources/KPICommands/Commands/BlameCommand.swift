import ArgumentParser
import Calculation
import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi blame`
struct BlameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "A KPI's definition and actuals, a line a key: the value, and who entered it, when and why.",
    discussion: """
      Each value is laid to whoever entered it: not to whoever sent it, moved the KPI, or accepted what was held; who \
      accepted it is said beside.

      With --as-of only what counts on that day: figures, notes and targets of periods that have begun by then, and of \
      the calculations the one in force then.

      Examples:
        kpi blame sales/win-rate
        kpi blame sales/win-rate --at 2026-03-31       as it stood when that day ended
        kpi blame sales/win-rate --at 3f2a91c          as a change left it
        kpi blame sales/win-rate --as-of 2026-03-31    what counts on that day
        kpi blame sales/win-rate --format csv
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate.", completion: .kpi)
  var id: String

  @OptionGroup var past: PastOption

  @OptionGroup var format: FormatOption

  func run() throws {
    let clone = try ledger.open()
    let version = try past.version(in: clone)
    let source = version.source(in: clone)
    let view = LedgerView(source)
    let then = try KPIThen.named(self.id, in: view, of: clone)
    then.note()
    let id = then.id
    var query = AuditQuery()
    let definition = view.definition(id).value
    query.kpis = AuditScope.names(of: id, in: view)
    let entries = try LedgerPast(clone).entries(endingAt: version.commit.id, query)
    let dimensions = definition?.calculation.dimensions ?? []
    let documents = [id.definitionPath, id.actualsPath].compactMap { path in
      source.bytes(at: path).map { (path, Self.document($0, path, .actuals(dimensions: dimensions))) }
    }
    let counting = try past.day().map { ValuesThatCount(on: $0, version.settings(in: clone).calendar) }
    print(Blame(of: documents, entries: entries, counting: counting).lines)
  }

  private static func document(_ bytes: [UInt8], _ path: String, _ shape: RowShape) -> any KeyedDocument {
    FileVersions(contents: [0: bytes], steps: []).read(path: path, rowShape: shape).documents[0] ?? WholeFile(bytes)
  }

  private func print(_ lines: [BlameLine]) {
    guard format.format == .table else {
      return Console.print(BlameListing.listing.text(lines, as: format.format), terminator: "")
    }
    // The titles of the columns say nothing of the figures.
    let shown = lines.filter { $0.key.column == nil }
    Console.print(BlameListing.listing(showing: shown).text(shown, as: .table), terminator: "")
  }
}

/// Where values come from, in the formats of a listing.
enum BlameListing {
  static var listing: Listing<BlameLine> { listing(showing: []) }

  static func listing(showing lines: [BlameLine]) -> Listing<BlameLine> {
    var columns: [Listing<BlameLine>.Column] = [
      .init("key") { $0.key.text },
      .init("value", wraps: true) { ValueText.short(unnamed($0)) },
      .init("when") { $0.origin.map { TimeText.date($0.entered.at.seconds) } ?? "" },
      .init("who", wraps: true) { $0.origin.map(who) ?? "unknown" },
      .init("why", wraps: true) { $0.origin?.entered.why ?? "" },
    ]
    if lines.contains(where: { $0.origin?.inForce.sync == nil }) {
      columns.append(.init("") { $0.origin?.inForce.sync == nil ? "not sent yet" : "" })
    }
    return Listing(fields: fields, columns: columns)
  }

  private static var fields: [Listing<BlameLine>.Field] {
    [
      .init("kpi") { $0.kpi?.description },
      .init("file") { $0.file },
      .init("key") { $0.key.text },
      .init("value", text: { ValueText.full($0.value) }, json: { $1.value($0.value) }),
      .init("at") { $0.origin.map { TimeText.utc($0.entered.at.seconds) } },
      .init("by") { $0.origin?.entered.by.description },
      .init(
        "verified", text: { $0.origin.map { $0.entered.isVerified ? "true" : "false" } ?? "" },
        json: { line, json in
          if let origin = line.origin { json.bool(origin.entered.isVerified) } else { json.null() }
        }),
      .init("commit") { $0.origin?.entered.commit.description },
      .init("sync") { $0.origin?.inForce.sync?.description },
      .init("message") { $0.origin?.entered.message },
      .init("settled_by") { $0.origin?.settledBy?.description },
    ]
  }

  private static func who(_ origin: ValueOrigin) -> String {
    origin.entered.who + (origin.settledBy.map { ", settled by \($0.name)" } ?? "")
  }

  /// The figure of a row that has nothing else.
  private static func unnamed(_ line: BlameLine) -> YAMLValue {
    if line.key.row != nil, case .map(let cells) = line.value, cells.count == 1, cells[0].key == "value" {
      return cells[0].value
    }
    return line.value
  }
}

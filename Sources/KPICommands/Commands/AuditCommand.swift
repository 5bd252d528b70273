import ArgumentParser
import Calculation
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
        kpi audit --by ana@example.com --since 2026-01-01 --until 2026-03-31 --format json
        kpi audit --department sales --kind target
        kpi audit --goal grow --kind calculation
        kpi audit --period 2026-03 --kind actual
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate. Without it, the whole ledger.", completion: .kpi)
  var id: String?

  @Option(help: "All of one department, and its KPIs whatever they were called.")
  var department: String?

  @Option(help: "The KPIs that serve a goal now.")
  var goal: String?

  @Option(
    help: ArgumentHelp("A field, a row as \"row 2026-03\", or the beginning of one, as targets.", valueName: "key"))
  var key: String?

  @Option(help: "What it is about: \(AuditScope.kinds).", transform: AuditScope.kind)
  var kind: AuditKind?

  @Option(help: "The figures, targets and closes of one period, as 2026-03 or 2026-Q1.")
  var period: String?

  @Option(help: ArgumentHelp("A part of a name or mail address.", valueName: "who"))
  var by: String?

  @Option(help: ArgumentHelp("The first day that counts, as 2026-01-01.", valueName: "day"))
  var since: String?

  @Option(help: ArgumentHelp("The last day that counts, as 2026-03-31.", valueName: "day"))
  var until: String?

  @OptionGroup var format: FormatOption

  func validate() throws {
    guard [id, department, goal].compactMap(\.self).count <= 1 else {
      throw ValidationError("Say one of a KPI, --department and --goal.")
    }
  }

  func run() async throws {
    let clone = try ledger.open()
    let newest = try LedgerVersion.newest(of: clone)
    let view = LedgerView(newest.source(in: clone))
    var query = AuditQuery()
    query.key = key
    query.kind = kind
    query.period = try period.map(LedgerDay.period)
    query.by = by
    let calendar = newest.settings(in: clone).calendar
    query.since = try since.map { LedgerDay.start(of: try LedgerDay.read($0), in: calendar) }
    let end = try until.map { LedgerDay.start(of: try LedgerDay.read($0).advanced(by: 1), in: calendar) }
    let id = try self.id.map(KPIName.read)
    query.kpis = try id.map { AuditScope.names(of: $0, in: view) } ?? AuditScope.kpis(department, goal, in: view)
    query.departments = department.map { [$0] }
    // The main line as it stood when the last day ended.
    let past = LedgerPast(clone)
    let tip = try end.map { try past.commit(upTo: $0 - 1, from: newest.commit.id) } ?? newest.commit.id
    let entries = try tip.map { try past.entries(endingAt: $0, query) } ?? []
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

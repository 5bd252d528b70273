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

      Three reports answer what auditors ask most, with the same filters. --restatements: figures and targets of periods \
      that had begun, changed since, with what each did to the score; figures that came late are listed apart. \
      --goalposts: questions to ask, no accusations: targets eased or thresholds lowered where it was red, and figures \
      revised up to three days before a review or close of their period. --ownership: what changed hands; there \
      --period is the time in which it did.

      Examples:
        kpi audit sales/win-rate
        kpi audit sales/win-rate --key targets
        kpi audit sales/win-rate --key "row 2026-03"
        kpi audit --by ana@example.com --since 2026-01-01 --until 2026-03-31 --format json
        kpi audit --department sales --kind target
        kpi audit --goal grow --kind calculation
        kpi audit --period 2026-03 --kind actual
        kpi audit --restatements --since 2026-01-01 --format csv
        kpi audit --goalposts --department sales
        kpi audit sales/win-rate --ownership
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate. Without it, the whole ledger.", completion: .kpi)
  var id: String?

  @Option(help: "All of one department, and its KPIs whatever they were called.")
  var department: String?

  @Option(help: "The KPIs that serve a goal now.")
  var goal: String?

  @Flag var report: ReportFlag?

  @Option(
    help: ArgumentHelp("A field, a row as \"row 2026-03\", or the beginning of one, as targets.", valueName: "key"))
  var key: String?

  @Option(help: "What it is about: \(AuditScope.kinds).", transform: AuditScope.kind)
  var kind: AuditKind?

  @Option(help: "The figures, targets and closes of one period, as 2026-03 or 2026-Q1.")
  var period: String?

  @Option(
    help: ArgumentHelp(
      "A part of a name or mail address, or a person's id: under all names and addresses of theirs.", valueName: "who"))
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
    guard report == nil || key == nil && kind == nil else {
      throw ValidationError("A report knows its own keys: leave out --key and --kind.")
    }
  }

  func run() async throws {
    let clone = try ledger.open()
    let newest = try LedgerVersion.newest(of: clone)
    let view = LedgerView(newest.source(in: clone))
    let calendar = newest.settings(in: clone).calendar
    let (query, end) = try question(to: view, calendar)
    // The main line as it stood when the last day ended.
    let past = LedgerPast(clone)
    let tip = try end.map { try past.commit(upTo: $0 - 1, from: newest.commit.id) } ?? newest.commit.id
    let wanted = report.map { query.gathering(for: $0.report) } ?? query
    let entries = try tip.map { try past.entries(endingAt: $0, wanted) } ?? []
    if let id, !entries.contains(where: { $0.kpi.map { query.kpis?.contains($0) ?? false } ?? false }) {
      _ = try KPIName.existing(id, in: view)
    }
    guard let report else { return print(entries) }
    let run = AuditReportRun(clone.repository.objects, calendar, entries, asked: query)
    Console.print(try run.text(of: report.report, as: format.format), terminator: "")
  }

  /// What is asked for, and the first second that does not count any more.
  private func question(to view: LedgerView, _ calendar: FiscalCalendar) throws -> (query: AuditQuery, end: Int64?) {
    var query = AuditQuery()
    query.key = key
    query.kind = kind
    query.by = by
    query.addresses = by.map { AuditScope.addresses(of: $0, in: view) } ?? []
    query.kpis =
      try id.map { AuditScope.names(of: try KPIName.read($0), in: view) }
      ?? AuditScope.kpis(department, goal, in: view)
    query.departments = department.map { [$0] }
    let period = try self.period.map(LedgerDay.period)
    // Hands have no period: it is the time in which they changed.
    let time = report == .ownership ? period.map(calendar.days) : nil
    query.period = time == nil ? period : nil
    let first = try since.map(LedgerDay.read) ?? time?.lowerBound
    let last = try until.map { try LedgerDay.read($0).advanced(by: 1) } ?? time?.upperBound
    query.since = first.map { LedgerDay.start(of: $0, in: calendar) }
    return (query, last.map { LedgerDay.start(of: $0, in: calendar) })
  }

  private func print(_ entries: [AuditEntry]) {
    guard format.format == .table else {
      return Console.print(AuditListing.listing.text(entries, as: format.format), terminator: "")
    }
    guard !entries.isEmpty else { return Console.print("No such changes.") }
    let lines = AuditLine.lines(of: entries, gathersNewFiles: key == nil)
    Console.print(AuditListing.table(ofOne: id != nil, lines).text(lines, as: .table), terminator: "")
  }
}

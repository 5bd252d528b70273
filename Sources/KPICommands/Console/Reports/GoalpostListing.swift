import Calculation
import Consolidation
import History
import LedgerFiles
import LedgerModel

/// Findings about goalposts, in the formats of a listing.
enum GoalpostListing {
  static func text(_ findings: [Goalpost], as format: OutputFormat) -> String {
    guard format == .table else { return listing.text(findings, as: format) }
    guard !findings.isEmpty else { return "Nothing to ask about.\n" }
    return ReportText.count(findings.count, "change", "changes") + " to ask about:\n"
      + table(findings).text(findings, as: .table)
  }

  private static var listing: Listing<Goalpost> {
    Listing(
      fields: [
        .init("kind") { $0.kind.rawValue }, .init("synced_at") { TimeText.utc($0.seconds) },
        .init("kpi") { $0.kpi?.description }, .init("period") { $0.period?.description }, .init("key") { $0.key.text },
        .init("from", value: \.from), .init("to", value: \.to), .init("stood_at", number: { $0.standing?.actual }),
        .init("landing", number: { $0.standing?.landing }), .init("status") { $0.standing?.status?.rawValue },
        .init("look") { $0.look?.file }, .init("looked_at") { $0.look.map { TimeText.utc($0.seconds) } },
        .init("sentence") { $0.sentence },
      ] + Listing<Goalpost>.Field.change(\.change), columns: [])
  }

  private static func table(_ findings: [Goalpost]) -> Listing<Goalpost> {
    Listing(
      fields: [],
      columns: [
        .init("who", wraps: true) { ReportText.who($0.change) },
        .init("KPI", wraps: true) { $0.kpi?.description ?? "all" },
        .init("what", wraps: true) { $0.sentence },
        .init("why", wraps: true) { $0.change.why },
      ] + ReportText.unsent(findings, \.change))
  }
}

import Calculation
import History

/// What changed hands, in the formats of a listing.
enum OwnershipListing {
  static func text(_ changes: [OwnershipChange], as format: OutputFormat) -> String {
    guard format == .table else { return listing.text(changes, as: format) }
    guard !changes.isEmpty else { return "Nothing changed hands.\n" }
    return table(changes).text(changes, as: .table)
  }

  private static var listing: Listing<OwnershipChange> {
    Listing(
      fields: [
        .init("kind") { $0.kind.rawValue }, .init("synced_at") { TimeText.utc($0.seconds) },
        .init("subject") { $0.subject }, .init("from") { $0.from?.id }, .init("from_person") { $0.from?.person },
        .init("to") { $0.to?.id }, .init("to_person") { $0.to?.person }, .init("from_day") { $0.day?.description },
        .init("kpis", number: { $0.kpis.map { Quantity($0) } }),
      ] + Listing<OwnershipChange>.Field.change(\.change), columns: [])
  }

  private static func table(_ changes: [OwnershipChange]) -> Listing<OwnershipChange> {
    Listing(
      fields: [],
      columns: [
        .init("when") { TimeText.date($0.seconds) },
        .init("what", wraps: true, what),
        .init("from", wraps: true) { party($0.from, $0.kind) },
        .init("to", wraps: true) { party($0.to, $0.kind) + ($0.day.map { " from \($0)" } ?? "") },
        .init("by", wraps: true) { ReportText.who($0.change) },
        .init("why", wraps: true) { $0.change.why },
      ] + ReportText.unsent(changes, \.change))
  }

  private static func what(_ change: OwnershipChange) -> String {
    let kpis = change.kpis.map { $0 == 0 ? "" : ", " + ReportText.count($0, "KPI", "KPIs") } ?? ""
    switch change.kind {
    case .holder: return "role \(change.subject)\(kpis)"
    case .deputy: return "deputy of \(change.subject)\(kpis)"
    case .next: return "next holder of \(change.subject)\(kpis)"
    case .owner: return "owner of \(change.subject)"
    case .dataOwner: return "data owner of \(change.subject)"
    case .goalOwner: return "owner of the goal \(change.subject)"
    case .head: return "head of \(change.subject)"
    case .member: return "member of \(change.subject)"
    case .moved: return "department of \(change.subject)"
    }
  }

  /// Of a person the name; of a role and a department also whose it is.
  private static func party(_ party: OwnershipChange.Party?, _ kind: OwnershipChange.Kind) -> String {
    guard let party else { return "nobody" }
    switch kind {
    case .holder, .deputy, .next, .member: return party.person ?? party.id
    default: return party.id + (party.person.map { " (\($0))" } ?? "")
    }
  }
}

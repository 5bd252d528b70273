import Calculation
import LedgerFiles
import LedgerModel

/// The closed periods in the commits that a merge has to do with.
final class Closes {
  private let history: any LedgerHistory
  private let hub: ContentID
  private var known: [Place: [Period]] = [:]
  private lazy var calendar: FiscalCalendar = {
    let source = try? history.source(of: hub)
    return source.flatMap { LedgerView($0).settings.value?.calendar } ?? FiscalCalendar()
  }()

  private struct Place: Hashable {
    let commit: ContentID
    let scope: String
  }

  init(history: any LedgerHistory, hub: ContentID) {
    self.history = history
    self.hub = hub
  }

  /// Whether any period is closed at the hub, or was where unsent work began, or is closed by unsent work.
  func matter(to line: UnsentLine, changes: [[FileChange]]) throws -> Bool {
    if changes.contains(where: { $0.contains { $0.path.hasPrefix("closes/") } }) { return true }
    let began = Set(line.commits.flatMap(\.parents)).filter { line.place(of: $0) == nil }
    return try ([hub] + began.sorted()).contains { try !history.paths(below: "closes", in: $0).isEmpty }
  }

  /// The paths of the closes at the hub that cover something of a department.
  func covering(_ matter: ClosedMatter, of department: String) throws -> [String] {
    try Self.scopes(department).flatMap { scope in
      try periods(scope, in: hub).filter { matter.isCovered(by: $0, calendar: calendar) }.map { Self.path(scope, $0) }
    }
  }

  /// Whether something of a department is closed in a commit.
  func isClosed(_ matter: ClosedMatter, of department: String, in commit: ContentID) throws -> Bool {
    try Self.scopes(department).contains { scope in
      try periods(scope, in: commit).contains { matter.isCovered(by: $0, calendar: calendar) }
    }
  }

  /// The rows of a table that the close of a period covers.
  func rows(of table: CSVKeys?, closedBy period: Period) -> Set<String> {
    let closed = ClosedPeriods([period], calendar: calendar)
    return Set((table?.rowNames ?? []).filter { ClosedMatter.period(ofRow: $0).map(closed.covers) ?? false })
  }

  private static func scopes(_ department: String) -> [String] { ["company", department] }

  private static func path(_ scope: String, _ period: Period) -> String { "closes/\(scope)/\(period).yaml" }

  private func periods(_ scope: String, in commit: ContentID) throws -> [Period] {
    let place = Place(commit: commit, scope: scope)
    if let known = known[place] { return known }
    let periods = try history.paths(below: "closes/" + scope, in: commit).compactMap { path -> Period? in
      if case .close(_, let period) = LedgerPath(path) { Period(period) } else { nil }
    }
    known[place] = periods
    return periods
  }
}

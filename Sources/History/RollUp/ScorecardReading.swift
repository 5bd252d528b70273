public import Consolidation

/// The scorecards of one version, period and day: the company's, and one a department.
public struct ScorecardReading {
  /// The departments that have a scorecard of their own, by id.
  public let departmentIDs: [String]
  /// The departments whose scorecards may be others than in the edition that was asked about; nil where any may be. The
  /// company's may be another where this is not empty.
  public let changed: Set<String>?
  private let ofCompany: (Int?) throws -> Scorecard
  private let ofDepartment: (String) throws -> Scorecard?

  init(_ reading: LinesReading, changed: Set<String>?) {
    let tree = reading.maker.departmentTree
    departmentIDs = reading.departmentIDs
    self.changed = changed.map { $0.union($0.flatMap(tree.above)) }
    ofCompany = { try reading.company(limit: $0) }
    ofDepartment = { try reading.scorecard(of: $0, with: tree.from($0), limit: nil) }
  }

  /// The scorecards of a ledger that was read as a whole.
  public init(_ consolidation: Consolidation) {
    departmentIDs = consolidation.departmentIDs
    changed = nil
    ofCompany = { consolidation.company(limit: $0) }
    ofDepartment = { consolidation.department($0) }
  }

  /// The company's scorecard; above `limit` KPIs with those alone that need attention first.
  public func company(limit: Int?) throws -> Scorecard { try ofCompany(limit) }

  /// The scorecard of a department and those below it; nil where there is no such department.
  public func department(_ id: String) throws -> Scorecard? { try ofDepartment(id) }
}

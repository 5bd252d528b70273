public import Calculation
public import LedgerModel

/// Which KPIs are shown when there are too many: the worst first, then the heaviest.
///
/// It asks for little, so that a caller can choose before the lines are made.
public struct AttentionSelection: Hashable, Sendable {
  /// What the choice rests on.
  public struct Candidate: Hashable, Sendable {
    public var id: KPIID
    /// nil where the KPI does not count.
    public var status: Status?
    public var weight: Quantity

    /// 0 for what needs attention most.
    package var rank: Int {
      switch status {
      case .red: 0
      case .amber: 1
      case .grey: 2
      case .green: 3
      case nil: 4
      }
    }

    /// The weight as a database orders it.
    package var heft: Double { weight.doubleValue }

    /// A KPI with how it stands.
    public init(id: KPIID, status: Status?, weight: Quantity) {
      self.id = id
      self.status = status
      self.weight = weight
    }
  }

  /// The chosen; nil where all are.
  private let chosen: Set<KPIID>?

  /// At most `limit` of the candidates: off target before close, not rated, on target and what does not count; within
  /// these by weight, heaviest first, then by id.
  public init(_ candidates: some Collection<Candidate>, limit: Int) {
    guard candidates.count > limit else {
      chosen = nil
      return
    }
    var ranks = [[Candidate]](repeating: [], count: 5)
    for candidate in candidates { ranks[candidate.rank].append(candidate) }
    var chosen: Set<KPIID> = []
    for rank in ranks where chosen.count < limit {
      let room = limit - chosen.count
      // Only a rank that does not fit as a whole has to be put in order.
      let first = rank.count <= room ? rank[...] : rank.sorted(by: Self.precedes).prefix(room)
      chosen.formUnion(first.map(\.id))
    }
    self.chosen = chosen
  }

  /// Whether a KPI is shown.
  public func contains(_ id: KPIID) -> Bool { chosen?.contains(id) ?? true }

  private static func precedes(_ one: Candidate, _ other: Candidate) -> Bool {
    one.heft != other.heft ? one.heft > other.heft : one.id < other.id
  }
}

public import Calculation
public import LedgerModel

/// Which KPIs a page, a Markdown file or a table shows when there are too many: the worst first, then the heaviest.
///
/// It asks for little, so that a caller can choose before the full results are made. JSON and CSV are always complete.
public struct AttentionSelection: Hashable, Sendable {
  /// How many KPIs formats for people show unless told otherwise.
  public static let standardLimit = 500

  /// What the choice rests on.
  public struct Candidate: Hashable, Sendable {
    public var id: KPIID
    /// nil where the KPI does not count.
    public var status: Status?
    public var weight: Quantity

    /// A KPI with how it stands.
    public init(id: KPIID, status: Status?, weight: Quantity) {
      self.id = id
      self.status = status
      self.weight = weight
    }
  }

  /// The chosen; nil where all are.
  private let chosen: Set<KPIID>?
  /// How many there are.
  public let total: Int
  /// How many of them are not chosen.
  public var left: Int { chosen.map { total - $0.count } ?? 0 }

  /// At most `limit` of the candidates: off target before close, not rated, on target and what does not count; within
  /// these by weight, heaviest first, then by id.
  public init(_ candidates: some Collection<Candidate>, limit: Int = standardLimit) {
    total = candidates.count
    guard candidates.count > limit else {
      chosen = nil
      return
    }
    var ranks = [[Candidate]](repeating: [], count: 5)
    for candidate in candidates { ranks[Self.rank(candidate.status)].append(candidate) }
    var chosen: Set<KPIID> = []
    for rank in ranks where chosen.count < limit {
      let room = limit - chosen.count
      // Only a rank that does not fit as a whole has to be put in order.
      let first = rank.count <= room ? rank[...] : rank.sorted(by: Self.precedes).prefix(room)
      chosen.formUnion(first.map(\.id))
    }
    self.chosen = chosen
  }

  /// The choice among a scorecard's KPIs.
  init(_ kpis: [KPIResult], limit: Int = standardLimit) {
    self.init(kpis.map { Candidate(id: $0.id, status: $0.status, weight: $0.weight) }, limit: limit)
  }

  /// Whether a KPI is shown.
  public func contains(_ id: KPIID) -> Bool { chosen?.contains(id) ?? true }

  /// What a reader has to know of what is left out, as one sentence without its full stop; nil where all are shown.
  var note: String? {
    guard let chosen else { return nil }
    let counts = (FigureText.grouped(chosen.count), FigureText.grouped(total))
    return "\(counts.0) of \(counts.1) KPIs are shown, those that need attention first"
  }

  private static func precedes(_ one: Candidate, _ other: Candidate) -> Bool {
    one.weight != other.weight ? one.weight > other.weight : one.id < other.id
  }

  private static func rank(_ status: Status?) -> Int {
    switch status {
    case .red: 0
    case .amber: 1
    case .grey: 2
    case .green: 3
    case nil: 4
    }
  }
}

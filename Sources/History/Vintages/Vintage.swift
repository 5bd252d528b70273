public import Calculation
public import Git
public import LedgerModel

/// What a KPI's values were at one time: the state after a sync that changed one of them.
public struct Vintage: Hashable, Sendable {
  /// The commit of the main line.
  public var commit: ObjectID
  /// When that was made, in seconds since 1970: history's own time.
  public var seconds: Int64
  /// Whether it is at the hub; the last one may wait in the clone.
  public var isSent: Bool
  /// What the KPI was called then.
  public var kpi: KPIID
}

/// A row of the triangle: a period, or one of the limits of the band that is planned for a period.
public struct VintageRow: Hashable, Comparable, Sendable {
  /// What is planned with a band.
  public enum Limit: String, Hashable, Sendable, CaseIterable { case low, high, tolerance }

  public var period: Period
  /// nil for a value that stands alone.
  public var limit: Limit?

  /// As `2026-03`, `2026-Q3 low`.
  public var title: String { limit.map { "\(period) \($0.rawValue)" } ?? period.description }

  public static func < (one: VintageRow, other: VintageRow) -> Bool {
    one.period != other.period ? one.period < other.period : one.place < other.place
  }

  private var place: Int { limit.flatMap { Limit.allCases.firstIndex(of: $0) } ?? -1 }
}

/// A value as it was known in a vintage.
public struct VintageCell: Hashable, Sendable {
  public var value: Quantity
  /// How final it was; what is planned is final.
  public var status: RowStatus
}

/// That a vintage has another value, or the same more or less final, than the one before.
public struct Revision: Hashable, Sendable {
  public var row: VintageRow
  /// The vintage's place in the triangle.
  public var vintage: Int
  /// nil where nothing was known.
  public var from: VintageCell?
  /// nil where nothing is known any more.
  public var to: VintageCell?
  /// The change that did it; nil where the audit does not tell, as when a rate of exchange changed.
  public var origin: ValueOrigin?
  /// Whether a final value was changed after its period had begun, and not only by what was still missing in it.
  public var isRestatement: Bool

  /// Where it was entered: of a settled value the proposal.
  public var entry: AuditEntry? { origin?.entered }

  /// Whether another value stands where one stood.
  public var isOfValue: Bool { from != nil && from?.value != to?.value }

  /// The change in percent of what stood there; nil where that was zero, or nothing took its place.
  public var percent: Quantity? {
    guard let from, let to, !from.value.isZero else { return nil }
    return ((to.value - from.value) * 100).divided(by: from.value.magnitude)
  }
}

public import Calculation
public import LedgerModel

/// Why one score moved, part by part: the parts add up to the difference exactly.
public struct Explanation: Hashable, Sendable {
  /// Whose score it is.
  public enum Subject: Hashable, Sendable {
    /// A goal, by its id.
    case goal(String)
    case kpi(KPIID)
  }

  public var subject: Subject
  public var name: String
  /// The score at the beginning, as the scorecard calculates it (a quotient rounded half-even to 12 significant digits);
  /// nil where there was none.
  public var from: Quantity?
  /// The score at the end; nil where there is none.
  public var to: Quantity?
  /// In the order in which they came into force.
  public var parts: [ScorePart]

  /// What the parts add up to: `to` - `from` where there are both. Otherwise what moved the score while there was one.
  public var sum: Quantity { parts.reduce(.zero) { $0 + ($1.size ?? .zero) } }

  /// What the parts of each kind add up to, in the order of the kinds; kinds without parts are left out.
  public var sums: [(kind: ScorePart.Kind, sum: Quantity)] {
    ScorePart.Kind.allCases.compactMap { kind in
      let own = parts.filter { $0.kind == kind }
      return own.isEmpty ? nil : (kind, own.reduce(.zero) { $0 + ($1.size ?? .zero) })
    }
  }

  /// Which of the parts are the largest, in their own order; one in which a score comes or goes counts as large.
  /// - Parameter count: how many; nil for all
  public func largest(_ count: Int?) -> [Int] {
    guard let count, parts.count > count else { return Array(parts.indices) }
    let order = parts.indices.sorted { one, other in
      let (first, second) = (parts[one].size?.magnitude, parts[other].size?.magnitude)
      guard first != second, let first else { return first == second ? one < other : true }
      return second.map { first > $0 } ?? false
    }
    return order.prefix(count).sorted()
  }
}

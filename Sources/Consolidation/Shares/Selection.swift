package import Calculation
import LedgerModel

/// Which KPIs a scorecard shows when there are too many: the worst first, then the heaviest, then by id.
package enum Selection {
  /// What of a KPI decides.
  package struct Place: Comparable {
    /// 0 for the worst.
    package let rank: Int
    package let weight: Double
    package let id: String

    /// The place of a KPI with this status and weight.
    package init(_ status: Status?, weight: Quantity, id: String) {
      rank = Self.rank(of: status)
      self.weight = weight.doubleValue
      self.id = id
    }

    package static func < (one: Place, other: Place) -> Bool {
      if one.rank != other.rank { return one.rank < other.rank }
      return one.weight != other.weight ? one.weight > other.weight : one.id < other.id
    }

    private static func rank(of status: Status?) -> Int {
      switch status {
      case .red: 0
      case .amber: 1
      case .grey: 2
      case .green: 3
      case nil: 4
      }
    }
  }

  /// The indices of those that are shown.
  package static func indices(of shares: [KPIShare], limit: Int) -> [Int] {
    shares.count > limit ? indices(of: shares.map(\.place), limit: limit) : Array(shares.indices)
  }

  /// The indices of those that are shown.
  package static func indices(of places: [Place], limit: Int) -> [Int] {
    places.indices.sorted { places[$0] < places[$1] }.prefix(limit).sorted()
  }
}

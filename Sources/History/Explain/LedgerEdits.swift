import Calculation
import LedgerFiles
import LedgerModel

/// The exchange rates that change from one state to the next, one after the other.
struct RateEdits {
  private let old: [String: ExchangeRates]
  private let new: [String: ExchangeRates]
  private var changed: [(pair: String, period: Period)] = []

  init(from old: [String: ExchangeRates], to new: [String: ExchangeRates]) {
    (self.old, self.new) = (old, new)
    for pair in Set(old.keys).union(new.keys).sorted() where old[pair] != new[pair] {
      let (before, after) = (old[pair]?.byPeriod ?? [:], new[pair]?.byPeriod ?? [:])
      changed += Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted().map { (pair, $0) }
    }
  }

  var labels: [PartLabel] {
    changed.map { pair, period in
      PartLabel(kind: .actual, kpi: nil, file: "rates/\(pair).csv", keys: [.row(period.description)])
    }
  }

  /// The rates with the first so many changed.
  func rates(after count: Int) -> [String: ExchangeRates] {
    if count >= changed.count { return new }
    var rates = old
    for (pair, period) in changed.prefix(count) {
      rates[pair, default: ExchangeRates()].byPeriod[period] = new[pair]?.byPeriod[period]
    }
    return rates
  }
}

/// What changes in the tree of goals from one state to the next: weights one after the other, then its shape in one go.
struct GoalEdits {
  private let old: [String: Goal]
  private let new: [String: Goal]
  private let weights: [String]
  let labels: [PartLabel]

  init(from old: [String: Goal], to new: [String: Goal]) {
    (self.old, self.new) = (old, new)
    let weights = old.keys.filter { id in new[id].map { $0.weight != old[id]?.weight } ?? false }.sorted()
    self.weights = weights
    let moved = Set(old.keys).union(new.keys).filter { old[$0].map(\.parent) != new[$0].map(\.parent) }.sorted()
    func label(_ keys: [Key]) -> PartLabel { PartLabel(kind: .weight, kpi: nil, file: "goals.yaml", keys: keys) }
    labels =
      weights.map { label([.path(["goals", $0, "weight"])]) }
      + (moved.isEmpty ? [] : [label(moved.map { .path(["goals", $0, "parent"]) })])
  }

  /// The goals with the first so many pieces changed.
  func goals(after count: Int) -> [String: Goal] {
    if count >= labels.count { return new }
    var goals = old
    for id in weights.prefix(count) { goals[id]?.weight = new[id]?.weight ?? 1 }
    return goals
  }
}

package import Calculation
public import LedgerModel

/// What KPIs say about one another once all are evaluated: a leading one warns of a lagging one, one that is on target
/// may be so at another's cost, and departments that report at different cycles are hard to compare.
///
/// Nothing of this changes a figure or a status. The condition of an effect (`when`) is text, and is shown as it is.
public struct Relations: Sendable {
  /// By KPI, in no particular order of kinds.
  public private(set) var byKPI: [KPIID: [Flag]] = [:]

  /// The relations among some KPIs, in any order. Those named and not among them say nothing.
  public init(of standings: [KPIStanding]) {
    let standings = standings.sorted { $0.id < $1.id }
    let byID = Dictionary(standings.map { ($0.id, $0) }) { first, _ in first }
    warn(standings, byID)
    oppose(standings, byID)
  }

  // MARK: Leading and lagging

  /// A KPI that is not off target itself is warned by those off target that lead to it.
  private mutating func warn(_ standings: [KPIStanding], _ byID: [KPIID: KPIStanding]) {
    var warnings: [KPIID: [String]] = [:]
    for leader in standings where leader.isOff {
      let how = leader.atRisk ? "heading off target" : "off target"
      for id in Set(leader.leadsTo) where id != leader.id {
        guard let lagging = byID[id], lagging.status != .red else { continue }
        warnings[id, default: []].append("\(leader.id) (\(how))")
      }
    }
    for (id, names) in warnings {
      byKPI[id, default: []].append(
        Flag(.leadingWarning, "\(Listing.text(names)) \(names.count == 1 ? "leads" : "lead") to it"))
    }
  }

  // MARK: Conflicts

  /// A KPI on target and one that it affects off target: each names the other.
  private mutating func oppose(_ standings: [KPIStanding], _ byID: [KPIID: KPIStanding]) {
    var opponents: [KPIID: [String]] = [:]
    for winner in standings where winner.status == .green {
      for effect in winner.affects {
        guard let loser = byID[effect.kpi], loser.status == .red else { continue }
        let when = effect.when.map { " when \($0)" } ?? ""
        let ask = effect.ask.map { ": \($0)" } ?? ""
        byKPI[winner.id, default: []].append(
          Flag(.conflict, "\(loser.id), which it affects\(when), is off target\(ask)"))
        if opponents[loser.id]?.last != winner.id.description {
          opponents[loser.id, default: []].append(winner.id.description)
        }
      }
    }
    for (id, names) in opponents {
      let verbs = names.count == 1 ? "affects it and is" : "affect it and are"
      byKPI[id, default: []].append(Flag(.conflict, "\(Listing.text(names)) \(verbs) on target"))
    }
  }

  // MARK: Cycles

  /// The flag of a goal whose KPIs come from departments that report at different cycles; nil where all are alike.
  package static func cycles(_ cycles: some Sequence<(department: String, cycle: PeriodKind)>) -> Flag? {
    Listing.cycles(cycles.map { ($0.department, $0.cycle.rawValue) })
      .map { Flag(.differentCycles, "recorded at different cycles: \($0)") }
  }
}

extension Flag {
  /// In the order of kinds, then of the words.
  static func precedes(_ one: Flag, _ other: Flag) -> Bool {
    one.kind != other.kind ? one.kind < other.kind : one.reason < other.reason
  }
}

import Calculation
package import LedgerModel

/// Lines that go along with a ledger's changes: what a change does not touch is not measured again.
extension KPILines {
  /// Puts other contents of KPIs in the place of theirs, all at once.
  /// - Returns: the KPIs whose lines may be others now
  package mutating func put(_ contents: [KPIID: KPIContent]) -> Set<KPIID> {
    let (touched, isReshaped) = measurer.put(contents)
    if isReshaped { frames = Self.frames(of: measurer.ledger, for: period, asOf: asOf) }
    return touched
  }

  /// Puts other exchange rates in the place of these.
  /// - Returns: the KPIs whose lines may be others now: those made of others, which alone are translated
  package mutating func put(_ rates: [String: ExchangeRates]) -> Set<KPIID> {
    measurer.put(rates)
    return Set(measurer.graph.order)
  }

  /// Puts other goals in the place of these.
  package mutating func put(_ goals: [String: Goal]) { measurer.put(goals) }

  /// Whether others are made of a KPI.
  func isSource(_ id: KPIID) -> Bool { measurer.graph.needed.contains(id) }
}

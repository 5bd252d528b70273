package import LedgerModel

/// What a ledger has of one KPI: its definition and its actuals, each nil where there is none.
package struct KPIContent: Hashable, Sendable {
  package var definition: Definition?
  package var actuals: Actuals?

  /// A KPI's files as they were read.
  package init(_ definition: Definition?, _ actuals: Actuals?) {
    self.definition = definition
    self.actuals = actuals
  }

  /// What a ledger has of a KPI.
  package init(of id: KPIID, in ledger: Ledger) { self.init(ledger.definitions[id], ledger.actuals[id]) }

  /// Whether it is calculated, and from what, as another definition says.
  func isCalculated(as other: Definition?) -> Bool {
    guard let definition, let other else { return definition == nil && other == nil }
    return definition.status == other.status && definition.calculation == other.calculation
      && definition.earlier == other.earlier && definition.consolidates == other.consolidates
  }
}

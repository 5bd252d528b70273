import LedgerModel

extension LedgerPath {
  /// The KPI that the file is the definition or the actuals of.
  var kpi: KPIID? {
    switch self {
    case .definition(let id), .actuals(let id): id
    default: nil
    }
  }

  var isActuals: Bool {
    if case .actuals = self { true } else { false }
  }
}

import LedgerModel

extension LedgerPath {
  var isActuals: Bool {
    if case .actuals = self { true } else { false }
  }
}

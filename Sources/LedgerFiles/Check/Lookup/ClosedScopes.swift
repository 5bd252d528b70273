import Calculation
public import LedgerModel

extension LedgerView {
  /// What is closed for a department: by the company's closes and by its own.
  public func closedPeriods(of department: String) -> ClosedPeriods {
    let periods = ["company", department].flatMap { scope in
      source.names(in: "closes/\(scope)").compactMap { name -> Period? in
        guard case .close(_, let text) = LedgerPath("closes/\(scope)/\(name)") else { return nil }
        return Period(text)
      }
    }
    return ClosedPeriods(periods, calendar: settings.value?.calendar ?? FiscalCalendar())
  }
}

public import Calculation

extension FiscalCalendar {
  /// A period as a heading: `March 2026`, `Q1 2026`, `Week 11, 2026`, `14 March 2026`; where the fiscal year is not the
  /// calendar's, `Q1 of fiscal 2026`.
  public func title(of period: Period) -> String {
    let isCivil = startMonth == 1 && pattern == .calendar
    switch period.kind {
    case .day: return period.day?.title ?? period.description
    case .week: return "Week \(period.index), \(period.year)"
    case .month where pattern == .calendar: return "\(Day.monthName(period.index)) \(period.year)"
    case .month: return "Month \(period.index) of fiscal \(period.year)"
    case .quarter: return "Q\(period.index) \(isCivil ? "" : "of fiscal ")\(period.year)"
    case .half: return "H\(period.index) \(isCivil ? "" : "of fiscal ")\(period.year)"
    case .year: return isCivil ? "\(period.year)" : "Fiscal \(period.year)"
    }
  }
}

extension Day {
  /// The day as a heading: `14 March 2026`.
  public var title: String {
    let civil = civil
    return "\(civil.day) \(Self.monthName(civil.month)) \(civil.year)"
  }

  static func monthName(_ month: Int) -> String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return names.indices.contains(month - 1) ? names[month - 1] : "\(month)"
  }
}

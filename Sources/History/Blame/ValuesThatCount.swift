public import Calculation
public import LedgerFiles

/// What of a KPI's files counts on a day: figures, notes and targets of periods that have begun by then, and of its
/// calculations the one that is in force then. All other fields count always.
public struct ValuesThatCount: Sendable {
  private let day: Day
  private let calendar: FiscalCalendar

  /// What counts on a day, by the ledger's calendar.
  public init(on day: Day, _ calendar: FiscalCalendar) {
    self.day = day
    self.calendar = calendar
  }

  /// Whether a key counts.
  public func takes(_ key: Key) -> Bool {
    let key = key.concerned
    guard let period = (key.note.map { Key.row($0) } ?? key).period else { return true }
    return calendar.days(of: period).lowerBound <= day
  }

  /// What of a key's value counts: of the calculation the one in force.
  public func part(of value: YAMLValue, _ key: Key) -> YAMLValue {
    guard key == .calculation, case .map(let fields) = value, case .list(let earlier)? = value["earlier"] else {
      return value
    }
    let all = [.map(fields.filter { $0.key != "earlier" })] + earlier
    let dated = all.compactMap { calculation in beginning(of: calculation).map { (from: $0, calculation) } }
    let begun = dated.filter { $0.from <= day }.max { $0.from < $1.from }
    return begun?.1 ?? all.first { beginning(of: $0) == nil } ?? all[all.count - 1]
  }

  /// The first day of the period that a calculation serves from; nil where it names none.
  private func beginning(of calculation: YAMLValue) -> Day? {
    guard let value = calculation["effective_from"] else { return nil }
    let text: String? =
      switch value {
      case .string(let text): text
      case .number(let year): year.description
      default: nil
      }
    return text.flatMap { Period($0) }.map { calendar.days(of: $0).lowerBound }
  }
}

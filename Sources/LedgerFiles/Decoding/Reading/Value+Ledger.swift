import Calculation
import LedgerModel

/// Readers of the values that only a ledger has: ids, periods, formulas.
extension Value {
  /// An id, as `head-of-sales`.
  func id(of kind: String) -> String? {
    guard let text = text() else { return nil }
    guard Slug.isValid(text) else {
      report("bad-id", Self.badID(text, of: kind))
      return nil
    }
    return text
  }

  /// A KPI's id, as `sales/win-rate`.
  func kpiID() -> KPIID? {
    guard let text = text() else { return nil }
    if let id = KPIID(text) { return id }
    let advice =
      text.contains("/") ? "small letters, digits and hyphens only" : "the department belongs in front of it"
    report(
      "bad-id",
      "\"\(label)\" should be the id of a KPI, as sales/win-rate, but is \"\(Self.shortened(text))\": \(advice).")
    return nil
  }

  /// A period, as `2026-03`.
  func period() -> Period? {
    guard let text = bareText() else { return nil }
    if let period = Period(text) { return period }
    report("bad-period", "\"\(label)\": \(Self.badPeriod(text))")
    return nil
  }

  /// A day, as `2026-03-14`.
  func day() -> Day? {
    guard let text = bareText() else { return nil }
    if let day = Day(text) { return day }
    report(
      "bad-date",
      "\"\(label)\" should be a day of the calendar, written as 2026-03-14, but is \"\(Self.shortened(text))\".")
    return nil
  }

  /// A formula; a fault in it is reported at its place inside the file.
  func formula() -> Formula? {
    guard let text = bareText() else { return nil }
    do {
      return try Formula(parsing: text)
    } catch {
      reading.add(.error, "bad-formula", at: position(ofCharacter: error.column, of: text), error.message)
      return nil
    }
  }

  /// A currency's code, as `USD`.
  func currency() -> String? {
    guard let text = text() else { return nil }
    if Currency.isCode(text) { return text }
    report(
      "bad-currency",
      "\"\(label)\" should be the code of a currency in three capitals, as EUR, but is \"\(Self.shortened(text))\".")
    return nil
  }

  /// The position of a text's n-th character, where the text stands in the file as it is read; else of its start.
  private func position(ofCharacter column: Int, of text: String) -> Position {
    let start = reading.document.position(at: node.range.lowerBound)
    guard case .scalar(let scalar) = node.kind, column > 1 else { return start }
    let quotes = scalar.style == .plain ? 0 : 1
    let written = reading.document.bytes[node.range]
    guard written.dropFirst(quotes).dropLast(quotes).elementsEqual(text.utf8) else { return start }
    return Position(line: start.line, column: start.column + quotes + column - 1)
  }

  static func badID(_ text: String, of kind: String) -> String {
    let advice = Slug.suggested(for: text).map { ", as \"\($0)\"" } ?? ""
    return "\"\(shortened(text))\" cannot be the id of \(kind): use small letters, digits and hyphens\(advice)."
  }

  static func badPeriod(_ text: String) -> String {
    let form = String(text.map { $0.isASCII && $0.isNumber ? "d" : $0 })
    if ["dddd-dd-dd", "dddd-Wdd", "dddd-dd", "dddd-Qd", "dddd-Hd"].contains(form) {
      return "\"\(shortened(text))\" is not in the calendar: correct the day, week, month, quarter or half-year."
    }
    return "\"\(shortened(text))\" is no period: write a day as 2026-03-14, a week as 2026-W11, a month as 2026-03, "
      + "a quarter as 2026-Q1, a half-year as 2026-H1 or a year as 2026."
  }
}

import Calculation
import LedgerFiles
import LedgerModel

extension FuzzTarget {
  /// A formula.
  static let formula = FuzzTarget(
    name: "formula", words: ["(", ")", "+", "-", "*", "/", "min(", "max(", "sum(", ", ", "won", "kpi(", "0.5", "1e99"],
    seeds: {
      ["won / decided * 100", "(a + b) / max(c, 1) - -2", "sales/win-rate * 2", "min(a, b, c)", "1 / 0", "if(a, b, c)"]
        .map { Array($0.utf8) }
    },
    fault: { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let formula = try? Formula(parsing: text) else { return nil }
      for number: Quantity in [0, 1, -7] {
        _ = formula.evaluate(
          inputs: formula.inputs.map { _ in number }, kpis: formula.kpis.map { _ in number })
      }
      _ = formula.evaluate(inputs: formula.inputs.map { _ in nil }, kpis: formula.kpis.map { _ in nil })
      guard let again = try? Formula(parsing: formula.text) else { return "its own text is no formula" }
      return again == formula ? nil : "its own text is another formula"
    })

  /// Lines of single words: numbers, periods, days, ids and names.
  static let words = FuzzTarget(
    name: "words",
    words: csvWords + ["Q4", "W53", "-02-29", "9999", "0001", "/", "sales", "<a@b.c>", "E+28", "é", "Jan"],
    seeds: {
      [
        "1234.5\n-0.001\n1e28\n0.1\n170141183460469231731687303715884105727\n1,234.50\n(12,5)",
        "2026\n2026-Q3\n2026-W53\n2026-03\n2026-03-31\nMarch 2026\n31.12.2026\n46000\nQ1/26",
        "sales/win-rate\ndepartments/sales/kpis/win-rate.yaml\nAna <ana@example.com>\nEUR\ncon.txt",
      ].map { Array($0.utf8) }
    },
    fault: { bytes in
      let lines = bytes.split(separator: 0x0A).prefix(50).map { String(decoding: $0, as: UTF8.self) }
      for line in lines {
        if let fault = first({ number(line) }, { period(line) }, { names(line) }) { return "\(line): \(fault)" }
      }
      let quantities = lines.compactMap { Quantity($0) }
      for (one, other) in zip(quantities, quantities.dropFirst()) {
        _ = (one + other, one - other, one * other, one.divided(by: other), one < other, one.rounded(toPlaces: 2))
        if let fault = first({ number((one + other).description) }, { number((one * other).description) }) {
          return fault
        }
      }
      let spreadsheet = (NumberFormat(evidence: lines), PeriodFormat(evidence: lines))
      for line in lines { _ = (spreadsheet.0.read(line), spreadsheet.1.read(line)) }
      return nil
    })

  private static func number(_ text: String) -> String? {
    guard let number = Quantity(text), !number.isOutOfRange else { return nil }
    return Quantity(number.description) == number ? nil : "written \(number.description), it is another number"
  }

  private static func period(_ text: String) -> String? {
    if let day = Day(text), Day(day.description) != day { return "another day when written" }
    guard let period = Period(text) else { return nil }
    if Period(period.description) != period { return "another period when written" }
    let calendar = FiscalCalendar()
    let days = calendar.days(of: period)
    for kind in PeriodKind.allCases {
      let first = calendar.period(kind, containing: days.lowerBound)
      if !calendar.days(of: first).contains(days.lowerBound) { return "its first day is in no \(kind)" }
      _ = (calendar.parent(of: period, kind: kind), calendar.children(of: period, kind: kind).count)
    }
    return period.next.previous == period ? nil : "the period before the next is another"
  }

  private static func names(_ text: String) -> String? {
    _ = (LedgerPath(text), FileName.problem(of: text), Author(text), Currency.isCode(text))
    _ = FileLimits.standard.findings(for: text, size: 1)
    if let slug = Slug.suggested(for: text), !Slug.isValid(slug) { return "the suggested id \(slug) is none" }
    guard let id = KPIID(text) else { return nil }
    return KPIID(id.description) == id ? nil : "another id when written"
  }
}

import Calculation
import Consolidation
import Foundation
import Git
import LedgerModel
import Testing

@testable import History

@Suite("Restatements in a history") struct RestatementsTests {
  private func ledger(_ past: Past, _ rows: String...) throws -> ObjectID {
    try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: Self.actuals(rows)], on: [], by: Past.ana)
  }

  private static func actuals(_ rows: [String]) -> String {
    "period,won,decided,status,note\n" + rows.map { $0 + "\n" }.joined()
  }

  private func record(_ past: Past, _ rows: String..., on parents: ObjectID..., by author: Author = Past.bo) throws
    -> ObjectID
  {
    try past.commit([WinRate.actuals: Self.actuals(rows)], on: parents, by: author)
  }

  private func scan(_ past: Past, _ tip: ObjectID) throws -> Restatements {
    var restatements = Restatements()
    try restatements.scan(through: tip, in: past.objects)
    return restatements
  }

  private func lines(_ restatements: Restatements) -> [String] {
    restatements.of(WinRate.id).map { entry in
      "\(entry.row) \(entry.input) \(entry.from) \(entry.to?.description ?? "-") \(entry.change.by.name)"
    }
  }

  @Test("A final value that a later commit changes or takes away is one; a new, provisional or confirmed one is not")
  func finals() throws {
    let past = try Past()
    let first = try ledger(past, "2026-01,12,40,,", "2026-02,9,38,provisional,", "2026-03,7,30,,")
    let second = try record(
      past, "2026-01,13,40,,late order", "2026-02,10,38,,", "2026-04,5,20,,", on: first)
    let third = try record(past, "2026-01,13,40,,", "2026-02,11,38,,", "2026-04,5,20,provisional,", on: second)
    let found = try scan(past, third)
    #expect(
      lines(found) == [
        "2026-01 won 12 13 Bo Lind", "2026-03 decided 30 - Bo Lind", "2026-03 won 7 - Bo Lind",
        "2026-02 won 10 11 Bo Lind",
      ])
    #expect(found.of(WinRate.id).map(\.change.commit) == [second, second, second, third])
    #expect(found.of(WinRate.id).last?.change.seconds == past.now)
  }

  @Test("A merge is held against its first parent, and laid to whoever had entered the value")
  func merges() throws {
    let past = try Past()
    let first = try ledger(past, "2026-01,12,40,,")
    let other = try past.commit(["README.md": "x"], on: [first], by: Past.ana)
    let entered = try record(past, "2026-01,14,40,,", on: first)
    let merge = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,14,40,,")], on: [other, entered], by: Past.ana)
    let found = try scan(past, merge)
    #expect(lines(found) == ["2026-01 won 12 14 Bo Lind"])
    #expect(found.of(WinRate.id).first?.change.commit == merge)
  }

  @Test("A scan goes on where the last one ended, and begins anew in another history")
  func incremental() throws {
    let past = try Past()
    let first = try ledger(past, "2026-01,12,40,,")
    let second = try record(past, "2026-01,13,40,,", on: first)
    let third = try record(past, "2026-01,14,40,,", on: second)
    var growing = try scan(past, second)
    #expect(growing.through == second && lines(growing).count == 1)
    try growing.scan(through: third, in: past.objects)
    #expect(growing == (try scan(past, third)) && lines(growing).count == 2)
    let elsewhere = try record(past, "2026-01,12,41,,", on: first)
    try growing.scan(through: elsewhere, in: past.objects)
    #expect(lines(growing) == ["2026-01 decided 40 41 Bo Lind"])
  }

  @Test("Rows are told apart by their dimensions, and a file that goes away with its KPI restates nothing")
  func dimensions() throws {
    let past = try Past()
    let definition = WinRate.definition().replacing("period: month", with: "dimensions: [area]\nperiod: month")
    func actuals(_ two: String) -> String { "period,area,won,decided\n2026-01,1,5,9\n2026-01,2,\(two),9\n" }
    let first = try past.commit(
      [WinRate.definition: definition, WinRate.actuals: actuals("6")], on: [], by: Past.ana)
    let second = try past.commit([WinRate.actuals: actuals("7")], on: [first], by: Past.bo)
    #expect(lines(try scan(past, second)) == ["2026-01,2 won 6 7 Bo Lind"])
    let gone: [String: String?] = [WinRate.definition: nil, WinRate.actuals: nil]
    let third = try past.commit(gone, on: [second], by: Past.ana)
    #expect(lines(try scan(past, third)).count == 1)
  }

  @Test("What was found can be written down and read again, and nothing else is taken for it")
  func encoding() throws {
    let past = try Past()
    let first = try ledger(past, "2026-01,12,40,,", "2026-03,7,30,,")
    let tip = try record(past, "2026-01,13.5,40,,", on: first)
    let found = try scan(past, tip)
    let restatements = found.byKPI.values.flatMap { $0 }
    #expect(restatements.count == 3)
    for restatement in restatements {
      let bytes = restatement.stored()
      #expect(try bytes.withUnsafeBytes { bytes in try Restatement(stored: bytes) } == restatement)
      let cut = Array(bytes.dropLast(4))
      #expect(throws: (any Error).self) { _ = try cut.withUnsafeBytes { bytes in try Restatement(stored: bytes) } }
    }
  }

  /// Of a scorecard of March 2026 the year to date begins in January: 2025-12 is not shown, April neither.
  @Test("The flag names the values that the year to date rests on, the newest change first")
  func flag() throws {
    let past = try Past()
    let rows = ["2025-12,5,9,,", "2026-01,1234,4000,,", "2026-02,9,38,,", "2026-04,7,30,,"]
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: Self.actuals(rows)], on: [], by: Past.ana)
    let second = try record(
      past, "2025-12,6,9,,", "2026-01,1300,4000,,", "2026-02,9,38,,", "2026-04,7,30,,", on: first)
    let third = try record(
      past, "2025-12,6,9,,", "2026-01,1300,4000,,", "2026-02,10,38,,", "2026-04,8,30,,", on: second, by: Past.ana)
    let found = try scan(past, third).of(WinRate.id)
    #expect(found.count == 4)
    let calendar = FiscalCalendar()
    let (march, november) = (try #require(Period("2026-03")), try #require(Period("2025-11")))
    let result = try #require(Self.result(of: march))
    let flag = RestatementFlag.flag(found, of: result, calendar: calendar)
    #expect(flag?.kind == .restated)
    #expect(
      flag?.reason
        == "2026-02 won was 9 until 2026-05-28 (Ana Ruiz); 2026-01 won was 1,234 until 2026-05-28 (Bo Lind)")
    let earlier = try #require(Self.result(of: november))
    #expect(RestatementFlag.flag(found, of: earlier, calendar: calendar) == nil)
  }

  /// The line of a KPI without figures.
  private static func result(of period: Period) -> KPIResult? {
    var definition = Definition(id: WinRate.id, name: "Win rate", calculation: KPICalculation())
    definition.status = .active
    var ledger = Ledger(settings: LedgerSettings(company: "Acme", currency: "EUR"))
    ledger.definitions[definition.id] = definition
    let end = ledger.settings.calendar.days(of: period).upperBound
    return Consolidation(of: ledger, for: period, asOf: end, source: "x").company.kpis.first
  }
}

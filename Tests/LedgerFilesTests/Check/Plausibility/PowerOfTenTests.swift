import Calculation
import LedgerFiles
import LedgerModel
import Testing

@Suite("Off by a power of ten") struct PowerOfTenTests {
  private typealias Ledger = PlausibleLedger

  private func places(_ number: String, _ reference: String) throws -> Int? {
    PowerOfTen(of: try #require(Quantity(number)), against: try #require(Quantity(reference)))?.places
  }

  /// Ten times: 8 to 12.5. A hundred times: 50 to 200. Between 12.5 and 50 it is no slip.
  @Test("One place has to be met closely, two and more within a factor of two, either way and of either sign")
  func places() throws {
    #expect(try places("80", "10") == 1 && places("125", "10") == 1)
    #expect(try places("79.9", "10") == nil && places("125.1", "10") == nil && places("499", "10") == nil)
    #expect(try places("500", "10") == 2 && places("2000", "10") == 2 && places("2001", "10") == nil)
    #expect(try places("0.1", "10") == -2 && places("1", "10") == -1 && places("-28", "-2800") == -2)
    #expect(try places("0", "10") == nil && places("10", "0") == nil && places("10", "11") == nil)
  }

  /// The median of 100, 110, 90, 105 is (100 + 105) / 2 = 102.5; 1050 / 102.5 = 10.2.
  @Test("A value ten times what the values before it were is named, and what it was compared with")
  func value() throws {
    let view = Ledger.view([
      Ledger.sales: Ledger.definition(), Ledger.actuals: Ledger.rows("100,,", "110,,", "90,,", "105,,", "1050,,"),
    ])
    let found = try #require(Plausibility.findings(for: Ledger.actuals, in: view).first)
    #expect(found.severity == .warning && found.rule == "power-of-ten" && found.position.line == 6)
    #expect(
      found.message.hasPrefix(
        "2026-05 has the value 1050, about 10 times the median of the 4 values of 2026-01 to 2026-04, which is 102.5"))
  }

  @Test("A note on the row silences it; a slip does not make the next month look wrong")
  func note() {
    #expect(Ledger.doubts(Ledger.rows("100,,", "110,,", "90,,", "1000,,new shop", "100,,")) == [])
    #expect(Ledger.doubts(Ledger.rows("100,,", "110,,", "90,,", "1000,,", "100,,")) == ["power-of-ten 5"])
  }

  /// 10, 90, 40 are more than a factor of two from their median of 40: nothing is out of place among them.
  @Test("Where figures scatter, or are fewer than three, nothing is said")
  func scatter() {
    #expect(Ledger.doubts(Ledger.rows("10,,", "90,,", "40,,", "400,,")) == [])
    #expect(Ledger.doubts(Ledger.rows("100,,", "100,,", "1000,,")) == [])
  }

  @Test("Three such values in a row are the new level")
  func level() {
    let rows = Ledger.rows("1,,", "1,,", "1,,", "100,,", "100,,", "100,,", "100,,", "100,,")
    #expect(Ledger.doubts(rows) == ["power-of-ten 5", "power-of-ten 6", "power-of-ten 7"])
  }

  @Test("Where the calculation changed, the values before it say nothing")
  func seriesBreak() {
    let earlier = "effective_from: 2026-04\nearlier: [{effective_from: 2026-01, unit: percent}]"
    let rows = Ledger.rows("1,,", "1,,", "1,,", "100,,")
    #expect(Ledger.doubts(Ledger.definition(more: earlier), rows) == [])
    #expect(Ledger.doubts(Ledger.definition(), rows) == ["power-of-ten 5"])
  }

  /// A month's target of 2000 against 20 a month. For the year, 12 x 20 = 240 are to be expected: 250 is in place,
  /// 24000 is not.
  @Test("A target is held against what was recorded, added up to its period, and a comment at it silences")
  func target() {
    let rows = Ledger.rows("20,,", "21,,", "19,,")
    func target(_ text: String) -> [String] { Ledger.doubts(Ledger.definition(more: "targets:\n  " + text), rows) }
    #expect(target("2026-04: 2000") == ["target-power-of-ten 11"])
    #expect(target("2026-04: 2000   # the new shop opens") == [])
    #expect(target("2026-04: 25\n  2026: 250") == [])
    #expect(target("2026: 24000") == ["target-power-of-ten 11"])
  }

  @Test("Without actuals a target is held against the other targets; of several alike one line is said")
  func amongTargets() {
    let more = "targets: {2026-01: 5, 2026-02: 5.5, 2026-03: 6, 2026-04: 555, 2026-05: 555}"
    let view = Ledger.view([Ledger.sales: Ledger.definition(more: more)])
    let found = Plausibility.findings(for: Ledger.sales, in: view)
    #expect(found.count == 1)
    #expect(
      found.first?.message.hasPrefix(
        "The targets of 2026-04 to 2026-05, 555, are about 100 times the median of the 3 targets of 2026-01 to 2026-03")
        == true)
  }
}

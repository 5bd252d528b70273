import LedgerFiles
import LedgerModel
import Testing

@Suite("What became of figures") struct PastPlausibilityTests {
  private typealias Ledger = PlausibleLedger

  private func doubts(_ now: String, before: String...) throws -> [String] {
    let files = [Ledger.sales: Ledger.definition(), Ledger.actuals: now]
    return try Ledger.doubts(in: Ledger.actuals, files, before: before).map {
      "\($0.rule) \($0.position.line):\($0.position.column) \($0.message.prefix { $0 != "," })"
    }
  }

  @Test("A blank that became 0 is named, also when that was some changes ago; a note silences it")
  func blank() throws {
    let blank = Ledger.rows("5,,", ",missing,", "7,,")
    let zero = Ledger.rows("5,,", "0,,", "7,,")
    #expect(try doubts(zero, before: blank) == ["blank-to-zero 3:9 2026-02 has the value 0"])
    let later = Ledger.rows("5,,", "0,,", "8,,")
    let files = [Ledger.sales: Ledger.definition(), Ledger.actuals: later]
    let found = try Ledger.doubts(in: Ledger.actuals, files, before: [zero, blank])
    #expect(found.first?.message.contains("which was blank before change 2.") == true, "\(found)")
    #expect(try doubts(Ledger.rows("5,,", "0,,none sold", "7,,"), before: blank) == [])
  }

  @Test("A period that was passed over and is 0 now counts as blank; a new 0 at the end, or one that was a figure, not")
  func gap() throws {
    let gap = "period,value,status,note\n2026-01,5,,\n2026-03,7,,\n"
    #expect(try doubts(Ledger.rows("5,,", "0,,", "7,,"), before: gap).count == 1)
    #expect(try doubts(Ledger.rows("5,,", "0,,"), before: Ledger.rows("5,,")) == [])
    #expect(try doubts(Ledger.rows("5,,", "0,,"), before: Ledger.rows("5,,", "4,,"), Ledger.rows("5,,", ",,")) == [])
  }

  /// 1994 → 19.94 is a hundredth; 1994 → 2010 is a correction.
  @Test("A value replaced by a power of ten of itself is named after the last change, no longer after the next")
  func slip() throws {
    let (before, after) = (Ledger.rows("1994,,"), Ledger.rows("19.94,,"))
    #expect(try doubts(after, before: before) == ["power-of-ten 2:9 2026-01 has the value 19.94"])
    #expect(try doubts(Ledger.rows("2010,,"), before: before) == [])
    #expect(try doubts(Ledger.rows("19.94,,", "20,,"), before: after, before) == [])
  }

  private func targets(_ now: String, before: String...) throws -> [String] {
    func definition(_ targets: String) -> String { Ledger.definition(more: targets) }
    let found = try Ledger.doubts(
      in: Ledger.sales, [Ledger.sales: definition(now)], before: before.map(definition))
    return found.map { "\($0.rule) \($0.message.prefix(40))" }
  }

  @Test("A target that was not there and is 0 is named, unless 0 is planned anyhow or a comment says why")
  func target() throws {
    #expect(
      try targets("targets: {2026: 0}", before: "") == ["blank-to-zero The target of 2026 is 0, and there was n"])
    #expect(try targets("targets: {2025: 0, 2026: 0}", before: "targets: {2025: 0}") == [])
    #expect(try targets("targets:\n  2026: 0 # no accident", before: "") == [])
    #expect(try targets("targets: {2026: 0}", before: "targets: {2026: 5}") == [])
    #expect(
      try targets("targets: {2026: 23}", before: "targets: {2026: 2300}")
        == ["target-power-of-ten The target of 2026 is 23, about a 100th "])
  }
}

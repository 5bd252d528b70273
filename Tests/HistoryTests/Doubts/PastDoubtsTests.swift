import Calculation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Testing

@testable import History

@Suite("What is doubtful against the past") struct PastDoubtsTests {
  private static let settings = "company: Acme\ncurrency: EUR\n"

  private func doubts(
    _ past: Past, _ tip: ObjectID, _ edits: [String: String] = [:], limit: Int = PastDoubts.commits
  ) throws -> [String] {
    let tree = try past.objects.commit(tip).tree
    let objects = past.objects
    let changes = edits.mapValues { Array($0.utf8) as [UInt8]? }
    let doubts = PastDoubts(objects, tip: tip, limit: limit) { UTCTime.day($0) }
    return try doubts.findings(for: [WinRate.definition, WinRate.actuals]) {
      LedgerOverlay(over: TreeSource(objects, tree: tree), changes: changes)
    }.map { "\($0.rule) \($0.message)" }
  }

  private func begin(_ past: Past) throws -> ObjectID {
    try past.commit(
      [
        "ledger.yaml": Self.settings, WinRate.definition: WinRate.definition(),
        WinRate.actuals: WinRate.actuals("2026-01,12,40,,", "2026-02,,38,,", "2026-03,7,30,,"),
      ], on: [], by: Past.ana)
  }

  @Test("A blank that became 0 is laid to the commit and its author, however many commits ago")
  func committed() throws {
    let past = try Past()
    let first = try begin(past)
    let zero = WinRate.actuals("2026-01,12,40,,", "2026-02,0,38,,", "2026-03,7,30,,")
    let entered = try past.commit([WinRate.actuals: zero], on: [first], by: Past.bo)
    var tip = try past.commit(["README.md": "x"], on: [first], by: Past.ana)
    tip = try past.commit([WinRate.actuals: zero], on: [tip, entered], by: Past.ana, "sync")
    for number in 0..<3 { tip = try past.commit(["README.md": "\(number)"], on: [tip], by: Past.ana) }
    let found = try doubts(past, tip)
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix(
        "blank-to-zero 2026-02 has the won 0, which was blank before the change \(entered.abbreviated()) of 2026-05-28 by "
          + "Bo Lind.") == true, "\(found)")
    #expect(try doubts(past, tip, limit: 2) == [], "beyond the commits that count")
  }

  @Test("An edit that is not committed yet is held against the newest commit")
  func edited() throws {
    let past = try Past()
    let tip = try begin(past)
    #expect(try doubts(past, tip) == [])
    let zero = WinRate.actuals("2026-01,12,40,,", "2026-02,0,38,,", "2026-03,700,30,,")
    let found = try doubts(past, tip, [WinRate.actuals: zero, WinRate.definition: WinRate.definition(target: "2500")])
    #expect(found.map { $0.prefix { $0 != " " } } == ["blank-to-zero", "power-of-ten", "target-power-of-ten"])
    #expect(found.allSatisfy { $0.contains("before your edit, which is not synced yet") }, "\(found)")
  }
}

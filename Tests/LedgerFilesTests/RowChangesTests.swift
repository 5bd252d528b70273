import Calculation
import LedgerFiles
import Testing

@Suite("The rows in which two versions differ") struct RowChangesTests {
  private func changes(_ old: String, _ new: String, _ dimensions: [String] = []) -> [String] {
    RowChanges(from: Array(old.utf8), to: Array(new.utf8), dimensions: dimensions).rows().map { row in
      func text(_ value: Quantity??) -> String { (value ?? nil)?.description ?? "-" }
      let name = ([row.period.description] + row.dimensions).joined(separator: " ")
      return "\(name): \(text(row.before?.values["value"])) \(text(row.after?.values["value"]))"
    }
  }

  private let base = "period,value,note\n2026-01,1,\n2026-02,12,\n2026-03,3,\n"

  @Test("A changed, a new and a removed row are found, whatever surrounds them")
  func rows() {
    #expect(changes(base, base).isEmpty)
    #expect(changes(base, base.replacing("02,12", with: "02,2")) == ["2026-02: 12 2"])
    #expect(changes(base, base + "2026-04,4,\n") == ["2026-04: - 4"])
    #expect(changes(base, base.replacing("2026-02,12,\n", with: "")) == ["2026-02: 12 -"])
    // The lines end alike in more than a line's worth of bytes.
    #expect(changes(base, base.replacing("2026-02,12,", with: "2026-01-01,2,\n2026-02,12,")).count == 1)
    #expect(!RowChanges(from: Array(base.utf8), to: Array((base + "2026-04,4,\n").utf8), dimensions: []).takesRowsAway)
  }

  @Test("A new column, a quoted note and another way of writing are no obstacle")
  func forms() {
    #expect(changes(base, "period,value\n2026-01,1\n2026-02,13\n2026-03,3\n") == ["2026-02: 12 13"])
    #expect(changes(base, base.replacing("12,", with: "13,\"a\nb\"")) == ["2026-02: 12 13"])
    #expect(changes(base, base.replacing("\n", with: "\r\n").replacing(",12", with: ",14")) == ["2026-02: 12 14"])
  }

  @Test("Rows of one period are told apart by their dimensions")
  func dimensions() {
    let old = "period,area,value\n2026-01,1,5\n2026-01,2,6\n"
    #expect(changes(old, old.replacing("2,6", with: "2,7"), ["area"]) == ["2026-01 2: 6 7"])
  }
}

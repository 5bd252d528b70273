import Calculation
import Chance
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

@Suite("Lines in which two versions of actuals differ") struct DifferingLinesTests {
  private static func keys(_ old: [UInt8], _ new: [UInt8]) -> [Key] {
    let versions = FileVersions(contents: [0: old, 1: new], steps: [(older: 0, newer: 1)])
    let read = versions.read(path: "departments/d/actuals/k.csv", rowShape: .actuals(dimensions: [])).documents
    guard let before = read[0], let after = read[1] else { return [] }
    return after.changedKeys(from: before)
  }

  @Test("The lines alone have the same changed keys as the whole files", arguments: 1...200)
  func sameKeys(seed: UInt64) {
    var dice = Dice(seed)
    let header = dice.pick(["period,value", "period,value,status,note", "period,value,note"])
    let cells = header.split(separator: ",").count - 1
    func row(_ month: Int) -> String {
      let values = (0..<cells).map { _ in "," + dice.pick(["", "1", "2.50", "x"]) }
      return "2026-\(month < 10 ? "0" : "")\(month)" + values.joined()
    }
    var months = (1...12).filter { _ in dice.chance(0.8) }.map { ($0, row($0)) }
    let old = header + "\n" + months.map { $0.1 + "\n" }.joined()
    for _ in 0..<dice.below(4) {
      guard !months.isEmpty else { break }
      let place = dice.below(months.count)
      switch dice.below(3) {
      case 0: months[place].1 = row(months[place].0)
      case 1: months.remove(at: place)
      default:
        let month = 1 + dice.below(12)
        if !months.contains(where: { $0.0 == month }) { months.append((month, row(month))) }
      }
    }
    if dice.chance(0.9) { months.sort { $0.0 < $1.0 } }
    let new = header + "\n" + months.map { $0.1 + "\n" }.joined()
    let (before, after) = (Array(old.utf8), Array(new.utf8))
    guard let lines = RowChanges.differingLines(before, after) else {
      // Only rows out of order take the whole files.
      #expect(months.map(\.0) != months.map(\.0).sorted() || before == after)
      return
    }
    #expect(Self.keys(lines.old, lines.new) == Self.keys(before, after))
  }

  @Test("Quotes, other columns and rows that stand twice take the whole files")
  func wholeFiles() {
    let plain = Array("period,value\n2026-01,1\n2026-02,2\n".utf8)
    for other in [
      "period,value\n2026-01,\"1\"\n", "period,site,value\n2026-01,north,1\n", "period,value\n2026-01,1\n2026-01,2\n",
      "period,value\n2026-02,1\n2026-01,2\n",
    ] {
      #expect(RowChanges.differingLines(plain, Array(other.utf8)) == nil)
      #expect(RowChanges.differingLines(Array(other.utf8), plain) == nil)
    }
  }
}

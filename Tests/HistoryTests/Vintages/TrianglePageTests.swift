import Calculation
import Consolidation
import Foundation
import Git
import LedgerModel
import Testing

@testable import History

@Suite("The triangle's page")
struct TrianglePageTests {
  private func page(_ triangle: RestatementTriangle, name: String = "Win rate", unit: UnitLabel = UnitLabel(id: nil))
    -> String
  {
    let head = TrianglePage.Head(
      company: name, name: name, id: "sales/win-rate", what: "figures", owner: name, unit: unit, source: "3f2a",
      day: Day("2026-05-28")!, summary: name, command: name)
    return TrianglePage(triangle, head, day: UTCTime.day).text()
  }

  private func triangle(_ past: Past, by author: Author, _ message: String) throws -> RestatementTriangle {
    let first = try past.commit(
      [
        WinRate.definition: WinRate.definition(),
        WinRate.actuals: WinRate.actuals("2026-01,12,40,,", "2026-02,9,36,provisional,"),
      ],
      on: [], by: Past.ana)
    let second = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,14,40,,", "2026-02,9,36,provisional,")], on: [first], by: author,
      message)
    return try past.triangle(second)
  }

  @Test("Names, reasons and units from the ledger are text, whatever they hold")
  func hostile() throws {
    let evil = "<script>alert(1)</script>\" onload='x' &amp;"
    let past = try Past()
    let text = try page(
      triangle(past, by: Author(name: "<img src=x>", email: "x@example.com"), evil), name: evil,
      unit: UnitLabel(id: "x", symbol: "<u>"))
    #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("<u>"))
    #expect(
      !text.contains("\" onload=")
        && text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;"))
    #expect(text.contains("&lt;img src=x&gt;") || text.contains("img src=x"))
    #expect(text.contains("default-src 'none'") || text.contains("default-src &#39;none&#39;"))
  }

  @Test("A changed value has a mark, and a shape in the chart; what is not final has a letter; nothing is fetched")
  func marks() throws {
    let text = try page(triangle(Past(), by: Past.bo, "booked late"))
    // 12 / 40 = 30 %, then 14 / 40 = 35 %
    #expect(text.contains("<b>35</b>") && text.contains("aria-label=\"changed\""), "\(text)")
    #expect(text.contains("title=\"30 \u{2192} 35, 2026-05-28, Bo Lind: booked late\""))
    #expect(text.contains("<circle class=\"was\"") && text.contains("<path class=\"now\""))
    #expect(text.contains("25<span class=\"sign\"> (p)</span>"))
    #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("<script"))
    #expect(text.contains("+16.7"))
  }

  @Test("Of a long history the newest columns and periods are shown, and what is left out is said")
  func long() throws {
    let past = try Past()
    var rows: [String] = []
    var tip: [ObjectID] = []
    for year in 2010..<2022 {
      for month in 1...12 {
        rows.append("\(year)-\(month < 10 ? "0" : "")\(month),\(month),40,,")
        let text = "period,won,decided,status,note\n" + rows.joined(separator: "\n") + "\n"
        tip = [
          try past.commit([WinRate.definition: WinRate.definition(), WinRate.actuals: text], on: tip, by: Past.ana)
        ]
      }
    }
    let text = page(try past.triangle(tip[0]))
    // 144 columns and 144 periods, of which 12 and 120 are shown.
    #expect(text.contains("132 earlier columns and 24 earlier periods left out"))
    #expect(text.components(separatedBy: "<th scope=\"row\"").count == 121)
  }

  @Test("Round values, from below the lowest to above the highest")
  func scale() throws {
    func ticks(_ values: Double...) throws -> [String] {
      try #require(ChartScale(rows: 3, values: values)).ticks.map(\.description)
    }
    #expect(try ticks(23.8, 46.3) == ["20", "25", "30", "35", "40", "45", "50"])
    #expect(try ticks(3, 46.3) == ["0", "10", "20", "30", "40", "50"])
    #expect(try ticks(-0.02, 0.03) == ["-0.02", "-0.01", "0", "0.01", "0.02", "0.03"])
    #expect(try ticks(7, 7).count > 2)
    #expect(ChartScale(rows: 0, values: []) == nil && ChartScale(rows: 1, values: [.infinity]) == nil)
  }
}

import Calculation
import Consolidation
import Foundation
import LedgerModel
import Testing

/// What others rely on in JSON and CSV, and what must not get out of a ledger into any format.
@Suite struct FormatTests {
  /// A ledger whose every text tries to be something else.
  private func hostile() throws -> Scorecard {
    var sample = SampleLedger()
    let text = "=cmd|'/C calc'!A1 <script>alert(1)</script> \"quoted\", \u{1B}[31mred\u{202E} `|*_\n# heading"
    sample.ledger.settings.company = text
    sample.ledger.goals = ["growth": Goal(id: "growth", name: text, owner: text)]
    sample.ledger.departments = ["a": Department(id: "a", name: text)]
    try sample.add("a/x", rows: [("2026-03", ["value": 12])], targets: ["2026-03": 40], unit: "<b>") {
      $0.name = text
      $0.owner = text
      $0.decision = text
    }
    return try sample.scorecard("2026-03")
  }

  private func figures() throws -> Scorecard {
    var sample = SampleLedger()
    sample.ledger.departments = ["sales": Department(id: "sales", name: "Sales")]
    let id = try sample.add("sales/orders", rows: [("2026-03", ["value": 0])], targets: ["2026-03": 300_000_000])
    sample.ledger.actuals[id]?.inputs[0].values[0] = try exact("134869386.24")
    try sample.add("sales/margin", inputs: [("value", .mean)], rows: [("2026-03", ["value": 81])], unit: "percent") {
      $0.calculation.direction = .band
      if let period = Period("2026") { $0.targets[period] = .band(low: 80, high: 90, tolerance: 10) }
    }
    try sample.add("sales/leads", targets: ["2026-03": 10])
    return try sample.scorecard("2026-03")
  }

  // MARK: JSON

  @Test func jsonHasTheKeysThatOthersRelyOn() throws {
    let text = ScorecardJSON(try figures()).text()
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["period"] as? String == "2026-03")
    #expect(json["as_of"] as? String == "2030-01-01")
    #expect(json["source"] as? String == "3f2a")
    let goal = try #require((json["goals"] as? [[String: Any]])?.first)
    #expect(Set(["id", "name", "parent", "score", "status", "coverage", "weight"]).isSubset(of: goal.keys))
    #expect(goal["coverage"] as? String == "2 of 3")
    let kpis = try #require(json["kpis"] as? [[String: Any]])
    #expect(kpis.compactMap { $0["id"] as? String } == ["sales/leads", "sales/margin", "sales/orders"])
    let keys = [
      "id", "name", "goal", "department", "unit", "actual", "target", "achievement", "time_elapsed", "pace", "landing",
      "shortfall", "gap", "needed_per_day", "year_to_date", "score", "status", "at_risk", "flags", "series", "owner",
      "decision",
    ]
    for kpi in kpis { #expect(Set(keys).isSubset(of: kpi.keys)) }
    let year = try #require(kpis[2]["year_to_date"] as? [String: Any])
    #expect(Set(["actual", "target", "achievement", "periods"]) == Set(year.keys))
    #expect(kpis[0]["actual"] is NSNull)
    #expect((kpis[0]["flags"] as? [[String: String]])?.first?["flag"] == "late")
  }

  @Test func jsonNumbersAreExact() throws {
    let text = ScorecardJSON(try figures()).text()
    #expect(text.contains("\"actual\": 134869386.24,"))
    #expect(text.contains("\"achievement\": 44.95646208,"))  // 134869386.24 / 300000000 × 100
    #expect(text.contains("\"target\": {\"low\": 80, \"high\": 90, \"tolerance\": 10}"))
  }

  @Test func jsonOfHostileTextsIsReadBackAsItWas() throws {
    let scorecard = try hostile()
    let json = try JSONSerialization.jsonObject(with: Data(ScorecardJSON(scorecard).text().utf8)) as? [String: Any]
    #expect(json?["company"] as? String == scorecard.company)
  }

  /// March with everything that a scorecard may know besides plan and actual.
  private func outlook() throws -> Scorecard {
    var scorecard = try figures()
    let march = try #require(Period("2026-03"))
    let index = try #require(scorecard.kpis.firstIndex { $0.id.kpi == "orders" })
    scorecard.kpis[index].trend = .worse
    scorecard.kpis[index].year = .init(target: .value(1200), landing: 1080, shortfall: 120)
    scorecard.kpis[index].missingSources = [try #require(KPIID("emea/orders")), try #require(KPIID("us/orders"))]
    scorecard.kpis[index].rates = [
      .init(source: "USD", target: "EUR", period: march, rate: try exact("0.9213"), isAverage: false)
    ]
    scorecard.kpis[index].series = [.init(period: march, actual: 1, target: nil, startsSeries: true)]
    return scorecard
  }

  @Test("JSON tells the year, the trend, missing sources, rates and breaks")
  func jsonTellsTheOutlook() throws {
    let text = ScorecardJSON(try outlook()).text()
    #expect(text.contains("\"year\": {\"target\": 1200, \"landing\": 1080, \"shortfall\": 120}"))
    #expect(text.contains("\"trend\": \"worse\""))
    #expect(text.contains("\"missing_sources\": [\"emea/orders\", \"us/orders\"]"))
    #expect(
      text.contains(
        "{\"from\": \"USD\", \"to\": \"EUR\", \"period\": \"2026-03\", \"rate\": 0.9213, \"kind\": \"closing\"}"))
    #expect(text.contains("{\"period\": \"2026-03\", \"actual\": 1, \"target\": null, \"starts_series\": true}"))
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
  }

  @Test("CSV tells the same in columns at its end")
  func csvTellsTheOutlook() throws {
    #expect(ScorecardCSV.columns.firstIndex(of: "source") == 34, "the columns before keep their places")
    let rows = try parsed(ScorecardCSV(try outlook()).text())
    let orders = Dictionary(uniqueKeysWithValues: zip(ScorecardCSV.columns, rows[4]))
    #expect(orders["trend"] == "worse")
    #expect(orders["year_target"] == "1200")
    #expect(orders["year_landing"] == "1080")
    #expect(orders["year_shortfall"] == "120")
    #expect(orders["missing_sources"] == "emea/orders us/orders")
    #expect(orders["rates"] == "USD-EUR 2026-03 0.9213 closing")
    #expect(orders["series_breaks"] == "2026-03")
  }

  @Test("Table and Markdown tell it where it is known")
  func textsTellTheOutlook() throws {
    for text in [ScorecardTable(try outlook(), width: 200).text(), ScorecardMarkdown(try outlook()).text()] {
      for word in ["worse", "1,080", "emea/orders, us/orders", "1 USD = 0.9213 EUR"] {
        #expect(text.contains(word), "\(word)")
      }
    }
  }

  // MARK: CSV

  @Test func csvHasAsManyCellsInEachLine() throws {
    let rows = try parsed(ScorecardCSV(try figures()).text()) + parsed(ScorecardCSV(try hostile()).text())
    #expect(rows.count == 1 + 1 + 3 + 1 + 1 + 1)
    #expect(rows.allSatisfy { $0.count == ScorecardCSV.columns.count })
    let orders = Dictionary(uniqueKeysWithValues: zip(ScorecardCSV.columns, rows[4]))
    #expect(orders["id"] == "sales/orders")
    #expect(orders["actual"] == "134869386.24")
    #expect(orders["ytd_periods"] == "1 of 3")
    #expect(orders["source"] == "3f2a")
    let margin = Dictionary(uniqueKeysWithValues: zip(ScorecardCSV.columns, rows[3]))
    #expect(margin["target_low"] == "80")
    #expect(margin["target_high"] == "90")
    let goal = Dictionary(uniqueKeysWithValues: zip(ScorecardCSV.columns, rows[1]))
    #expect(goal["coverage"] == "2 of 3")
    #expect(goal["weight"] == "1")
  }

  @Test func csvCellsDoNotRun() throws {
    let rows = try parsed(ScorecardCSV(try hostile()).text()).dropFirst()
    for cell in rows.joined() { #expect(cell.first.map { !"=+@\t".contains($0) } ?? true) }
    #expect(rows.last?[2].hasPrefix("'=cmd") == true)
  }

  /// RFC 4180, strictly.
  private func parsed(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch (scalar, isQuoted) {
      case ("\"", true) where scalars.first == "\"": cell.unicodeScalars.append(scalars.removeFirst())
      case ("\"", _): isQuoted.toggle()
      case (",", false):
        row.append(cell)
        cell = ""
      case ("\r", false):
        #expect(scalars.popFirst() == "\n")
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    #expect(row.isEmpty && cell.isEmpty)
    return rows
  }

  // MARK: Table

  @Test(arguments: [40, 60, 80, 100, 132, 200])
  func theTableFitsTheWidth(width: Int) throws {
    for scorecard in [try figures(), try hostile()] {
      let text = ScorecardTable(scorecard, width: width, style: .init(symbols: true)).text()
      for line in text.split(separator: "\n") {
        #expect(line.count <= width, "\(line)")
        #expect(line.last != " ")
      }
      #expect(!text.unicodeScalars.contains("\u{1B}"))
      #expect(!text.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test func theTableSaysStatusInWords() throws {
    let plain = ScorecardTable(try figures()).text()
    #expect(plain.contains("off target"))
    #expect(!plain.contains("\u{25B2}"))
    let styled = ScorecardTable(try figures(), style: .init(symbols: true, colour: true)).text()
    #expect(styled.contains("\u{1B}[31m\u{25B2} off target\u{1B}[0m"))
    #expect(plain.contains("134,869,386"))
  }

  // MARK: Markdown

  @Test func markdownKeepsItsTables() throws {
    let text = ScorecardMarkdown(try hostile()).text()
    #expect(!text.contains("<script"))
    var tables = 0
    var bars: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        bars = nil
        continue
      }
      let count = line.replacing("\\|", with: "").count { $0 == "|" }
      if bars == nil { tables += 1 }
      #expect(count == bars ?? count, "\(line)")
      bars = count
    }
    #expect(tables == 2)
  }

  // MARK: Page

  @Test func thePageIsSelfContainedAndEscaped() throws {
    let page = ScorecardPage(try hostile()).text()
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;"))
    #expect(!page.contains("<b>\u{00B7}"))
    for forbidden in ["http://", "https://", "url(", "@import", "src=", "onload", "\u{1B}", "\u{202E}"] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(page.contains("prefers-color-scheme:dark"))
    #expect(page.contains("@page{size:A4"))
  }

  @Test func thePageIsWellFormed() throws {
    for scorecard in [try figures(), try hostile()] {
      let page = ScorecardPage(scorecard, links: .init(company: "a&b.html", departments: ["sales": "s.html"])).text()
      #expect(PageDocument(page).error == nil)
    }
  }

  @Test func thePageSaysWhatAReaderNeeds() throws {
    let page = ScorecardPage(try figures()).text()
    for needed in [
      "Acme, March 2026", "As of 1 January 2030", "3f2a", "2 of 3", "134,869,386", "off target", "not recorded yet",
      "80.0\u{2013}90.0", "#s-red", "class=\"spark",
    ] { #expect(page.contains(needed) == true, "\(needed)") }
  }
}

import Calculation
import Consolidation
import LedgerModel
import Testing

/// What a manager, a printer and a screen reader find on the page.
@Suite struct PageTests {
  /// Twelve months up to March 2026 of two KPIs: `sales/orders` (higher, 9 of 10), `plant/scrap` (lower, 1 of 2).
  private func scorecard(_ change: (inout KPIResult) throws -> Void = { _ in }) throws -> Scorecard {
    var sample = SampleLedger()
    sample.ledger.departments = [
      "sales": Department(id: "sales", name: "Sales"),
      "plant": Department(id: "plant", name: "Plant", parent: "sales"),
    ]
    let months = (1...12).map { "2025-\($0 < 10 ? "0" : "")\($0)" } + ["2026-01", "2026-02", "2026-03"]
    try sample.add("sales/orders", rows: months.map { ($0, ["value": 9]) }, targets: ["2025": 120, "2026-03": 10])
    try sample.add("plant/scrap", rows: months.map { ($0, ["value": 1]) }, targets: ["2026-03": 2]) {
      $0.calculation.direction = .lower
    }
    var scorecard = try sample.scorecard("2026-03")
    for index in scorecard.kpis.indices {
      scorecard.kpis[index].trend = nil
      scorecard.kpis[index].year = .init()
      try change(&scorecard.kpis[index])
    }
    return scorecard
  }

  private func document(_ scorecard: Scorecard, links: ScorecardPage.Links = .init()) throws -> PageDocument.Element {
    let document = PageDocument(ScorecardPage(scorecard, links: links).text())
    #expect(document.error == nil)
    return try #require(document.root)
  }

  private func group(_ id: String, in scorecard: Scorecard) throws -> PageDocument.Element {
    try #require(try document(scorecard).first(id: "kpi-" + id.replacing("/", with: "-")))
  }

  // MARK: Charts

  /// Five months: 1, 2, none, 4, 5, and from the fifth another calculation.
  private func series(breakAt index: Int?) throws -> [KPIResult.Point] {
    try [1, 2, nil, 4, 5].enumerated().map { offset, value in
      KPIResult.Point(
        period: try #require(Period("2025-1\(offset)") ?? Period("2026-0\(offset)")),
        actual: value.map { Quantity($0) },
        target: 3, startsSeries: offset == index)
    }
  }

  @Test("The line is not drawn across a gap")
  func gap() throws {
    let series = try series(breakAt: nil)
    let group = try group("sales/orders", in: scorecard { $0.series = series })
    let lines = group.all("path", "line").compactMap { $0.attributes["d"] }
    // The width of 132 less a margin of 4 on each side, in four steps of 31: 4, 35, (66), 97, 128.
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("M4 ") == true && lines.first?.contains("L35 ") == true)
    #expect(lines.last?.hasPrefix("M97 ") == true && lines.last?.contains("L128 ") == true)
    #expect(group.all("path", "break").isEmpty)
    #expect(group.all("path", "plan").count == 1, "the plan goes on in a period without an actual")
  }

  @Test("The line is not drawn across a change of the calculation, which is marked half-way and says so")
  func seriesBreak() throws {
    let series = try series(breakAt: 4)
    let group = try group("sales/orders", in: scorecard { $0.series = series })
    #expect(group.all("path", "line").count == 3)
    #expect(group.all("path", "plan").count == 2)
    let mark = try #require(group.all("path", "break").first)
    #expect(mark.attributes["d"]?.hasPrefix("M112.5 ") == true)  // (97 + 128) / 2
    #expect(mark.text == "Calculated differently before 2025-14".replacing("2025-14", with: "\(series[4].period)"))
    let label = group.all("svg", "spark").first?.attributes["aria-label"]
    #expect(label?.contains("calculated differently before") == true)
  }

  @Test("The ground that misses the plan lies before the plan where more is better, behind it where less is")
  func bullet() throws {
    // 140 wide for 0 … 10 and 8 % of room: the plan of 10 stands at 140 × 10 / 10.8 = 129.6.
    let higher = try group("sales/orders", in: scorecard())
    let before = try #require(higher.all("rect", "miss").first?.attributes)
    #expect(before["x"] == "0" && before["width"] == "129.6")
    #expect(higher.all("path", "aim").first?.attributes["d"] == "M129.6 0v18")
    let lower = try group("plant/scrap", in: scorecard())
    let behind = try #require(lower.all("rect", "miss").first?.attributes)
    #expect(behind["x"] == "129.6" && behind["width"] == "10.4")
    #expect(lower.all("rect", "done").first?.attributes["width"] == "64.8")  // 140 × 1 / 2.16
  }

  @Test("A negative actual is drawn to the left of zero; an actual of zero keeps a stroke")
  func negative() throws {
    // −10 … 10 and 8 % of 20 on both sides: zero in the middle of 140, −10 at 140 × 1.6 / 23.2 = 9.7.
    let below = try group("sales/orders", in: scorecard { $0.actual = -10 })
    let bar = try #require(below.all("rect", "done").first?.attributes)
    #expect(bar["x"] == "9.7" && bar["width"] == "60.3")
    #expect(below.all("path", "zero").first?.attributes["d"] == "M70 1v16")
    let nothing = try group("sales/orders", in: scorecard { $0.actual = 0 })
    #expect(nothing.all("rect", "done").first?.attributes["width"] == "1")
  }

  // MARK: Figures

  @Test("Trend is told by word, arrow and colour; where too little is known there is none")
  func trend() throws {
    var arrows: Set<String> = []
    for (trend, style) in [(Trend.better, "good"), (.steady, "even"), (.worse, "bad")] {
      let group = try group("plant/scrap", in: scorecard { $0.trend = trend })
      let mark = try #require(group.all("span", "trend").first)
      #expect(mark.text.contains(trend.rawValue))
      #expect(mark.classes.contains(style))
      if let arrow = mark.all("path").first?.attributes["d"] { arrows.insert(arrow) }
    }
    #expect(arrows.count == 3)
    #expect(try group("plant/scrap", in: scorecard()).all("span", "trend").isEmpty)
  }

  @Test("Variance is coloured by what is good: 1 under a plan of 2 is plus where less is better")
  func variance() throws {
    let good = try group("plant/scrap", in: scorecard()).all("span", "good")
    #expect(good.map(\.text) == ["+1"])
    let bad = try group("sales/orders", in: scorecard()).all("span", "bad")
    #expect(bad.map(\.text) == ["\u{2212}1"])
  }

  @Test("The year's landing has a column where any is known, and says by how much the target is missed or beaten")
  func year() throws {
    #expect(!ScorecardPage(try scorecard()).text().contains("Year\u{2019}s landing"))
    let missed = try scorecard { $0.year = .init(target: .value(120), landing: 108, shortfall: 12) }
    #expect(try group("sales/orders", in: missed).text.contains("misses 120 by 12"))
    let beaten = try scorecard { $0.year = .init(target: .value(20), landing: 12, shortfall: -8) }
    #expect(try group("plant/scrap", in: beaten).text.contains("beats 20 by 8"))
  }

  @Test("Sources without data and exchange rates are named with the KPI, each rate once at the end")
  func sources() throws {
    let march = try #require(Period("2026-03"))
    let source = try #require(KPIID("emea/orders"))
    let scorecard = try scorecard { kpi in
      kpi.missingSources = [source]
      kpi.rates = [.init(source: "USD", target: "EUR", period: march, rate: try exact("0.92"), isAverage: true)]
    }
    let text = try group("sales/orders", in: scorecard).text
    #expect(text.contains("emea/orders"))
    #expect(text.contains("1 USD = 0.92 EUR (average 2026-03)"))
    let table = try #require(try document(scorecard).first(id: "rates"))
    #expect(table.all("tbody").first?.children.count == 1)
    #expect(try document(self.scorecard()).first(id: "rates") == nil)
  }

  @Test("A KPI that is on target while one that it affects is not stands near the top, with the reason")
  func conflicts() throws {
    let reason = "on target while sales/orders, which it affects, is off target"
    let scorecard = try scorecard { if $0.id.kpi == "scrap" { $0.flags = [Flag(.conflict, reason)] } }
    let signals = try #require(try document(scorecard).first(id: "signals"))
    #expect(signals.text.contains("Conflict: \(reason)"))
    #expect(signals.all("a").first?.attributes["href"] == "#kpi-plant-scrap")
    #expect(try document(self.scorecard()).first(id: "signals") == nil)
  }

  @Test("Departments stand as a tree, each with what is below it, and lead to their pages")
  func departments() throws {
    let links = ScorecardPage.Links(company: "index.html", departments: ["sales": "sales.html", "plant": "plant.html"])
    let rows = try #require(try document(scorecard(), links: links).first(id: "departments")).all("tbody")[0].children
    #expect(rows.map { $0.attributes["class"] } == ["d0", "d1"])
    #expect(rows.map { $0.all("a").first?.attributes["href"] } == ["sales.html", "plant.html"])
    // On target: scrap of the plant; close: the orders of sales, 9 of 10 = 90. Sales has both.
    let counts = rows.map { row in row.all("span", "status").map { $0.text.filter(\.isNumber) } }
    #expect(counts == [["1", "1", "0", "0"], ["1", "0", "0", "0"]])
  }

  @Test("A parent without KPIs has a row with the sums below it, and its page is led to from below")
  func parents() throws {
    var sample = SampleLedger()
    sample.ledger.departments = [
      "europe": Department(id: "europe", name: "Europe"), "it": Department(id: "it", name: "Italy", parent: "europe"),
      "fr": Department(id: "fr", name: "France", parent: "europe"),
    ]
    for id in ["it/x", "fr/x"] { try sample.add(id, rows: [("2026-03", ["value": 5])], targets: ["2026-03": 5]) }
    let links = ScorecardPage.Links(company: "index.html", departments: ["europe": "europe.html", "it": "it.html"])
    let rows = try #require(try document(sample.scorecard("2026-03"), links: links).first(id: "departments"))
      .all("tbody")[0].children
    #expect(rows.map { $0.all("th")[0].text } == ["Europe", "France", "Italy"])
    #expect(rows[0].all("span", "status").map { $0.text.filter(\.isNumber) } == ["2", "0", "0", "0"])
    let italy = try #require(try sample.consolidation("2026-03").department("it"))
    let page = try document(italy, links: links)
    #expect(page.all("p", "company").first?.all("a").map { $0.attributes["href"] } == ["index.html", "europe.html"])
    #expect(page.first(id: "departments") == nil)
  }

  // MARK: Readers

  @Test("Every KPI has a row heading and an accessible name for each drawing, every table column headings")
  func accessible() throws {
    let root = try document(scorecard { $0.trend = .better })
    let groups = root.all("tbody").filter { $0.attributes["id"]?.hasPrefix("kpi-") == true }
    #expect(groups.count == 2)
    for group in groups {
      let heading = try #require(group.all("th").first { $0.attributes["scope"] == "row" })
      let name = try #require(heading.all("b").first).text
      for drawing in group.all("svg") where drawing.attributes["aria-hidden"] == nil {
        #expect(drawing.attributes["role"] == "img")
        #expect(drawing.attributes["aria-label"]?.hasPrefix("\(name): ") == true)
      }
      #expect(group.all("svg", "bullet").count == 1 && group.all("svg", "spark").count == 1)
    }
    for table in root.all("table") {
      let headings = try #require(table.all("thead").first).all("th")
      #expect(!headings.isEmpty)
      #expect(headings.allSatisfy { $0.attributes["scope"] == "col" && !$0.text.isEmpty })
    }
  }

  @Test("Status is a shape and a word, never colour alone")
  func status() throws {
    for mark in try document(scorecard()).all("span", "status") {
      #expect(mark.all("use").count == 1)
      #expect(!mark.text.isEmpty)
    }
  }

  @Test("Ids are unique and links within the page lead somewhere")
  func anchors() throws {
    let root = try document(scorecard { $0.flags = [Flag(.conflict, "on target while another is not")] })
    let ids = root.all.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let links = root.all.compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
    #expect(links.count > 2)
    for link in links { #expect(ids.contains(String(link.dropFirst())), "\(link)") }
  }
}

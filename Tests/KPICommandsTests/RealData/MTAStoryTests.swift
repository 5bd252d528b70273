import Calculation
import Consolidation
import Foundation
import Git
import History
import LedgerModel
import LedgerStore
import Testing

/// New York's transit agencies, 2008 to 2011, as `Examples/mta` keeps them, and a later vintage of one of them.
@Suite("The MTA's ledger", .enabled(if: RealData.isHere, RealData.missing))
struct MTAStoryTests {
  private static func ledger() throws -> Workplace {
    let work = try Workplace()
    try FileManager.default.copyItem(
      atPath: RealData.project.appending(path: "Examples/mta").path, toPath: work.folder + "/mta")
    try work.keep("mta")
    return work
  }

  @Test("The scorecard of months from 2008 to 2011 comes in all five formats")
  func formats() throws {
    let work = try Self.ledger()
    for (period, format, sign) in [
      ("2008-01", "table", "Total Ridership"), ("2009-06", "csv", "id,"), ("2010-03", "md", "| "),
      ("2011-12", "html", "<!doctype html>"), ("2010-12", "json", "{"),
    ] {
      let asked = ["scorecard", "--period", period, "--as-of", "2012-01-31", "--format", format]
      let output = try work.kpi(asked, in: "mta").output
      #expect(output.lowercased().contains(sign.lowercased()), "\(format) of \(period)")
      #expect(output.utf8.count > 5000)
      if format == "html" { #expect(try work.kpi(asked, in: "mta").output == output) }
    }
  }

  @Test("Any month of 2008 to 2011 has a scorecard in every format")
  func everyMonth() throws {
    let ledger = try LedgerTree(folder: RealData.project.appending(path: "Examples/mta").path).ledger
    let day = try #require(Day("2012-01-31"))
    for place in 0..<48 {
      let period = try #require(Period(.month, year: 2008 + place / 12, index: place % 12 + 1))
      let card = Consolidation(of: ledger, for: period, asOf: day, source: "3f2a").company
      #expect(card.kpis.count == ledger.definitions.count { $0.value.status == .active })
      // The example ends with May 2011.
      #expect(card.kpis.contains { $0.actual != nil } == (place < 41), "\(period)")
      let texts = [
        ScorecardTable(card).text(), ScorecardJSON(card).text(), ScorecardCSV(card).text(),
        ScorecardMarkdown(card).text(), ScorecardPage(card).text(),
      ]
      for text in texts {
        #expect(text.contains("Total Ridership") || text.contains("Total Traffic"), "\(period)")
        #expect(text.utf8.count > 5000)
      }
    }
  }

  /// Twelve indicators are plain sums over the year, and the agencies published their year-to-date. The subway's months
  /// carry fractions of a rider that its year-to-date has rounded away: half a rider is the limit.
  @Test("The year-to-dates on the scorecard are the agencies' own")
  func yearToDate() throws {
    let work = try Self.ledger()
    let rows = try RawTable(
      RealData.mta, "AGENCY_NAME", "INDICATOR_NAME", "PERIOD_YEAR", "PERIOD_MONTH", "YTD_ACTUAL"
    ).rows
    var compared = 0
    for (year, month) in [(2008, 12), (2009, 7), (2010, 12), (2011, 4)] {
      let period = "\(year)-\(month < 10 ? "0" : "")\(month)"
      let card: [String: Any] = try work.json(
        "scorecard", "--period", period, "--as-of", "2012-01-31", in: "mta")
      let kpis = try #require(card["kpis"] as? [[String: Any]])
      for row in rows where row["PERIOD_YEAR"] == "\(year)" && row["PERIOD_MONTH"] == "\(month)" {
        guard let text = row["YTD_ACTUAL"]?.replacing(",", with: ""), let published = Double(text) else { continue }
        let name = try #require(row["INDICATOR_NAME"])
        let agency = try #require(row["AGENCY_NAME"]).lowercased().replacing(" ", with: "-")
        let line = try #require(kpis.first { $0["name"] as? String == name && $0["department"] as? String == agency })
        let own = (line["year_to_date"] as? [String: Any])?["actual"] as? Double
        #expect(try abs(#require(own) - published) < 0.5, "\(agency) \(name) \(period)")
        compared += 1
      }
    }
    #expect(compared >= 36, "\(compared)")
  }

  @Test("What a later vintage restates is found again in the history, value by value")
  func restatements() throws {
    let work = try Self.ledger()
    let said = try work.kpi("import", RealData.laterMTA, "--map", "map.yaml", in: "mta").output
    #expect(said.contains("12 restated values") && said.contains("55 changed targets"), "\(said.suffix(400))")
    #expect(said.contains("12 final values of 4 KPIs are restated: "), "\(said.suffix(400))")
    let repository = try Repository.open(work.folder + "/mta")
    var restatements = Restatements()
    try restatements.scan(through: try #require(try repository.target(of: "refs/heads/main")), in: repository.objects)
    let found = restatements.byKPI.values.joined().map { "\($0.period) \($0.from) \($0.to?.description ?? "-")" }
    #expect(found.sorted() == (try Self.restatedByHand()))
    #expect(restatements.byKPI.values.joined().allSatisfy { $0.change.by.name == "Ana Ruiz" })
    for restatement in restatements.byKPI.values.joined() {
      let card: [String: Any] = try work.json(
        "scorecard", "--period", "\(restatement.period)", "--as-of", "2012-01-31", in: "mta")
      let kpis = try #require(card["kpis"] as? [[String: Any]])
      let line = try #require(kpis.first { $0["id"] as? String == restatement.kpi.description })
      let flags = try #require(line["flags"] as? [[String: String]])
      let reason = flags.first { $0["flag"] == "restated" }?["reason"] ?? ""
      #expect(reason.contains("(Ana Ruiz)"), "\(restatement.kpi) \(restatement.period): \(reason)")
    }
  }

  /// The months of NYC Transit that both files have, and have otherwise.
  private static func restatedByHand() throws -> [String] {
    func actuals(_ path: String) throws -> [[String]: Decimal] {
      var actuals: [[String]: Decimal] = [:]
      let table = try RawTable(
        path, "AGENCY_NAME", "INDICATOR_NAME", "INDICATOR_UNIT", "PERIOD_YEAR", "PERIOD_MONTH", "MONTHLY_ACTUAL")
      for row in table.rows where row["AGENCY_NAME"] == "NYC Transit" {
        guard let text = row["MONTHLY_ACTUAL"]?.replacing(",", with: ""), let value = Decimal(string: text),
          let name = row["INDICATOR_NAME"], let year = row["PERIOD_YEAR"], let month = row["PERIOD_MONTH"],
          !(row["INDICATOR_UNIT"] == "%" && value == 0)
        else { continue }
        actuals[[name, "\(year)-\(month.count == 1 ? "0" : "")\(month)"]] = value
      }
      return actuals
    }
    let (before, after) = (try actuals(RealData.mta), try actuals(RealData.laterMTA))
    return before.compactMap { key, value in
      after[key].flatMap { $0 == value ? nil : "\(key[1]) \(value) \($0)" }
    }.sorted()
  }

  /// December 2010 of two paratransit series holds what looks like a year of the buses' riders, and the Long Island Rail
  /// Road's targets of 2014 have lost their decimal point (5.55 and 5.55 in January).
  @Test("The check names the figures that slipped by a power of ten, and no other of 4,822")
  func slips() throws {
    let work = try Self.ledger()
    let findings: [[String: Any]] = try work.json("check", in: "mta")
    let found = findings.map { "\($0["rule"] ?? "") \($0["file"] ?? ""):\($0["line"] ?? "")" }
    #expect(
      found == [
        "power-of-ten departments/li-bus/actuals/total-paratransit-ridership.csv:37",
        "target-power-of-ten departments/long-island-rail-road/kpis/customer-injury-rate.yaml:63",
        "target-power-of-ten "
          + "departments/long-island-rail-road/kpis/employee-lost-time-and-restricted-duty-rate.yaml:63",
        "power-of-ten departments/nyc-transit/actuals/total-paratransit-ridership-nyct-bus.csv:37",
      ])
  }
}

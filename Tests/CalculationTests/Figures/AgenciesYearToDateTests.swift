import Calculation
import Foundation
import Testing

/// Year-to-date against the figures that six New York transit agencies published themselves, 2008 to 2011, for the
/// indicators that are plain sums.
@Suite struct AgenciesYearToDateTests {
  private static let file = URL(filePath: #filePath).resolvingSymlinksInPath()
    .appending(path: "../../../../../shared/data/mta/agencies-2008-2011.csv").standardizedFileURL

  private struct Indicator: Hashable {
    let agency: String
    let name: String
  }

  private struct Month {
    let actual: Quantity?
    /// The agency's own.
    let yearToDate: Quantity?
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: file.path), "needs ../shared/data, which is not here"))
  func equalsTheAgenciesOwnInEveryMonth() throws {
    let series = try Self.read().filter { $0.value.contains { $0.value.yearToDate != nil } }
    #expect(series.count == 12)
    var compared = 0
    for (indicator, months) in series {
      for (period, month) in months {
        guard let published = month.yearToDate else { continue }
        let ours = yearToDate(through: period, months)
        compared += 1
        // The subway's monthly figures carry cents of a rider that its year-to-date has rounded away.
        let difference = try #require(ours.actual) - published
        #expect(difference.magnitude < q("0.5"), "\(indicator.agency), \(indicator.name), \(period)")
        // Long Island's wheelchair lifts were counted from July 2009 on: ours says that it covers less than the year.
        let recorded = months.keys.count { $0.year == period.year && $0 <= period && months[$0]?.actual != nil }
        #expect(ours.coverage == Coverage(recorded: recorded, of: period.index))
      }
    }
    #expect(compared == 465)
  }

  private func yearToDate(through period: Period, _ months: [Period: Month]) -> YearToDate {
    let calendar = FiscalCalendar()
    return YearToDate(
      through: period, plan: .init(direction: .higher, target: nil, profile: .calendar, accrual: .flow),
      asOf: calendar.days(of: period).upperBound.advanced(by: -1), calendar: calendar,
      actual: { months[$0]?.actual }, target: { _ in nil })
  }

  private static func read() throws -> [Indicator: [Period: Month]] {
    let lines = records(try String(contentsOf: file, encoding: .utf8))
    let header = try #require(lines.first)
    func column(_ name: String) throws -> Int { try #require(header.firstIndex { $0.hasSuffix(name) }) }
    let (agency, name) = (try column("AGENCY_NAME"), try column("INDICATOR_NAME"))
    let (year, month) = (try column("PERIOD_YEAR"), try column("PERIOD_MONTH"))
    let (actual, total) = (try column("MONTHLY_ACTUAL"), try column("YTD_ACTUAL"))
    var series: [Indicator: [Period: Month]] = [:]
    for line in lines.dropFirst() where line.count == header.count {
      guard let year = Int(line[year]), let month = Int(line[month]),
        let period = Period(.month, year: year, index: month)
      else { continue }
      series[Indicator(agency: line[agency], name: line[name]), default: [:]][period] =
        Month(actual: number(line[actual]), yearToDate: number(line[total]))
    }
    return series
  }

  private static func number(_ text: String) -> Quantity? { Quantity(text.filter { $0 != "," && $0 != " " }) }

  /// The fields of each line; quoted ones may hold commas and line breaks.
  private static func records(_ text: String) -> [[String]] {
    var (records, fields, field, isQuoted) = ([[String]](), [String](), "", false)
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted || (character != "," && !character.isNewline) {
        field.append(character)
      } else {
        fields.append(field)
        field = ""
        if character.isNewline {
          records.append(fields)
          fields = []
        }
      }
    }
    return records
  }
}

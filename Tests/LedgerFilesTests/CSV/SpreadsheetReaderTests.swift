import Calculation
import Foundation
import LedgerFiles
import Testing

struct SpreadsheetReaderTests {
  @Test(arguments: [
    ("1234.5", "1234.5"), ("1,234.50", "1234.5"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"), ("1\u{A0}234", "1234"),
    ("1'234.50", "1234.5"), ("1,2E+05", "120000"), ("1.2e3", "1200"), ("(12.5)", "-12.5"), ("12-", "-12"),
    ("\u{2212}7", "-7"), ("134,869,386.24", "134869386.24"), (".79", "0.79"), (",79", "0.79"), ("0,125", "0.125"),
    ("1,5", "1.5"), ("-1.234.567", "-1234567"), ("+3", "3"), ("5.", "5"), ("12345,678", "12345.678"),
  ])
  func readsNumbersThatHaveOneReading(_ text: String, _ value: String) {
    let format = NumberFormat(evidence: [text], delimiter: UInt8(ascii: ";"))
    #expect(format.read(text) == .value(Quantity(value) ?? 0), "\(text)")
  }

  @Test func asksWhereANumberHasTwo() {
    let none = NumberFormat(evidence: ["1,234"], delimiter: UInt8(ascii: ","))
    guard case .ambiguous = none.read("1,234") else { return #expect(Bool(false)) }
    #expect(NumberFormat(evidence: ["1,234", "2,200.00"]).read("1,234") == .value(1234))
    #expect(NumberFormat(evidence: ["1,234", "12,5"], delimiter: 0x3B).read("1,234") == .value(Quantity("1.234") ?? 0))
    #expect(NumberFormat(evidence: ["1.234", "12,5"], delimiter: 0x3B).read("1.234") == .value(1234))
    #expect(NumberFormat(evidence: ["1.234"]).read("1.234") == .value(Quantity("1.234") ?? 0))
    guard case .ambiguous = NumberFormat(evidence: ["1.234"], delimiter: 0x3B).read("1.234") else {
      return #expect(Bool(false))
    }
    guard case .ambiguous = NumberFormat(evidence: ["1,5", "2.5"]).read("1,5") else { return #expect(Bool(false)) }
  }

  @Test(arguments: ["12,34.5", "1,23,456", "1..2", "1 23", "a", "--1", "1e", "45%", "$3", "1.2.3", "#N/A", "-"])
  func refusesWhatIsNoNumber(_ text: String) {
    guard case .invalid = NumberFormat(evidence: [text]).read(text) else { return #expect(Bool(false), "\(text)") }
  }

  @Test(arguments: [
    ("2026-03", "2026-03"), ("Mar-26", "2026-03"), ("mars 2026", "2026-03"), ("M\u{E4}rz 2026", "2026-03"),
    ("03/2026", "2026-03"), ("2026/3", "2026-03"), ("202603", "2026-03"), ("Q1 2026", "2026-Q1"), ("1Q26", "2026-Q1"),
    ("2026 Q1", "2026-Q1"), ("2026Q1", "2026-Q1"), ("H2/2026", "2026-H2"), ("KW11 2026", "2026-W11"),
    ("01.03.2026", "2026-03-01"), ("14.3.26", "2026-03-14"), ("14 Mar 2026", "2026-03-14"),
    ("March 14, 2026", "2026-03-14"),
    ("20260314", "2026-03-14"), ("2026/03/14", "2026-03-14"), ("2026-03-14 00:00:00", "2026-03-14"),
    ("2026-03-14T00:00:00Z", "2026-03-14"), ("14/03/2026", "2026-03-14"), ("03/14/2026", "2026-03-14"),
    ("03/03/2026", "2026-03-03"), ("2026", "2026"), ("Sep-99", "1999-09"),
  ])
  func readsPeriods(_ text: String, _ period: String) {
    #expect(PeriodFormat(evidence: [text]).read(text).value?.description == period, "\(text)")
  }

  @Test func asksWhereADateHasTwoReadings() {
    for text in ["03/04/2026", "26-Mar", "2026.1", "03-04-26"] {
      guard case .ambiguous = PeriodFormat(evidence: [text]).read(text) else { return #expect(Bool(false), "\(text)") }
    }
    #expect(PeriodFormat(evidence: ["03/04/2026", "14/04/2026"]).read("03/04/2026").value?.description == "2026-04-03")
    #expect(PeriodFormat(evidence: ["03/04/2026", "04/14/2026"]).read("03/04/2026").value?.description == "2026-03-04")
    let months = PeriodFormat(evidence: ["01/01/2026", "01/02/2026"], kind: .month)
    #expect(months.read("01/02/2026").value?.description == "2026-02")
    for text in ["2026-02-30", "46082", "yesterday", "13/2026", "2026-03-14 10:00", "W54 2026", "::", "1/2/3/4"] {
      guard case .invalid = PeriodFormat(evidence: [text]).read(text) else { return #expect(Bool(false), "\(text)") }
    }
  }

  @Test func findsDelimiterAndEncoding() {
    let semicolons = SpreadsheetReader.table(Array("a;b\n1,5;2\n1,5;3\n".utf8))
    #expect(semicolons.delimiter == UInt8(ascii: ";"))
    #expect(semicolons.text(row: 0, column: 0) == "1,5")
    let latin = SpreadsheetReader.table([0x61, 0x2C, 0xE4, 0x0A, 0xA0, 0x2C, 0x80, 0x0A])
    #expect(latin.encoding == .windows1252)
    #expect(latin.header == ["a", "ä"])
    #expect(latin.text(row: 0, column: 1) == "€")
    let wide = "a\tb\r\n1\t2\r\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let tabs = SpreadsheetReader.table([0xFF, 0xFE] + wide)
    #expect(tabs.encoding == .utf16)
    #expect(tabs.header == ["a", "b"])
    #expect(SpreadsheetReader.table(Array("sep=|\na,b|c\n1|2\n".utf8)).header == ["a,b", "c"])
  }

  @Test(arguments: ["agencies-2008-2011.csv", "nyct-2008-2018-as-found.csv"])
  func readsTheTransitAuthoritysFiles(_ name: String) throws {
    let file = SharedData.folder.appending(path: "mta/\(name)")
    guard let data = try? Data(contentsOf: file) else { return print("skipped: no \(file.path) here") }
    let table = SpreadsheetReader.table([UInt8](data))
    #expect(table.faults.isEmpty, "\(table.faults.first as Any)")
    #expect(table.rows.count > 5000)
    let columns = ["YTD_TARGET", "YTD_ACTUAL", "MONTHLY_TARGET", "MONTHLY_ACTUAL"].compactMap(table.column)
    let texts = columns.flatMap { column in table.rows.indices.map { table.text(row: $0, column: column) } }
    let format = NumberFormat(evidence: texts, delimiter: table.delimiter)
    #expect(format.decimalSign == .point)
    let bad = texts.filter { text in
      switch format.read(text) {
      case .blank, .value: false
      default: true
      }
    }
    #expect(bad.isEmpty, "\(bad.prefix(5))")
  }
}

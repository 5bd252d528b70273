import Chance
import Calculation
import LedgerFiles
import LedgerModel
import Testing

struct ActualsTests {
  static let canonical = """
    period,won,decided,status,note
    2026-01,12,40,,
    2026-02,9,38,provisional,two deals not booked yet
    2026-03,,38.5,missing,"a, ""b"" c"

    """
  private let decoder = ActualsDecoder(inputs: ["won", "decided"], period: .month)

  private func decode(_ text: String) -> (actuals: Actuals, findings: [Finding]) {
    decoder.decode(Array(text.utf8), file: "x.csv")
  }

  @Test func readsACanonicalFile() throws {
    let (actuals, findings) = decode(Self.canonical)
    #expect(findings.isEmpty)
    #expect(actuals.periods.map(\.description) == ["2026-01", "2026-02", "2026-03"])
    #expect(actuals.values(of: "won") == [12, 9, nil])
    #expect(actuals.values(of: "decided") == [40, 38, Quantity("38.5")])
    #expect(actuals.statuses == [.final, .provisional, .missing])
    #expect(actuals.notes == ["", "two deals not booked yet", "a, \"b\" c"])
    #expect(ActualsWriter.bytes(actuals) == Array(Self.canonical.utf8))
  }

  @Test(arguments: [
    "\u{FEFF}" + canonical, canonical.replacing("\n", with: "\r\n"), canonical.replacing("2026-01", with: "Jan-26"),
    "sep=;\r\nperiod;won;decided;status;note\r\n01.01.2026;12;40;;\r\n01.02.2026;9;38;provisional;two deals not booked yet\r\n"
      + "31.03.2026;;38,5;missing;\"a, \"\"b\"\" c\"\r\n",
    canonical.replacing("40,,", with: "4E+01,,"), canonical + ",,,,\n,,,,\n",
    canonical.replacing("12,", with: "\"12\","),
    canonical.replacing("2026-01", with: "01/01/2026").replacing("2026-02", with: "01/02/2026"),
    canonical.replacing("period,won", with: "won,period").replacing("2026-01,12", with: "12,2026-01")
      .replacing("2026-02,9", with: "9,2026-02").replacing("2026-03,,", with: ",2026-03,"),
  ])
  func readsWhatASpreadsheetWrites(_ text: String) {
    let (actuals, findings) = decode(text)
    #expect(actuals == decode(Self.canonical).actuals)
    #expect(findings.map(\.rule) == ["not-canonical"])
    #expect(ActualsWriter.canonical(Array(text.utf8), decoder: decoder) == Array(Self.canonical.utf8))
  }

  @Test(arguments: [
    ("period,won\n2026-01,1\n", "missing-column", 1, 1),
    ("period,won,decided,x\n2026-01,1,2,3\n", "unknown-column", 1, 20),
    ("period,won,decided\n2026-13,1,2\n", "bad-period", 2, 1),
    ("period,won,decided\n2026-Q1,1,2\n", "wrong-period-kind", 2, 1),
    ("period,won,decided\n2026-01,1,n/a\n", "bad-number", 2, 11), ("period,won,decided\n,1,2\n", "bad-period", 2, 1),
    ("period,won,decided\n2026-01,1,\"1,234\"\n", "ambiguous-number", 2, 11),
    ("period,won,decided\n03/04/2026,1,2\n", "ambiguous-period", 2, 1),
    ("period,won,decided,status\n2026-01,1,2,done\n", "bad-status", 2, 13),
    ("period,won,decided\n2026-01,1,2\n2026-01,1,2\n", "duplicate-row", 3, 1),
    ("period,won,decided\n2026-02,1,2\n2026-01,1,2\n", "rows-not-sorted", 3, 1),
    ("period,won,decided\n2026-01,1\n", "csv-ragged-row", 2, 1), ("", "missing-header", 1, 1),
    ("period,won,decided\n2026-01,1,45%\n", "bad-number", 2, 11),
  ])
  func namesWhatIsWrongAndWhere(_ text: String, _ rule: String, _ line: Int, _ column: Int) throws {
    let found = decode(text).findings.first { $0.rule == rule }
    let finding = try #require(found, "\(decode(text).findings)")
    #expect(finding.position == Position(line: line, column: column))
    #expect(finding.file == "x.csv")
  }

  @Test func takesThousandsSeparatorsWhereTheyCannotBeMistaken() {
    let text = "period,won,decided\n2026-01,\"1,234\",\"134,869,386.24\"\n2026-02,.79,\"2,200.00\"\n"
    let (actuals, findings) = decode(text)
    #expect(findings.map(\.rule) == ["not-canonical"])
    #expect(actuals.values(of: "won") == [1234, Quantity("0.79")])
    #expect(actuals.values(of: "decided") == [Quantity("134869386.24"), 2200])
  }

  @Test func keysRowsByDimensionsToo() {
    let decoder = ActualsDecoder(inputs: ["value"], dimensions: ["territory"], period: .month)
    let text = "period,territory,value\n2026-01,north,1\n2026-01,south,2\n2026-02,north,3\n"
    let (actuals, findings) = decoder.decode(Array(text.utf8), file: "x.csv")
    #expect(findings.isEmpty)
    #expect(actuals.index(of: actuals.periods[1], dimensions: ["south"]) == 1)
    let swapped = "period,territory,value\n2026-01,south,2\n2026-01,north,1\n2026-02,north,3\n"
    let other = decoder.decode(Array(swapped.utf8), file: "x.csv")
    #expect(other.actuals == actuals)
    #expect(other.findings.map(\.rule).contains("rows-not-sorted"))
  }

  @Test func putsARowInItsPlaceAndLeavesTheOthers() throws {
    let bytes = Array("period,won,decided,status,note\n2026-01,12.0,40,,\n2026-03,9,38,,\n".utf8)
    let period = try #require(Period("2026-02"))
    let row = ActualsRow(period: period, values: ["won": 5], status: .estimated, note: "x, y")
    let edited = try #require(ActualsWriter.upserting(row, in: bytes, decoder: decoder))
    #expect(
      String(decoding: edited, as: UTF8.self)
        == "period,won,decided,status,note\n2026-01,12.0,40,,\n2026-02,5,,estimated,\"x, y\"\n2026-03,9,38,,\n")
    let again = try #require(ActualsWriter.upserting(row, in: edited, decoder: decoder))
    #expect(again == edited)
    #expect(ActualsWriter.removing(period, from: edited, decoder: decoder) == bytes)
  }

  @Test func addsAColumnWhereARowNeedsIt() throws {
    let bytes = Array("period,won,decided\n2026-01,12,40\n".utf8)
    let row = ActualsRow(period: try #require(Period("2026-02")), values: ["won": 1], note: "late")
    let edited = try #require(ActualsWriter.upserting(row, in: bytes, decoder: decoder))
    #expect(String(decoding: edited, as: UTF8.self) == "period,won,decided,note\n2026-01,12,40,\n2026-02,1,,late\n")
    let fresh = try #require(ActualsWriter.upserting(row, in: [], decoder: decoder))
    #expect(String(decoding: fresh, as: UTF8.self) == "period,won,decided,note\n2026-02,1,,late\n")
  }

  @Test func fastAndCarefulPathsAgree() {
    var random = Dice(3)
    for _ in 0..<300 {
      var actuals = Actuals()
      let count = Int.random(in: 0..<20, using: &random)
      guard var period = Period("2024-01") else { return }
      actuals.inputs = ["won", "decided"].map { Actuals.Column(name: $0, values: []) }
      for _ in 0..<count {
        period = period.advanced(by: Int.random(in: 1...3, using: &random))
        actuals.periods.append(period)
        actuals.statuses.append(RowStatus.allCases.randomElement(using: &random) ?? .final)
        actuals.notes.append(["", "n", "a,b", "é\"\nx"].randomElement(using: &random) ?? "")
        for column in 0..<2 {
          let value = Bool.random(using: &random) ? nil : Quantity("\(Int.random(in: -9999...9999, using: &random))e-2")
          actuals.inputs[column].values.append(value)
        }
      }
      if actuals.notes.allSatisfy(\.isEmpty) { actuals.notes = [] }
      let bytes = ActualsWriter.bytes(actuals)
      let fast = decoder.decode(bytes, file: "")
      #expect(fast.actuals == actuals)
      #expect(fast.findings.isEmpty)
      let careful = decoder.decode([0xEF, 0xBB, 0xBF] + bytes, file: "")
      #expect(careful.actuals == actuals)
      #expect(careful.findings.map(\.rule) == ["not-canonical"])
    }
  }
}

import Chance
import LedgerFiles
import LedgerModel
import Testing

struct CSVTableTests {
  private func table(_ text: String) -> CSVTable { CSVTable(parsing: Array(text.utf8)) }

  @Test func knowsTheBytesOfRowsAndFields() {
    let text = "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n2,\r\n"
    let table = table(text)
    #expect(table.header == ["a", "b"])
    #expect(table.rows.count == 2)
    #expect(table.text(row: 0, column: 1) == "x, \"y\"\nz")
    #expect(table.text(row: 1, column: 1).isEmpty)
    #expect(table.lineEnding == .crlf)
    #expect(table.hasEmptyLines)
    #expect(table.position(row: 1, column: 0) == Position(line: 5, column: 1))
    #expect(table.faults.isEmpty)
    let parts = table.rows.map { String(decoding: table.bytes[$0.range], as: UTF8.self) }
    #expect(parts == ["1,\"x, \"\"y\"\"\nz\"\r\n", "2,\r\n"])
  }

  @Test(arguments: [
    ("", "missing-header", 1, 1), ("a,b\n1,\"x\n", "csv-unclosed-quote", 2, 3), ("a,b\n1\n", "csv-ragged-row", 2, 1),
    ("a,b\n1,2,3\n", "csv-ragged-row", 2, 1), ("a,b,a\n", "csv-duplicate-column", 1, 5),
    ("a,b\n\"x\"y,2\n", "csv-stray-quote", 2, 4), ("a\n\u{0}\n", "control-character", 2, 1),
  ])
  func namesFaultsAndTheirPlaces(_ text: String, _ rule: String, _ line: Int, _ column: Int) {
    let fault = table(text).faults.first
    #expect(fault?.rule == rule)
    #expect(fault?.position == Position(line: line, column: column))
  }

  @Test func doesNotReadWhatIsTooLarge() {
    let table = CSVTable(parsing: Array(repeating: 0x2C, count: 17 << 20))
    #expect(table.faults.map(\.rule) == ["too-large"])
    #expect(SpreadsheetReader.table(table.bytes).faults.map(\.rule) == ["too-large"])
  }

  @Test func refusesWhatIsNotUTF8() {
    #expect(CSVTable(parsing: [0x61, 0x0A, 0xA0, 0x0A]).faults.map(\.rule) == ["invalid-utf8"])
  }

  @Test func writesWhatItReads() {
    let fields = ["plain", "a,b", "say \"x\"", " edge", "two\nlines", "", "é"]
    let bytes = CSVWriter.line(fields)
    #expect(CSVTable(parsing: bytes).header == ["plain", "a,b", "say \"x\"", "edge", "two\nlines", "", "é"])
  }

  @Test func survivesAnyBytes() {
    var random = Dice(7)
    let original = Array("period,won,note\n2026-01,12,\"a, \"\"b\"\"\"\n2026-02,9,\"two\nlines\"\n".utf8)
    for _ in 0..<3000 {
      let bytes = random.mutated(original, with: Array("\",\n\r;\u{0}\u{e9}\t".utf8) + [0xFF, 0xEF, 0xBB, 0xBF])
      let table = SpreadsheetReader.table(bytes)
      for row in table.rows.indices { _ = table.header.indices.map { table.text(row: row, column: $0) } }
      _ = ActualsDecoder(inputs: ["won"]).decode(bytes, file: "x.csv")
    }
  }
}

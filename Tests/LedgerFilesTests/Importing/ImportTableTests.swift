@testable import LedgerFiles
import LedgerModel
import Testing

@Suite struct ImportTableTests {
  @Test func latin1AndLineBreaksInQuotes() {
    let bytes = Array("name,note\r\n\"a\nb\",in\u{20}".utf8) + [0xA0] + Array("effect \r\nc,d\r\n".utf8)
    let table = ImportTable(reading: bytes, file: "x.csv")
    #expect(table.findings.isEmpty)
    #expect(table.count == 2)
    #expect(table.cell(0, 0).text == "a\nb")
    #expect(table.cell(0, 1).text == "in \u{A0}effect")
    #expect(table.line(of: 1) == 4)
    #expect(table.position(table.cell(1, 1).offset) == Position(line: 4, column: 3))
  }

  @Test func jsonInAnyLayout() {
    let text =
      "\u{FEFF}{\"rows\": [\n\t{\"a\": 1.50, \"b\": {\"c\": \"\\u00e9\\ud83d\\ude00\"}},\n\t{\"b\": null, \"a\": true, \"l\": [1, 2]}\n]}"
    let table = ImportTable(reading: Array(text.utf8), file: "x")
    #expect(table.findings.isEmpty, "\(table.findings)")
    #expect(table.columns == ["a", "b.c", "b", "l"])
    #expect(table.cell(0, 0).text == "1.50" && table.cell(0, 0).isNumber)
    #expect(table.cell(0, 1).text == "é😀")
    #expect(table.cell(1, 0).text == "true" && !table.cell(1, 0).isNumber)
    #expect(table.cell(1, 1).text.isEmpty && table.cell(1, 2).text.isEmpty)
    #expect(table.cell(1, 3).text == "1, 2")
    #expect(table.position(table.cell(0, 1).offset) == Position(line: 2, column: 25))
  }

  @Test(
    arguments: [
      ("*", "", true), ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abc", true), ("a*b*c", "a b c", true),
      ("a*b*c", "acb", false), ("abc", "abc", true), ("abc", "abcd", false), ("ab*ba", "aba", false), ("", "", true),
      ("*é", "café", true),
    ]) func patterns(_ pattern: String, _ text: String, _ fits: Bool)
  {
    #expect(TextPattern(pattern).matches(text) == fits)
  }
}

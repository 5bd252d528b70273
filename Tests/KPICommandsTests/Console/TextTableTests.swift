import Consolidation
import Testing

@testable import KPICommands

@Suite struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([.init("what", wraps: true), .init("n", isRight: true), .init("why", wraps: true), .init("")])
    table.add(["sales/win-rate", "5", "the plan of the spring meeting", ""])
    table.add(["a", "12", "x\u{1B}[31m\ny", ""])
    return table
  }

  @Test func columnsAreAsWideAsWhatIsInThem() {
    #expect(
      table().lines(width: 100) == [
        "what             n  why", "sales/win-rate   5  the plan of the spring meeting", "a               12  x [31m y",
      ])
  }

  @Test func longTextsAreBrokenBetweenWordsAndLongWordsBehindAMark() {
    #expect(
      table().lines(width: 31) == [
        "what           n  why", "sales/win-     5  the plan of", "rate              the spring",
        "                  meeting", "a             12  x [31m y",
      ])
  }

  @Test(arguments: [30, 34, 40, 55, 100])
  func noLineIsWiderThanTheTerminal(width: Int) {
    for line in table().lines(width: width) {
      #expect(TextWidth.of(line) <= width)
      #expect(line.last != " ")
    }
  }

  @Test func nothingIsLostByWrapping() {
    let words = table().lines(width: 30).dropFirst().joined(separator: " ").filter { $0 != " " }
    for part in ["sales/", "rate", "thespring", "meeting"] { #expect(words.contains(part)) }
  }

  @Test func withoutRowsThereIsNothing() {
    #expect(TextTable([.init("what")]).lines(width: 80).isEmpty)
  }
}

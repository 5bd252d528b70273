import Testing

@testable import KPICommands

@Suite("Lists in their formats")
struct ListingTests {
  private let listing = Listing<String>(fields: [.init("id") { _ in "1" }, .init("text") { $0 }], columns: [])

  private func cell(_ text: String) -> String {
    String(listing.text([text], as: .csv).dropFirst("id,text\n1,".count).dropLast())
  }

  @Test(
    "A cell of CSV that a spreadsheet would run is a text in it",
    arguments: [
      "=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1+1", "=cmd|' /C calc'!A0", "-", "+", "--1", "\u{FF1D}1", "-1e3x",
    ])
  func formula(text: String) { #expect(["'" + text, "\"'\(text)\""].contains(cell(text))) }

  @Test("So is one that begins with a tab or a line break", arguments: ["\t=1", "\r=1", "\n=1"])
  func blank(text: String) { #expect(cell(text).hasPrefix("'") || cell(text).hasPrefix("\"'")) }

  @Test("Numbers stay numbers, and texts texts", arguments: ["-12.5", "-1", "0", "won - lost", "'=1", "a=b", ""])
  func others(text: String) { #expect(cell(text) == text) }

  @Test("JSON has the text as it is")
  func json() { #expect(listing.text(["=1+1"], as: .json).contains("\"text\": \"=1+1\"")) }
}

import Testing

@testable import Merging

/// A field's comment goes with it: whoever changes the comment changes the field.
@Suite("Comments beside values") struct RemarkTests {
  @Test("An owner's remark takes back no value that somebody else has entered meanwhile")
  func remark() throws {
    let books = Books().fetch("otto")
    try books.edit("ana", "name: Win rate", "name: Hit rate").sync("ana")
    try books.edit("otto", "name: Win rate", "name: Win rate  # the board's word").sync("otto")
    #expect(try books.file()?.contains("name: Hit rate\n") == true)
    #expect(books.held == ["name of Otto: changed-on-both-sides"])
  }

  @Test("A held value keeps its comment, and waits though the value alone has come into force")
  func comment() throws {
    let books = Books().fetch("eva", "otto")
    try books.edit("eva", "decision: Shift capacity", "decision: Hire  # or train").sync("eva")
    let paper = try books.file(books.papers[0])
    #expect(paper?.contains("proposed: Hire\n") == true)
    #expect(paper?.contains("comment: or train\n") == true)
    try books.edit("otto", "decision: Shift capacity", "decision: Hire").sync("otto")
    #expect(books.held == ["decision of Eva: no-authority"])
  }

  @Test("A comment that came earlier is in the proposal of the later change as well")
  func earlierComment() throws {
    let books = try Books().edit("eva", "decision: Shift capacity", "decision: Shift capacity  # or train")
    try books.edit("eva", "decision: Shift capacity", "decision: Hire").sync("eva")
    #expect(try books.file(books.papers[0])?.contains("comment: or train\n") == true)
  }
}

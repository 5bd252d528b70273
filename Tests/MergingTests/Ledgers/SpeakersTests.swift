import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// Otto owns the win rate; eva, a member who may not change its definition, brings what he has committed.
@Suite("Whom a commit speaks for that somebody else brings")
struct SpeakersTests {
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOttosKey0000000000000000000000000000000000"
  private static let other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEvasKey00000000000000000000000000000000000"

  /// A ledger in which otto has keys, written as YAML, and eva one.
  private func books(ottos keys: String = "[\(key) otto@laptop]", emails: String = "[otto@example.com]") throws -> Books
  {
    let books = Books()
    try books.edit(
      "adam", "people.yaml", "otto: {name: Otto, emails: [otto@example.com]}",
      "otto: {name: Otto, emails: \(emails), keys: \(keys)}")
    try books.edit(
      "adam", "people.yaml", "eva: {name: Eva, emails: [eva@example.com]}",
      "eva: {name: Eva, emails: [eva@example.com], keys: [\(Self.other)]}")
    try books.sync("adam")
    return books.fetch("otto", "eva")
  }

  private func bring(_ books: Books) throws -> Bool {
    try books.edit("otto", "decision: Shift capacity", "decision: Hire").take("eva", from: "otto").sync("eva")
    return try books.file()?.contains("decision: Hire") == true
  }

  @Test("Signed with a key of its author's, for the author")
  func signed() throws {
    let books = try books()
    books.signing["otto"] = Self.key
    #expect(try bring(books))
    #expect(books.held.isEmpty)
  }

  @Test("Unsigned, for who brings it: it is held in that name")
  func unsigned() throws {
    let books = try books()
    #expect(try !bring(books))
    #expect(books.held == ["decision of Eva: no-authority"])
  }

  @Test("Signed with somebody else's key, for who brings it", arguments: [other, "ssh-ed25519 AAAAnobodys"])
  func signedByAnother(key: String) throws {
    let books = try books()
    books.signing["otto"] = key
    #expect(try !bring(books))
  }

  @Test("The line of a key may have another comment, or none")
  func comment() throws {
    let books = try books(ottos: "[\(Self.key)]")
    books.signing["otto"] = Self.key
    #expect(try bring(books))
  }

  @Test("A key that the main line has lost since counts no more, whenever the commit says it was made")
  func revoked() throws {
    let books = try books()
    books.signing["otto"] = Self.key
    try books.edit("otto", "decision: Shift capacity", "decision: Hire")
    try books.edit("adam", "people.yaml", ", keys: [\(Self.key) otto@laptop]", "").sync("adam")
    try books.take("eva", from: "otto").sync("eva")
    #expect(books.held == ["decision of Eva: no-authority"])
  }

  @Test(
    "A key counts on the days that the main line says, not on those of the commit",
    arguments: [
      ("until: 2026-02-25", true), ("until: 2026-02-24", false), ("from: 2026-02-25", true),
      ("from: 2026-02-26", false),
      ("from: 2026-02, until: 2026-12", true), ("until: 2025", false),
    ])
  func days(valid: String, counts: Bool) throws {
    // The hub's tip was made on 2026-02-25.
    let books = try books(ottos: "[{key: \(Self.key), \(valid)}]")
    books.signing["otto"] = Self.key
    books.now += 40 * 86_400
    #expect(try bring(books) == counts)
  }

  @Test("Of a key and the one that took its place, the new one counts from its day on")
  func replaced() throws {
    let new = Self.key.replacingOccurrences(of: "Otto", with: "Neww")
    let books = try books(ottos: "[{key: \(Self.key), until: 2026-02}, {key: \(new), from: 2026-03}]")
    books.signing["otto"] = Self.key
    #expect(try bring(books))
    books.now += 10 * 86_400
    try books.edit("adam", "goals.yaml", "Grow", "Grew").sync("adam").fetch("otto", "eva")
    for (key, counts) in [(Self.key, false), (new, true)] {
      books.signing["otto"] = key
      try books.fetch("otto", "eva").edit("otto", "unit: percent", "unit: percent\nname_note: \(counts)")
        .edit("otto", "name_note: \(counts)", "priority: \(counts ? 1 : 2)")
      try books.take("eva", from: "otto").sync("eva")
      #expect(try books.file()?.contains("priority: \(counts ? 1 : 2)") == counts)
    }
  }

  @Test("An address that is the author's no more makes the signature nobody's")
  func address() throws {
    let books = try books(emails: "[{address: otto@example.com, until: 2026-01}, otto@new.example.com]")
    books.signing["otto"] = Self.key
    #expect(try !bring(books))
  }

  @Test("One who syncs under another address of theirs brings their own")
  func samePerson() throws {
    let books = try books(emails: "[otto@example.com, otto@home.example.com]")
    try books.edit("otto", "goal: grow", "goal: save")
    let home = Author(name: "Otto", email: "otto@home.example.com")
    let outcome = try #require(
      try LedgerMerge.of(books.history).outcome(hub: books.hub, local: books.tip("otto"), bringer: home))
    #expect(outcome.held.first?.enteredIn?.author == Books.author("otto"))
    #expect(outcome.held.first?.enteredIn?.claimed == nil)
  }

  @Test("What a later sync holds names who entered the value at the hub, also where that was relayed and signed")
  func provenance() throws {
    let books = try books()
    books.signing["otto"] = Self.key
    #expect(try bring(books))
    try books.edit("ana", "decision: Hire", "decision: Wait")
    // Otto goes on from the state that he signed, which is also what eva brought: he has seen the hub's value.
    try books.edit("otto", "decision: Hire", "decision: Buy").sync("otto")
    #expect(try books.file()?.contains("decision: Buy") == true)
    try books.sync("ana")
    #expect(books.held == ["decision of Ana: changed-on-both-sides"])
  }
}

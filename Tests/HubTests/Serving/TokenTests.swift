import Calculation
import Foundation
import Testing

@testable import Hub

/// Tokens, and the file that their digests are kept in.
@Suite struct TokenTests {
  private let folder = NSTemporaryDirectory() + "kpi-tokens-\(UUID().uuidString)/"
  private let day = Day(daysSince1970: 20_000)

  @Test func aTokenIsRandomAndOnlyItsDigestIsKept() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = TokenStore(in: folder)
    let token = try store.add(person: "ana", on: day, until: nil, note: "a\tb\nc\u{1b}[2J")
    #expect(token.text.hasPrefix("kpi_") && token.text.utf8.count == 68 && Token().text != Token().text)
    #expect(Token(token.text) == token && Token(token.text.uppercased()) == nil && Token("kpi_12") == nil)
    let text = try String(contentsOfFile: store.path, encoding: .utf8)
    #expect(!text.contains(token.text.dropFirst(4)) && text.contains(token.digest))
    // sha256sum's own answer of a text like a token.
    let known = try #require(Token("kpi_" + String(repeating: "0", count: 64)))
    #expect(known.digest == "781ed6dcdbccc8613b7ba6330be43f7888c8aa889192173d49463f27691464a2")
    let mode = try FileManager.default.attributesOfItem(atPath: store.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try store.entries().map(\.note) == ["a b c [2J"])
    #expect(try store.book().entry(of: token)?.person == "ana")
    #expect(try store.book().entry(of: Token()) == nil)
  }

  @Test func twentyAtOnceAreAllThere() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = TokenStore(in: folder)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask { _ = try store.add(person: "p\(number)", on: day, until: nil, note: "") }
      }
      try await group.waitForAll()
    }
    #expect(Set(try store.entries().map(\.person)) == Set((0..<20).map { "p\($0)" }))
  }

  @Test func aTokenIsRevokedByItsIDAndAPersonsAllAtOnce() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = TokenStore(in: folder)
    let first = try store.add(person: "ana", on: day, until: nil, note: "")
    for _ in 0..<2 { _ = try store.add(person: "bo", on: day, until: nil, note: "") }
    #expect(try store.revoke("").isEmpty && store.revoke("cy").isEmpty)
    #expect(try store.revoke(String(first.digest.prefix(8))).map(\.person) == ["ana"])
    #expect(try store.revoke("bo").count == 2)
    #expect(try store.entries().isEmpty)
  }

  @Test func whatCannotBeReadLetsNobodyInAndStays() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = TokenStore(in: folder)
    let token = try store.add(person: "ana", on: day, until: day, note: "")
    let text = try String(contentsOfFile: store.path, encoding: .utf8)
    try (text + "half a li").write(toFile: store.path, atomically: true, encoding: .utf8)
    #expect(try store.book().entry(of: token) != nil && store.entries().count == 1)
    try store.noteUse(of: token.digest, on: day)
    #expect(try String(contentsOfFile: store.path, encoding: .utf8).contains("half a li"))
    let entry = try #require(try store.entries().first)
    #expect(entry.used == day && !entry.isExpired(on: day) && entry.isExpired(on: day.advanced(by: 1)))
  }
}

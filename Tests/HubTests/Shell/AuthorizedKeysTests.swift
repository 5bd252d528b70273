import Calculation
import Foundation
import Git
import LedgerModel
import Testing

@testable import Hub

@Suite("The lines by which ssh lets people in")
struct AuthorizedKeysTests {
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIC/7kYIBnO9l8O2Ktk2K9566501v4QXTNE7Cv/D/FkGK"
  private let today = UTCTime.day(1_772_445_060)

  private func keys(
    _ people: Person..., hub: String = "/srv/ledger.git", program: String = "/usr/bin/kpi"
  ) throws -> AuthorizedKeys {
    let byID = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
    return try AuthorizedKeys(People(people: byID), on: today, hub: hub, program: program)
  }

  private func person(_ id: String, _ keys: Person.Credential..., emails: [Person.Credential] = []) -> Person {
    Person(id: id, name: id, emails: emails, keys: keys)
  }

  @Test("A key lets its person do one thing; the comment is the person's id and nothing else")
  func line() throws {
    let found = try keys(person("ana", .init(text: Self.key + " \",command=\"sh\" x")))
    let print = try #require(SSHPublicKey(Self.key)).fingerprint
    #expect(
      found.lines == [
        "restrict,command=\"/usr/bin/kpi hub shell --hub /srv/ledger.git --key \(print) ana\" \(Self.key) ana"
      ])
    #expect(found.people == 1)
  }

  @Test("Keys that are not valid today, those of who has left, and what is no key have no line")
  func without() throws {
    let (gone, past) = (Person.Credential(text: "a@b.c", until: Period("2026-01")), Period("2026-03-01"))
    let found = try keys(
      person("ana", .init(text: Self.key, until: past)), person("ben", .init(text: Self.key), emails: [gone]),
      person("cy", .init(text: "ssh-ed25519 AAAA")), person("../x y", .init(text: Self.key)))
    #expect(found.lines.isEmpty && found.unreadable == ["cy"])
  }

  @Test("Whatever a path is called, ssh and its shell take it for one word")
  func quoting() throws {
    for name in ["a b", "it's", "a\"b", "a\\\"b", "$(id)", "a;b", "ü", "\\", "'\"'\"'"] {
      let found = try keys(person("ana", .init(text: Self.key)), hub: "/srv/\(name)", program: "/opt/\(name)/kpi")
      let line = try #require(found.lines.first)
      // As sshd reads it: up to the next quote, in which \" is a quote.
      var (command, rest) = ("", line.dropFirst("restrict,command=\"".count))
      while let character = rest.popFirst(), character != "\"" {
        if character == "\\", rest.first == "\"" {
          command.append(rest.removeFirst())
        } else {
          command.append(character)
        }
      }
      let words = Process()
      words.executableURL = URL(fileURLWithPath: "/bin/sh")
      words.arguments = ["-c", "for word in \(command); do printf '%s\\n' \"$word\"; done"]
      let pipe = Pipe()
      words.standardOutput = pipe
      try words.run()
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let print = try #require(SSHPublicKey(Self.key)).fingerprint
      #expect(
        output.split(separator: "\n") == [
          "/opt/\(name)/kpi", "hub", "shell", "--hub", "/srv/\(name)", "--key", print[...], "ana",
        ])
      #expect(rest == " \(Self.key) ana")
    }
    #expect(throws: HubFault.self) { try keys(person("ana", .init(text: Self.key)), hub: "/srv/a\nb") }
  }

  @Test("Who comes is held against people.yaml of the day")
  func visitor() throws {
    let print = try #require(SSHPublicKey(Self.key)).fingerprint
    let now = People(people: ["ana": person("ana", .init(text: Self.key, until: Period("2026-03-02")))])
    #expect(try Visitor("ana", key: print, among: now, on: today).person.id == "ana")
    #expect(try Visitor("ana", key: nil, among: now, on: today).person.id == "ana")
    #expect(throws: Visitor.Refused.key) { try Visitor("ana", key: "SHA256:x", among: now, on: today) }
    #expect(throws: Visitor.Refused.unknown) { try Visitor("ben", key: print, among: now, on: today) }
    let later = UTCTime.day(1_772_445_060 + 86_400)
    #expect(throws: Visitor.Refused.key) { try Visitor("ana", key: print, among: now, on: later) }
    #expect(throws: Visitor.Refused.key) { try Visitor("ana", key: nil, among: now, on: later) }
  }
}

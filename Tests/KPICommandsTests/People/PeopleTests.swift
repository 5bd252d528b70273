import Foundation
import Testing

/// `kpi people` through the built program: the office administrates with anna as deputy, dora is a member of sales.
@Suite("kpi people") struct PeopleTests {
  private let work: Workplace

  init() throws {
    work = try Workplace()
    try SalesLedger.setUp(work, people: ["office", "dora"])
  }

  private func listed(in place: String = "office") throws -> [String: [String: Any]] {
    let text = try work.kpi("people", "--format", "json", in: place).output
    let all = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    return Dictionary(
      all.compactMap { entry in (entry["id"] as? String).map { ($0, entry) } }, uniquingKeysWith: { $1 })
  }

  private func people(_ place: String = "office") throws -> String { try work.read(place + "/people.yaml") }

  @Test("Lists who there is with roles held, deputised and to come, departments, and what is vacant")
  func list() throws {
    try work.kpi("people", "role", "add", "scout", in: "office")
    try work.kpi("people", "hand-over", "head-of-sales", "--to", "dora", "--from", "2999-01-01", in: "office")
    let table = try work.kpi("people", in: "office").output
    #expect(table.contains("head-of-sales (deputy)") && table.contains("head-of-sales (from 2999-01-01)"))
    #expect(table.contains("sales (head)") && table.contains("Held by nobody: scout"))
    let dora = try #require(try listed()["dora"])
    #expect((dora["roles"] as? [[String: String]]) == [["role": "head-of-sales", "as": "next", "from": "2999-01-01"]])
    #expect((dora["departments"] as? [[String: String]]) == [["department": "sales", "as": "member"]])
    let csv = try work.kpi("people", "list", "--format", "csv", in: "office").output
    #expect(csv.hasPrefix("id,name,addresses,roles,departments,keys\nanna,Anna,anna@example.org,"))
    #expect(csv.contains("\nben,Ben,ben@example.org,head-of-sales (deputy),,\n"))
    let roles = try work.kpi("people", "role", "list", "--format", "csv", in: "office").output
    #expect(roles.contains("head-of-sales,,anna,ben,dora,2999-01-01\n") && roles.contains("scout,,,,,\n"))
  }

  @Test("Somebody is added with a role and a department in one commit, comments and layout stay, undo takes it back")
  func add() throws {
    let before = "# Who there is\n" + (try people()).replacingOccurrences(of: "  ben:", with: "  # our Ben\n  ben:")
    try work.write(before, to: "office/people.yaml")
    try work.kpi("sync", in: "office")
    let added = try work.kpi(
      "people", "add", "zoe-kim", "--name", "Zoe Kim", "--email", "zoe@example.org", "--role", "quality",
      "--department", "sales", "-m", "Zoe begins", in: "office")
    #expect(added.output.hasSuffix("Saved here; 'kpi sync' sends it.\n") && !added.output.contains("held"))
    let lines = try people().split(separator: "\n").map(String.init)
    let old = before.split(separator: "\n").map(String.init)
    #expect(lines.filter { !old.contains($0) }.count == 2, "\(lines)")
    #expect(lines.contains("  quality: {holder: zoe-kim}"))
    #expect(try work.read("office/departments/sales/department.yaml").contains("members: [dora, zoe-kim]"))
    #expect(try work.git("log", "-1", "--format=%s", in: "office") == "Zoe begins\n")
    #expect(try work.kpi("check", in: "office").status == 0)
    try work.kpi("undo", "--yes", in: "office")
    #expect(try people() == before)
    #expect(try work.read("office/departments/sales/department.yaml").contains("members: [dora]"))
  }

  @Test("What cannot be is refused with a reason, and nothing is written")
  func refused() throws {
    let before = try people()
    let attempts: [(arguments: [String], words: String)] = [
      (["add", "Zoe", "--name", "Zoe", "--email", "z@example.org"], "as: zoe"),
      (["add", "dora", "--name", "Dora B", "--email", "d@example.org"], "\"dora\" is the id of Dora already"),
      (["add", "eve", "--name", "Eve", "--email", "Office@Example.org"], "belongs to Office (office)."),
      (["add", "eve", "--name", "Eve", "--email", "no address"], "no mail address"),
      (["add", "eve", "--name", "Eve <x>", "--email", "e@example.org"], "A name cannot have < or >"),
      (["add", "eve", "--name", "Eve\nroles:", "--email", "e@example.org"], "line breaks"),
      (["add", "eve", "--name", "Eve", "--email", "e@example.org", "--role", "head-of-sale"], "\"head-of-sales\"?"),
      (
        ["add", "eve", "--name", "Eve", "--email", "e@example.org", "--role", "controller"],
        "controller is held by Office"
      ),
      (["add", "eve", "--name", "Eve", "--email", "e@example.org", "--department", "sale"], "Did you mean \"sales\"?"),
      (["change", "dorra", "--name", "D"], "Did you mean \"dora\"?"),
      (["change", "Dora", "--name", "D"], "Did you mean \"dora\"?"),
      (["change", "dora", "--end-email", "dora@example.com"], "has no such address"),
      (
        ["change", "office", "--end-email", "office@example.org", "--add-email", "anna@example.org"],
        "belongs to Anna (anna)."
      ),
      (["hand-over", "head-of-sale", "--to", "dora"], "Did you mean \"head-of-sales\"?"),
      (["hand-over", "head-of-sales", "--to", "dorra"], "Did you mean \"dora\"?"),
      (["hand-over", "head-of-sales", "--to", "dora", "--from", "soon"], "'soon' is no day"),
      (["hand-over", "administrator", "--to", ""], "Nobody holds the role \"administrator\""),
      (["role", "remove", "administrator", "--yes"], "Nobody holds the role \"administrator\""),
      (["role", "remove", "head-of-sales", "--yes"], "There is no role \"head-of-sales\""),
      (["remove", "anna"], "Anna still holds administrator (as deputy), head-of-sales."),
      (["key", "add", "/nowhere.pub"], "no public key, and no file"),
    ]
    for (arguments, words) in attempts {
      let ended = try work.kpi(["people"] + arguments, in: "office", expecting: [1, 64])
      #expect(ended.errors.contains(words), "\(arguments): \(ended.errors)")
    }
    #expect(try people() == before)
    #expect(try work.git("status", "--porcelain", in: "office").isEmpty)
  }

  @Test("Addresses begin, end and go; the last one of the last administrator stays")
  func addresses() throws {
    try work.kpi(
      "people", "change", "dora", "--add-email", "d@new.example.org", "--end-email", "DORA@example.org", "--until",
      "2999-12-31", "--from", "2999-12-01", "--name", "Dora Berg", in: "office")
    #expect(
      try people().contains(
        "dora: {name: Dora Berg, emails: [{address: dora@example.org, until: 2999-12-31}, "
          + "{address: d@new.example.org, from: 2999-12-01}]}"))
    try work.kpi("people", "change", "dora", "--remove-email", "d@new.example.org", in: "office")
    #expect(try people().contains("emails: [{address: dora@example.org, until: 2999-12-31}]"))
    try work.kpi("people", "change", "anna", "--remove-email", "anna@example.org", in: "office")
    let last = try work.kpi(
      "people", "change", "office", "--end-email", "office@example.org", in: "office", expecting: [1])
    #expect(last.errors.contains("nobody can change people and settings any more"))
  }

  @Test("A role is handed over at once, from a day on, back, and to nobody")
  func handOver() throws {
    let role = { try #require(try self.people().split(separator: "\n").first { $0.contains("head-of-sales:") }) }
    try work.kpi("people", "hand-over", "head-of-sales", "--to", "dora", "--from", "2999-01-01", in: "office")
    #expect(try role() == "  head-of-sales: {holder: anna, deputy: ben, next: {holder: dora, from: 2999-01-01}}")
    let other = try work.kpi(
      "people", "hand-over", "head-of-sales", "--to", "ben", "--from", "2999-02-01", in: "office")
    #expect(other.output.contains("Dora does not take it over on 2999-01-01, as was planned before."))
    let kept = try work.kpi("people", "hand-over", "head-of-sales", "--to", "anna", in: "office")
    #expect(kept.output.contains("Anna keeps head-of-sales."))
    #expect(try role() == "  head-of-sales: {holder: anna, deputy: ben}")
    let now = try work.kpi("people", "hand-over", "head-of-sales", "--to", "ben", in: "office")
    #expect(now.output.contains("head-of-sales has no deputy any more: that was Ben."))
    #expect(try role() == "  head-of-sales: {holder: ben}")
    try work.kpi("people", "hand-over", "head-of-sales", "--deputy", "--to", "dora", in: "office")
    #expect(try role() == "  head-of-sales: {holder: ben, deputy: dora}")
    try work.kpi("people", "hand-over", "head-of-sales", "--deputy", "--to", "", in: "office")
    try work.kpi("people", "hand-over", "head-of-sales", "--to", "", in: "office")
    #expect(try role() == "  head-of-sales: {}")
    #expect(try work.kpi("people", in: "office").output.contains("Held by nobody: head-of-sales"))
  }

  @Test("Whoever leaves hands over all roles at once, and is no member any more")
  func remove() throws {
    try work.kpi("department", "members", "sales", "--add", "anna", in: "office")
    try work.kpi("people", "hand-over", "controller", "--to", "anna", "--from", "2999-01-01", in: "office")
    let gone = try work.kpi("people", "remove", "anna", "--hand-over-to", "dora", "--yes", in: "office")
    #expect(
      gone.output.contains("Dora holds head-of-sales.") && gone.output.contains("Dora is deputy of administrator."))
    let text = try people()
    #expect(!text.contains("anna"))
    #expect(text.contains("controller: {holder: office, next: {holder: dora, from: 2999-01-01}}"))
    #expect(text.contains("head-of-sales: {holder: dora, deputy: ben}"))
    #expect(try work.read("office/departments/sales/department.yaml").contains("members: [dora]"))
    #expect(try work.kpi("sync", in: "office").output.contains("Your changes sent: department sales, people and roles"))
  }

  @Test("A member who grants themselves a role, or takes over an address, is told that it would be held, and it is")
  func member() throws {
    let grabbed = try work.kpi("people", "hand-over", "administrator", "--to", "dora", in: "dora").output
    #expect(grabbed.contains("Once it is accepted: Dora holds administrator now."))
    #expect(grabbed.contains("1 change would be held") && grabbed.contains("needs administrator (Office, Anna)"))
    try work.kpi("people", "change", "office", "--remove-email", "office@example.org", in: "dora")
    try work.kpi("people", "change", "dora", "--add-email", "office@example.org", in: "dora")
    let sent = try work.kpi("sync", in: "dora").output
    #expect(sent.contains("3 changes held"), "\(sent)")
    #expect(try people("dora").contains("administrator: {holder: office, deputy: anna}"))
    #expect(try people("dora").contains("office: {name: Office, emails: [office@example.org]}"))
  }

  @Test(
    "Keys: one's own is proposed, an administrator's accepted; replaced, ended and removed by fingerprint or comment")
  func keys() throws {
    for name in ["one", "two"] {
      #expect(
        try work.shell("cd '\(work.folder)' && ssh-keygen -qt ed25519 -N '' -C \(name)@desk -f \(name)").status == 0)
    }
    let secret = try work.kpi("people", "key", "add", "../one", in: "dora", expecting: [64])
    #expect(secret.errors.contains("the private key") && secret.errors.contains("../one.pub"))
    let added = try work.kpi("people", "key", "add", "../one.pub", in: "dora").output
    #expect(added.contains("Once it is accepted: Added to the keys of Dora: ssh-ed25519 SHA256:"))
    #expect(added.contains("needs administrator (Office, Anna)"))
    try work.sync("dora", "office")
    try work.kpi("settle", try work.heldID("people.dora.keys", in: "office"), "--accept", "-m", "Seen", in: "office")
    let fingerprint = String(
      try #require(
        try work.shell("ssh-keygen -lf '\(work.folder)/one.pub'").output.split(separator: " ").dropFirst().first))
    #expect(((try listed()["dora"]?["keys"] as? [[String: Any]])?.first?["fingerprint"] as? String) == fingerprint)
    let taken = try work.kpi("people", "change", "ben", "--add-key", "../one.pub", in: "office", expecting: [64])
    #expect(taken.errors.contains("This key belongs to Dora (dora)"))
    try work.kpi("people", "change", "dora", "--replace-key", "../two.pub", "--from", "2999-01-02", in: "office")
    let replaced = try people()
    #expect(replaced.contains("until: 2999-01-01") && replaced.contains("from: 2999-01-02"), "\(replaced)")
    try work.kpi("people", "change", "dora", "--remove-key", "two@desk", in: "office")
    try work.kpi("people", "change", "dora", "--remove-key", fingerprint, in: "office")
    #expect(try !people().contains("keys:"))
    let stranger = try work.kpi("clone", "hub.git", "eve", "--name", "Eve", "--email", "eve@example.org")
    #expect(stranger.errors.contains("people.yaml has nobody with that address"))
    let unknown = try work.kpi("people", "key", "add", "../two.pub", in: "eve", expecting: [1])
    #expect(
      unknown.errors.contains("administrator (Office, Anna)") && unknown.errors.contains("--email eve@example.org"))
  }
}

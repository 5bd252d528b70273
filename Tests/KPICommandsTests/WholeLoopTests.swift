import Foundation
import Testing

/// The loop of the README through the built program, a hub with its hooks, and real git.
@Suite("From an entry to the scorecard and back to who entered it")
struct WholeLoopTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"

  @Test("Two people disagree about a target: one stands, one is held, settling it reaches everybody")
  func disagreement() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    try work.kpi("record", "sales/win-rate", "2026-01", "value=2100", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", "-m", "Spring plan", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2026=24000", "-m", "Two people left", in: "ben")
    try work.kpi("sync", in: "anna")
    let held = try work.kpi("sync", in: "ben").output
    #expect(held.contains("Ben wants 24000, in force is 26000 (both sides changed it)"), "\(held)")

    let listed = try work.kpi("proposals", "--format", "json", in: "ben").output
    let proposals = try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
    #expect(proposals.count == 1)
    let proposal = try #require(proposals.first)
    #expect(proposal["key"] as? String == "targets.2026")
    #expect(proposal["proposed"] as? Int == 24000)
    #expect(proposal["instead_of"] as? Int == 25000)
    #expect(proposal["in_force"] as? Int == 26000)
    #expect(proposal["reason"] as? String == "Two people left")
    let id = try #require(proposal["id"] as? String)

    try work.kpi("sync", in: "anna")
    try work.kpi("settle", String(id.prefix(6)), "--accept", "-m", "Agreed on Monday", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.kpi("sync", in: "ben")
    #expect(try work.read("ben/" + Self.rate).contains("2026: 24000"))
    #expect(try work.kpi("proposals", in: "ben").output == "Nothing is held.\n")
    let audit = try work.kpi("audit", "sales/win-rate", "--format", "json", in: "ben").output
    for reason in ["Spring plan", "Two people left", "Agreed on Monday"] { #expect(audit.contains(reason)) }
  }

  @Test("A comment that conflicts is held with its value, and the hub takes the proposal")
  func comment() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    for (person, line) in [("anna", "unit: count # pieces"), ("ben", "unit: count # orders, not pieces")] {
      let text = try work.read("\(person)/\(Self.rate)").replacingOccurrences(
        of: "owner: head", with: "# \(line)\nowner: head")
      try work.write(text, to: "\(person)/\(Self.rate)")
    }
    try work.kpi("sync", in: "anna")
    try work.kpi("sync", in: "ben")
    try work.kpi("check", in: "ben")
    let listed = try work.kpi("proposals", "--format", "json", in: "ben").output
    #expect(listed.contains("\"owner\""), "\(listed)")
  }

  @Test("What plain git commits and the check refuses is held; nobody gets stuck")
  func brokenByHand() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.write(try work.read("anna/" + Self.rate) + "targets: [\n", to: "anna/" + Self.rate)
    try work.git("commit", "-qam", "by hand", in: "anna")
    let report = try work.kpi("sync", in: "anna").output
    #expect(report.contains("held"), "\(report)")
    #expect(try work.read("anna/" + Self.rate).contains("targets: [") == false)
    #expect(try work.kpi("proposals", "--format", "json", in: "anna").output.contains("does-not-validate"))
  }

  @Test("Files that the hub does not take are left out of what is sent, named, and kept")
  func outsideLimits() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.write("hello\n", to: "anna/notes.txt")
    try work.write("#!/bin/sh\n", to: "anna/run.sh")
    try work.git("update-index", "--add", "--chmod=+x", "run.sh", in: "anna")
    try work.git("add", "notes.txt", in: "anna")
    let target = work.folder + "/anna/link"
    try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "/etc/passwd")
    try work.git("add", "link", in: "anna")
    try work.git("commit", "-qm", "by plain git", in: "anna")
    let old = try work.git("rev-parse", "HEAD", in: "anna")
    try work.git("commit", "-q", "--allow-empty", "-m", "another", in: "anna")
    let tip = try work.git("rev-parse", "HEAD", in: "anna")
    let said = try work.kpi("sync", in: "anna", expecting: [1]).output
    #expect(said.contains("link") && said.contains("Done."), "\(said)")
    let sent = try work.git("ls-tree", "-r", "main", in: "hub.git")
    #expect(sent.contains("notes.txt") && !sent.contains("link") && !sent.contains("100755"))
    #expect(sent.contains("run.sh"))
    #expect(work.exists("anna/run.sh"))
    #expect(try work.git("for-each-ref", "--format=%(objectname)", "refs/kpi/kept", in: "anna") == tip)
    #expect(!old.isEmpty)
    try work.kpi("sync", in: "anna", expecting: [0, 1])
  }

  @Test("The demo plays to its end and leaves copies that go on")
  func demo() throws {
    let work = try Workplace()
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Examples/mta").path
    let said = try work.kpi("demo", "demo", "--from", example).output
    #expect(said.contains("2 changes held") == false && said.contains("1 change held"))
    let anna = try work.kpi("proposals", "--format", "json", in: "demo/anna").output
    #expect(anna.contains("targets.") && anna.contains("row "))
    for person in ["anna", "ben", "carl", "dora"] { try work.kpi("sync", in: "demo/\(person)") }
    let tips = try Set(["anna", "ben", "carl", "dora"].map { try work.git("rev-parse", "HEAD", in: "demo/\($0)") })
    #expect(tips.count == 1)
    try work.kpi("demo", "demo", "--from", example)
  }

  @Test("merge-file prints the merge, names what is held on standard error, and exits 1 for it")
  func mergeFile() throws {
    let work = try Workplace()
    try work.write("a: 1\nb: 1\nc: 1\n", to: "base.yaml")
    try work.write("a: 2\nb: 2\nc: 1\n", to: "hub.yaml")
    try work.write("a: 1\nb: 3\nc: 3\n", to: "local.yaml")
    let merged = try work.kpi("merge-file", "base.yaml", "hub.yaml", "local.yaml", expecting: [1])
    #expect(merged.output == "a: 2\nb: 2\nc: 3\n")
    let held = try #require(JSONSerialization.jsonObject(with: Data(merged.errors.utf8)) as? [[String: Any]])
    #expect(held.count == 1 && held[0]["key"] as? String == "b" && held[0]["proposed"] as? Int == 3)
  }
}

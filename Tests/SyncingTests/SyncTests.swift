import Foundation
import Git
import LedgerFiles
import LedgerModel
import Merging
import Testing

@testable import Syncing

@Suite("A sync of two people")
struct SyncTests {
  @Test("With nothing on either side, nothing is made")
  func nothing() async throws {
    let company = try Company()
    let anna = try company.person("anna")
    let before = try anna.tip()
    let report = try await anna.sync()
    #expect(report.end == .nothingToDo)
    #expect(try anna.tip() == before)
  }

  @Test("Different fields of one definition both come into force, and both clones have one tree")
  func differentFields() async throws {
    let company = try Company()
    let (anna, ben) = (try company.person("anna"), try company.person("ben"))
    try anna.replace("priority: 1", "priority: 2", in: Desk.rate)
    try ben.replace("decision: Shift capacity", "decision: Hire two", in: Desk.rate)
    #expect(try await anna.sync().end == .done)
    let report = try await ben.sync()
    #expect(report.end == .done)
    #expect(report.held.isEmpty)
    #expect(report.received == [Desk.rate])
    try await anna.sync()
    let text = try #require(try company.atHub(Desk.rate))
    #expect(text.contains("priority: 2") && text.contains("decision: Hire two"))
    #expect(text.contains("owner: head-of-sales   # one role"))
    #expect(try anna.tip() == ben.tip())
    #expect(try anna.isClean() && ben.isClean())
    #expect(try anna.read(Desk.rate) == text)
  }

  @Test("The same target differently: the first stands, the other waits as a proposal in the words of its author")
  func sameTarget() async throws {
    let company = try Company()
    let (anna, ben) = (try company.person("anna"), try company.person("ben"))
    try anna.replace("2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try ben.replace("2026-Q3: 27", "2026-Q3: 24", in: Desk.rate)
    try await anna.sync()
    let report = try await ben.sync { $0.message = "Two people left" }
    #expect(report.held.map(\.key) == [Key("targets.2026-Q3")])
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 30") == true)
    let path = try #require(try company.proposals().first)
    let proposal = try #require(try company.atHub(path))
    for line in [
      "file: \(Desk.rate)", "key: targets.2026-Q3", "proposed: 24", "instead_of: 27", "by: Ben <ben@example.org>",
      "because: changed-on-both-sides", "reason: Two people left",
    ] {
      #expect(proposal.contains(line + "\n"), "\(proposal)")
    }
    #expect(try ben.isClean())
  }

  @Test("Rows of different months merge; a row that both changed is held whole")
  func rows() async throws {
    let company = try Company()
    let (anna, ben) = (try company.person("anna"), try company.person("ben"))
    try anna.write("period,value,status,note\n2026-01,20,,\n2026-02,23,,\n2026-03,30,,\n", to: Desk.figures)
    try ben.write("period,value,status,note\n2026-01,20,,\n2026-02,24,,\n2026-04,31,,\n", to: Desk.figures)
    try await anna.sync()
    let report = try await ben.sync()
    #expect(report.held.map(\.key.text) == ["row 2026-02"])
    #expect(
      try company.atHub(Desk.figures)
        == "period,value,status,note\n2026-01,20,,\n2026-02,23,,\n2026-03,30,,\n2026-04,31,,\n")
  }

  @Test("Offline, edits are committed and wait; later they arrive")
  func offline() async throws {
    let company = try Company()
    let anna = try company.person("anna")
    try FileManager.default.moveItem(atPath: company.hub, toPath: company.hub + ".away")
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    let report = try await anna.sync()
    guard case .offline = report.end else { return #expect(Bool(false), "\(report.end)") }
    #expect(report.waiting?.commits == 1)
    try FileManager.default.moveItem(atPath: company.hub + ".away", toPath: company.hub)
    #expect(try await anna.sync().end == .done)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
  }

  @Test("A file that fails the check stays as it is and holds up nothing else")
  func failingFile() async throws {
    let company = try Company()
    let anna = try company.person("anna")
    try anna.replace("direction: higher", "direction: upwards", in: Desk.rate)
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    let report = try await anna.sync()
    #expect(report.end == .done)
    #expect(report.leftOut[Desk.rate]?.first?.rule == "unknown-value")
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
    #expect(try company.atHub(Desk.rate)?.contains("direction: higher") == true)
    #expect(try anna.read(Desk.rate).contains("direction: upwards"))
  }

  @Test("A file that failed is later committed on the commit it was edited from: the other's value is not put back")
  func failingFileLater() async throws {
    let company = try Company()
    let (anna, ben) = (try company.person("anna"), try company.person("ben"))
    try anna.replace("direction: higher", "direction: upwards", in: Desk.rate)
    try ben.replace("priority: 1", "priority: 3", in: Desk.rate)
    try await ben.sync()
    let first = try await anna.sync()
    #expect(first.keptEdited == [Desk.rate])
    #expect(try anna.read(Desk.rate).contains("priority: 1"))
    try anna.replace("direction: upwards", "direction: lower", in: Desk.rate)
    let second = try await anna.sync()
    #expect(second.end == .done)
    #expect(second.held.isEmpty)
    let text = try #require(try company.atHub(Desk.rate))
    #expect(text.contains("direction: lower") && text.contains("priority: 3"))
    #expect(try anna.read(Desk.rate) == text)
    #expect(try anna.isClean())
  }

  @Test("A spreadsheet that was open for a week does not put old values back unasked")
  func openSpreadsheet() async throws {
    let company = try Company()
    let (anna, ben) = (try company.person("anna"), try company.person("ben"))
    let old = try anna.read(Desk.figures)
    try ben.replace("2026-02,22", "2026-02,26", in: Desk.figures)
    try await ben.sync()
    try await anna.sync()
    try anna.write(old + "2026-03,33,,\n", to: Desk.figures)
    let asked = try await anna.sync()
    #expect(asked.putsBack.map(\.key.text) == ["row 2026-02"])
    #expect(try company.atHub(Desk.figures)?.contains("2026-03") == false)
    let kept = try await anna.sync { $0.putBack = { _, _ in .keepNewer } }
    #expect(kept.end == .done)
    #expect(
      try company.atHub(Desk.figures) == "period,value,status,note\n2026-01,20,,\n2026-02,26,,\n2026-03,33,,\n")
    #expect(try anna.read(Desk.figures) == company.atHub(Desk.figures))
    #expect(try anna.isClean())
  }

  @Test("What a spreadsheet writes is stored in canonical form, in the work tree too")
  func spreadsheet() async throws {
    let company = try Company()
    let anna = try company.person("anna")
    try anna.write("\u{FEFF}period;value;status;note\r\n2026-01;20;;\r\nFeb-26;22,5;;\r\n", to: Desk.figures)
    try anna.write("lock", to: "departments/sales/actuals/.~lock.win-rate.csv#")
    let report = try await anna.sync()
    #expect(report.end == .done)
    let text = "period,value,status,note\n2026-01,20,,\n2026-02,22.5,,\n"
    #expect(try company.atHub(Desk.figures) == text)
    #expect(try anna.read(Desk.figures) == text)
    #expect(report.notOfTheLedger.isEmpty)
  }

  @Test("A rehearsal says what would happen and changes nothing")
  func rehearsal() async throws {
    let company = try Company()
    let anna = try company.person("anna")
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    let before = try anna.tip()
    let report = try await anna.sync { $0.isRehearsal = true }
    #expect(report.end == .rehearsed)
    #expect(report.sent == [Desk.figures])
    #expect(try anna.tip() == before)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,22") == true)
  }

  @Test("A ledger begun apart is refused, and nothing is changed")
  func unrelated() async throws {
    let (one, other) = (try Company(), try Company(["ledger.yaml": "company: Other\ncurrency: USD\n"]))
    let anna = try one.person("anna")
    try one.git(["remote", "set-url", "origin", other.hub], in: anna.folder)
    await #expect(throws: CloneFault.unrelated) { try await anna.sync() }
  }
}

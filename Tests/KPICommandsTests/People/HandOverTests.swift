import Foundation
import Testing

/// A role that changed hands on a day, against a hub with its scripts: the hub's first commit is made to be older than
/// that day, and everything after it is of today.
@Suite("A hand-over whose day comes") struct HandOverTests {
  private static func day(_ offset: Int) -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate]
    return formatter.string(from: Date(timeIntervalSinceNow: TimeInterval(offset) * 86_400))
  }

  /// A hub whose main line stands ten days ago, with head-of-sales to go from anna to ben three days ago.
  private func setUp() throws -> Workplace {
    let work = try Workplace()
    for (path, text) in SalesLedger.files {
      let handedOver = "head-of-sales: {holder: anna, next: {holder: ben, from: \(Self.day(-3))}}   # since the fair"
      try work.write(
        text.replacingOccurrences(of: "head-of-sales: {holder: anna, deputy: ben}", with: handedOver),
        to: "ledger/" + path)
    }
    try work.kpi("hub", "init", "hub.git", "--from", "ledger", "--admin", "Office", "office@example.org")
    let old = Int(Date().timeIntervalSince1970) - 10 * 86_400
    let dates = "export GIT_AUTHOR_DATE='\(old) +0000' GIT_COMMITTER_DATE='\(old) +0000'"
    let who = ["AUTHOR", "COMMITTER"].map { "GIT_\($0)_NAME=Office GIT_\($0)_EMAIL=office@example.org" }
    let rewritten = try work.shell(
      "cd '\(work.folder)/hub.git' && \(dates) \(who.joined(separator: " ")) && "
        + "git update-ref refs/heads/main $(git commit-tree main^{tree} -m 'Begin the ledger')")
    try #require(rewritten.status == 0, "\(rewritten.errors)")
    for name in ["anna", "ben", "office"] {
      try work.kpi("clone", "hub.git", name, "--name", name.capitalized, "--email", "\(name)@example.org")
    }
    return work
  }

  @Test("Before the main line comes to the day the old holder's change is in force, after it the new holder's")
  func endToEnd() throws {
    let work = try setUp()
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", in: "anna")
    #expect(try !work.kpi("sync", in: "anna").output.contains("held"))
    // That sync is of today: the main line has come past the day.
    try work.kpi("define", "sales/win-rate", "--target", "2021=1", in: "anna")
    #expect(try work.kpi("sync", in: "anna").output.contains("needs head-of-sales (Ben)"))
    try work.kpi("sync", in: "ben")
    try work.kpi("define", "sales/win-rate", "--target", "2026=27000", in: "ben")
    #expect(try !work.kpi("sync", in: "ben").output.contains("would be held"))
    #expect(try work.read("ben/departments/sales/kpis/win-rate.yaml").contains("2021: 12000, 2026: 27000"))
    #expect(try work.kpi("department", in: "ben").output.contains("head-of-sales (Ben)"))
    #expect(try work.kpi("show", "sales/win-rate", in: "ben").output.contains("head-of-sales: Ben"))
    #expect(try work.kpi("hub", "check", "hub.git").status == 0)
  }

  @Test("The next command that edits the role writes the hand-over down, and keeps the comment")
  func folded() throws {
    let work = try setUp()
    try work.kpi("people", "hand-over", "head-of-sales", "--deputy", "--to", "dora", in: "office")
    let text = try work.read("office/people.yaml")
    #expect(text.contains("head-of-sales: {holder: ben, deputy: dora}   # since the fair"), "\(text)")
  }
}

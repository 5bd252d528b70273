import Foundation
import Testing

/// What people read who come with an odd clone, and what a hub with its checks makes of odd histories.
@Suite("Odd clones at a hub that checks")
struct OddCloneTests {
  private static let figures = "departments/sales/actuals/win-rate.csv"
  private static let rate = "departments/sales/kpis/win-rate.yaml"
  private let work: Workplace

  init() throws {
    work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
  }

  private func record(_ person: String, _ period: String, _ value: Int) throws {
    try work.kpi("record", "sales/win-rate", period, "value=\(value)", in: person)
  }

  @Test("A clone made by plain git asks who is there, and then works like any other")
  func plainClone() throws {
    try work.git("clone", "-q", "hub.git", "dora")
    let tip = try work.git("rev-parse", "main", in: "dora")
    let said = try work.kpi("sync", in: "dora", expecting: [64]).errors
    #expect(said.contains("does not know who you are") && said.contains("git config"), "\(said)")
    #expect(try work.git("rev-parse", "main", in: "dora") == tip)
    try work.git("config", "user.name", "Dora", in: "dora")
    try work.git("config", "user.email", "dora@example.org", in: "dora")
    try record("dora", "2026-01", 5)
    try work.kpi("sync", in: "dora")
    #expect(try work.git("show", "main:" + Self.figures, in: "hub.git").contains("2026-01,5,"))
  }

  @Test("A merge in progress, another branch, a hub without main: each is named with the way out")
  func messages() throws {
    try work.git("checkout", "-q", "-b", "other", in: "anna")
    try record2("other", 30)
    try work.git("checkout", "-q", "main", in: "anna")
    try record2("main", 31)
    try work.git("-c", "alias.try=!git merge other || true", "try", in: "anna")
    let merging = try work.kpi("sync", in: "anna", expecting: [64]).errors
    #expect(merging.contains("A merge was begun here") && merging.contains("git merge --abort"), "\(merging)")
    #expect(try work.kpi("status", in: "anna", expecting: [0, 1]).output.contains("git merge --abort"))
    try work.git("merge", "--abort", in: "anna")
    try work.git("checkout", "-q", "other", in: "anna")
    let branch = try work.kpi("sync", in: "anna", expecting: [64]).errors
    #expect(branch.contains("'other'") && branch.contains("git switch main"), "\(branch)")
    try work.git("checkout", "-q", "main", in: "anna")
    try work.git("init", "-q", "--bare", "-b", "trunk", "empty.git")
    try work.git("remote", "set-url", "origin", work.folder + "/empty.git", in: "anna")
    let hub = try work.kpi("sync", in: "anna", expecting: [4]).errors
    #expect(hub.contains("no branch 'main'"), "\(hub)")
  }

  /// Commits a row with plain git.
  private func record2(_ name: String, _ value: Int) throws {
    let text = try work.read("anna/" + Self.figures)
    try work.write(text + "2026-01,\(value),,\n", to: "anna/" + Self.figures)
    try work.git("commit", "-qam", name, in: "anna")
  }

  @Test("A hub that was restored from a backup takes back the syncs it lost, and its checks find nothing wrong")
  func restored() throws {
    let backup = try work.git("rev-parse", "main", in: "hub.git").trimmingCharacters(in: .whitespacesAndNewlines)
    try record("anna", "2026-01", 5)
    try work.kpi("sync", in: "anna")
    try record("ben", "2026-01", 6)
    try work.kpi("sync", in: "ben")
    try work.kpi("sync", in: "anna")
    let newest = try work.git("rev-parse", "main", in: "hub.git")
    try work.git("update-ref", "refs/heads/main", backup, in: "hub.git")
    let said = try work.kpi("sync", in: "anna").output
    #expect(said.contains("The hub had lost 2 syncs") && said.contains("It has them again"), "\(said)")
    #expect(try work.git("rev-parse", "main", in: "hub.git") == newest)
    #expect(try work.kpi("proposals", "--format", "json", in: "anna").output.contains("row 2026-01"))
    try work.kpi("hub", "check", "hub.git")
  }

  @Test("Work of others that one clone brings is told, and the hub takes a merge of three branches made anew")
  func relayAndOctopus() throws {
    for (branch, old, new) in [("x", "2020: 24000", "2020: 24001"), ("y", "Shift capacity", "Hire two")] {
      try work.git("checkout", "-q", "-b", branch, "main", in: "anna")
      try work.write(
        try work.read("anna/" + Self.rate).replacingOccurrences(of: old, with: new), to: "anna/" + Self.rate)
      try work.git("commit", "-qam", branch, "--author", "Ben <ben@example.org>", in: "anna")
    }
    try work.git("checkout", "-q", "main", in: "anna")
    try record("anna", "2026-01", 5)
    try work.git("merge", "-q", "-m", "all three", "x", "y", in: "anna")
    let words = "2 changes here name Ben as their author; they count as yours"
    #expect(try work.kpi("status", in: "anna").output.contains(words))
    #expect(try work.kpi("sync", in: "anna").output.contains(words))
    let text = try work.git("show", "main:" + Self.rate, in: "hub.git")
    #expect(text.contains("2020: 24001") && text.contains("Hire two"))
    try work.kpi("hub", "check", "hub.git")
    #expect(try work.git("status", "--porcelain", in: "anna").isEmpty)
  }

  @Test("Commits of a clock that was far off, ahead or behind, go to the hub, and its own times stay in order")
  func clocks() throws {
    for (round, year) in ["2033", "1999"].enumerated() {
      let text = try work.read("anna/" + Self.figures)
      try work.write(text + "202\(round)-01,5,,\n", to: "anna/" + Self.figures)
      let time = "\(year)-01-01T00:00:00Z"
      try work.git(
        "-c", "alias.late=!GIT_COMMITTER_DATE=\(time) GIT_AUTHOR_DATE=\(time) git commit -qam odd", "late", in: "anna")
    }
    try work.kpi("sync", in: "anna")
    let figures = try work.git("show", "main:" + Self.figures, in: "hub.git")
    #expect(figures.contains("2020-01,5,") && figures.contains("2021-01,5,"))
    let times = try work.git("log", "--first-parent", "--reverse", "--format=%ct", "main", in: "hub.git")
      .split(separator: "\n").compactMap { Int($0) }
    #expect(times == times.sorted())
    try work.kpi("hub", "check", "hub.git")
  }
}

import Foundation
import Git
import Testing

/// What a plain commit may bring: bo is head of sales and administrator, cy a member of sales.
@Suite struct AuthorityTests {
  typealias Files = SampleFiles
  let stage: HubStage

  init() throws {
    stage = try HubStage()
    _ = try stage.clone("cy")
    try stage.git("config", "user.email", "cy@example.com", in: "cy")
  }

  private let cy = [
    "GIT_AUTHOR_NAME": "Cy Ott", "GIT_AUTHOR_EMAIL": "cy@example.com", "GIT_COMMITTER_NAME": "Cy Ott",
    "GIT_COMMITTER_EMAIL": "cy@example.com",
  ]

  @Test func aMemberRecordsActuals() throws {
    try stage.commit(
      [Files.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,25,,\n"], in: "cy", adding: cy)
    try stage.push("main", from: "cy")
  }

  @Test func whatAMemberMayNotChangeIsNamedWithWhoMay() throws {
    try stage.commit([Files.winRate: Files.definition(target: "99")], in: "cy", adding: cy)
    let told = try stage.pushIsRefused("main", from: "cy", by: ["no-authority"])
    #expect(told.contains(Files.winRate + ", targets.2026: Cy Ott may not change this"))
    #expect(told.contains("head-of-sales (Ana Ruiz, Bo Lind)"))
  }

  @Test func aHeadDoesNotChangeGoals() throws {
    _ = try stage.clone("bo")
    let text = Files.definition().replacingOccurrences(of: "goal: grow", with: "goal: grow\nweight: 3")
    try stage.commit([Files.winRate: text], in: "bo")
    let told = try stage.pushIsRefused("main", from: "bo", by: ["no-authority"])
    #expect(told.contains(", weight:") && told.contains("controller (Ana Ruiz)"))
  }

  @Test func somebodyElsesNameOnACommitGivesNothing() throws {
    let forged = cy.merging(["GIT_AUTHOR_NAME": "Bo Lind", "GIT_AUTHOR_EMAIL": "bo@example.com"]) { $1 }
    try stage.commit([Files.winRate: Files.definition(target: "99")], in: "cy", adding: forged)
    try stage.pushIsRefused("main", from: "cy", by: ["no-authority"])
  }

  @Test func proposalsAreNotMadeByHand() throws {
    _ = try stage.clone("bo")
    let paper = """
      file: \(Files.winRate)
      key: targets.2026
      proposed: 26
      instead_of: 25
      by: Cy Ott <cy@example.com>
      at: 2026-03-02T10:11:00Z
      commit: 3f2a000000000000000000000000000000000000
      because: no-authority
      reason: mine

      """
    try stage.commit(["proposals/\(Files.winRate)/0123456789abcdef.yaml": paper], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["handmade-proposal"])
  }

  @Test func whatBreaksAFileThatRefersToItIsRefused() throws {
    _ = try stage.clone("bo")
    try stage.commit(
      [
        "people.yaml": Files.all["people.yaml"]?.replacingOccurrences(
          of: "head-of-sales:", with: "head-of-elsewhere:")
      ], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["does-not-validate"])
  }
}

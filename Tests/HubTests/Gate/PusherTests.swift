import Foundation
import Git
import Testing

/// Who pushes is known, as behind ssh or http: bo and cy have one mail address each.
@Suite struct PusherTests {
  typealias Files = SampleFiles
  let stage: HubStage
  private let figures = [Files.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,25,,\n" as String?]

  init() throws {
    stage = try HubStage()
    _ = try stage.clone("bo")
  }

  private func push(as person: String) throws -> HubStage.Result {
    try stage.run("git", ["push", "-q", "origin", "main"], in: "bo", adding: ["KPI_PUSHER": person])
  }

  @Test func onesOwnCommitComesIn() throws {
    try stage.commit(figures, in: "bo")
    #expect(try push(as: "bo").status == 0)
    #expect(try stage.tip("main") == stage.tip(in: "bo"))
  }

  @Test func theCaseOfAnAddressIsNoDifference() throws {
    try stage.commit(figures, in: "bo", adding: ["GIT_COMMITTER_EMAIL": "BO@Example.com"])
    #expect(try push(as: "bo").status == 0)
  }

  @Test func anothersCommitIsRefusedWithBothNames() throws {
    let before = try stage.tip("main")
    try stage.commit(figures, in: "bo")
    let told = try push(as: "cy")
    #expect(told.status != 0)
    #expect(told.errors.contains("was made as Bo Lind <bo@example.com>, but sent by Cy Ott ('cy')"))
    #expect(told.errors.contains("git config user.email cy@example.com"))
    #expect(told.errors.contains("[not-the-pusher]"))
    #expect(try stage.tip("main") == before)
  }

  @Test func theAuthorsNameMakesNobodyThePusher() throws {
    try stage.commit(figures, in: "bo", adding: ["GIT_AUTHOR_EMAIL": "cy@example.com"])
    #expect(try push(as: "cy").errors.contains("[not-the-pusher]"))
  }

  @Test(arguments: ["eve", "", "ana ruiz", "../bo"]) func whoIsNoPersonOfTheLedgerIsRefused(id: String) throws {
    try stage.commit(figures, in: "bo")
    try stage.commit([Files.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    let told = try push(as: id)
    #expect(told.status != 0)
    #expect(told.errors.components(separatedBy: "[unknown-pusher]").count == 2, "said once: \(told.errors)")
  }

  @Test func anAddressThatHasRunOutIsNobodys() throws {
    let people = try #require(Files.all["people.yaml"]).replacingOccurrences(
      of: "emails: [cy@example.com]", with: "emails: [{address: cy@example.com, until: 2026-01-31}]")
    try stage.commit(["people.yaml": people], in: "bo")
    #expect(try push(as: "bo").status == 0)
    try stage.commit(figures, in: "bo", adding: ["GIT_COMMITTER_EMAIL": "cy@example.com"])
    let told = try push(as: "cy")
    #expect(told.errors.contains("who has no mail address there") && told.errors.contains("[not-the-pusher]"))
  }

  @Test func aRoleTakenAwayInTheSamePushCountsFromTheNextCommitOn() throws {
    let people = try #require(Files.all["people.yaml"]).replacingOccurrences(
      of: "emails: [bo@example.com]", with: "emails: [bo@example.org]")
    try stage.commit(["people.yaml": people], in: "bo")
    try stage.commit(figures, in: "bo")
    #expect(try push(as: "bo").errors.contains("who has the address bo@example.org"))
    try stage.git("commit", "-q", "--amend", "--no-edit", in: "bo", adding: ["GIT_COMMITTER_EMAIL": "bo@example.org"])
    #expect(try push(as: "bo").status == 0)
  }
}

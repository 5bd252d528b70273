import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// The rows of section 5's table that need a history.
@Suite struct RuleTests {
  private let name = Spot.field("name")
  private let owner = Spot.field("owner")
  private let row = Spot(file: Spot.actuals, kind: .row("2026-01"), key: "row 2026-01")

  @Test func withNothingUnsentThereIsNoMerge() throws {
    let story = try Story().edit(0, name, "v0").sync(0)
    #expect(
      try PlayedLedger.merge(story.ledger.history).outcome(hub: story.ledger.hub, local: story.ledger.clones[1]) == nil)
    let before = story.ledger.hub
    try story.sync(0, 1, 2)
    #expect(story.ledger.hub == before)
    try story.ends()
  }

  /// M3: the hub's value was entered by an ancestor of the change, though its fork has another.
  @Test func theHubIsUnchangedForWhoHadItsValue() throws {
    let story = try Story().edit(0, name, "v1").play(.relay(clone: 1, from: 0, keepsOwn: true)).sync(0)
    try story.edit(1, name, "v2").sync(1)
    #expect(story.value(name) == "v2")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func theHubIsUnchangedForWhoseAnswerWasLost() throws {
    let story = try Story().edit(0, name, "v1").play(.syncWithoutAnswer(clone: 0)).edit(0, name, "v2").sync(0)
    #expect(story.value(name) == "v2")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func whatThisMergeChangedIsNoLongerUnchanged() throws {
    let story = try Story().edit(0, row, "1/2").edit(1, row, "3/4")
    try story.play(.relay(clone: 0, from: 1, keepsOwn: true)).sync(0)
    #expect(story.value(row) == "1/2")
    #expect(story.held == ["row 2026-01 = 3/4 of P1"])
    try story.ends()
  }

  /// M6: the value stays with who kept it, and the removal is held in the name of who removed it.
  @Test func theHubsRemovalIsHeldAgainstAChange() throws {
    let story = try Story().edit(0, row, nil).sync(0).edit(1, row, "3/4").sync(1)
    #expect(story.value(row) == "3/4")
    #expect(story.held == ["row 2026-01 = nothing of P0"])
    try story.ends()
  }

  @Test func aFileThatTheHubRemovedStaysRemoved() throws {
    let file = Spot.file(Spot.other)
    let story = try Story().edit(0, file, nil).sync(0).edit(1, .field("name", in: Spot.other), "v1").sync(1)
    #expect(story.value(file) == nil)
    #expect(story.held == ["name = v1 of P1"])
    try story.ends()
  }

  @Test func aFileMadeAgainByWhoHadSeenItsRemovalIsThere() throws {
    let file = Spot.file(Spot.other)
    let story = try Story().edit(0, file, nil).sync(0, 1).edit(1, file, "there").sync(1)
    #expect(story.value(file) == "there")
    #expect(story.held == [])
    try story.ends()
  }

  /// `git merge` may leave a file that the hub removed, without anybody having made it again.
  @Test func aFileLeftByAMergeOfLinesIsNotMadeAgain() throws {
    let file = Spot.file(Spot.definition)
    let affected = Spot(file: Spot.definition, kind: .affected("supply/stock"), key: "affects.supply/stock")
    let story = try Story().edit(1, file, nil).sync(1).edit(2, name, "v9").edit(2, affected, "v10")
    try story.play(.relay(clone: 1, from: 2, keepsOwn: false)).edit(1, affected, "v15").sync(1)
    #expect(story.value(file) == nil)
    #expect(story.held == ["affects.supply/stock = v15 of P1", "name = v9 of P2"])
    try story.ends()
  }

  @Test func theRemovalOfAFileIsHeldWhenTheSameMergeChangesIt() throws {
    let file = Spot.file(Spot.other)
    let story = try Story().edit(0, file, nil).edit(1, .field("name", in: Spot.other), "v1")
    try story.play(.relay(clone: 1, from: 0, keepsOwn: true)).sync(1)
    #expect(story.value(.field("name", in: Spot.other)) == "v1")
    #expect(story.held == ["file = nothing of P0"])
    try story.ends()
  }

  /// A value may go to and fro at the hub; what a line brought along of it long ago does not come back with it.
  @Test func aValueTakenBackAtTheHubStaysTakenBack() throws {
    let element = Spot(file: Spot.definition, kind: .element("supply/stock"), key: "leads_to has supply/stock")
    let story = try Story().edit(0, element, "there").sync(0).edit(1, element, "there")
    try story.play(.syncWithoutAnswer(clone: 1)).edit(1, owner, "coo")
    try story.edit(0, element, nil).sync(0, 1)
    #expect(story.value(element) == nil)
    #expect(story.value(owner) == "coo")
    try story.ends()
  }

  @Test func theOrderInWhichClonesSyncDoesNotMatterWhereKeysAreUncontested() throws {
    let spots = [name, owner, row]
    var results: Set<String> = []
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let story = Story()
      for (clone, spot) in spots.enumerated() { try story.edit(clone, spot, "\(clone)/9") }
      for clone in order { try story.sync(clone) }
      try story.ends()
      let files = story.ledger.commit(story.ledger.hub).files
      results.insert(
        files.sorted { $0.key < $1.key }.map { $0.key + String(decoding: $0.value, as: UTF8.self) }.joined())
    }
    #expect(results.count == 1)
  }

  /// Who entered what the hub has is found through one sync after another, without end.
  @Test func aKeyInDisputeForLongIsMergedAllTheSame() throws {
    let story = Story(clones: 2)
    for round in 0..<60 {
      try story.edit(0, name, "a\(round % 3)").edit(1, name, "b\(round % 3)")
      try story.play(round.isMultiple(of: 2) ? .syncWithoutAnswer(clone: 0) : .sync(clone: 0))
      try story.sync(1)
    }
    try story.ends()
  }
}

import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// What of one line's changes remains, and what only puts an old value back.
@Suite struct CollapseTests {
  private let name = Spot.field("name")
  private let owner = Spot.field("owner")

  @Test func theLaterChangeOfALineReplacesTheEarlier() throws {
    let story = try Story().edit(1, name, "theirs").sync(1)
    try story.edit(0, name, "v1").edit(0, name, "v2").sync(0)
    #expect(story.value(name) == "theirs")
    #expect(story.held == ["name = v2 of P0"])
    try story.ends()
  }

  @Test func aChangeOfAnotherPersonOnTopReplacesTheEarlier() throws {
    let story = try Story().edit(0, name, "v1").play(.relay(clone: 1, from: 0, keepsOwn: true)).edit(1, name, "v2")
    try story.sync(1)
    #expect(story.value(name) == "v2")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func changesThatDoNotDescendFromEachOtherBothCount() throws {
    let story = try Story().edit(0, name, "v1").edit(1, name, "v2")
    try story.play(.relay(clone: 1, from: 0, keepsOwn: true)).sync(1)
    #expect(story.value(name) == "v1")
    #expect(story.held == ["name = v2 of P1"])
    try story.ends()
  }

  @Test func aMergeAmongTheUnsentOnlyTransports() throws {
    let story = try Story().edit(0, name, "v1").edit(1, owner, "coo")
    try story.play(.relay(clone: 1, from: 0, keepsOwn: true)).sync(1)
    #expect(story.value(name) == "v1")
    #expect(story.value(owner) == "coo")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func puttingBackWhatTheHubHadYieldsToItsNewerValue() throws {
    let story = try Story().edit(1, name, "theirs").sync(1)
    try story.edit(0, name, "v1").edit(0, name, "Win rate").sync(0)
    #expect(story.value(name) == "theirs")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func puttingBackWhatSomebodyElseChangedIsAChange() throws {
    let story = try Story().edit(2, name, "theirs").sync(2)
    try story.edit(0, name, "v1").play(.relay(clone: 1, from: 0, keepsOwn: true)).edit(1, name, "Win rate").sync(1)
    #expect(story.value(name) == "theirs")
    #expect(story.held == ["name = Win rate of P1"])
    try story.ends()
  }

  /// The line's changes had different forks: the first was made on an older value.
  @Test func puttingBackAcrossForksIsAChange() throws {
    let story = Story()
    try story.edit(0, name, "v1")
    try story.edit(1, name, "theirs").sync(1)
    try story.play(.pull(clone: 0, keepsOwn: true)).edit(0, name, "theirs")
    try story.edit(1, name, "newer").sync(1).sync(0)
    #expect(story.value(name) == "newer")
    #expect(story.held == ["name = theirs of P0"])
    try story.ends()
  }

  @Test func puttingBackWhatTheHubStillHasIsNothing() throws {
    let story = try Story().edit(0, name, "v1").edit(0, name, "Win rate").edit(0, owner, "coo").sync(0)
    #expect(story.value(name) == "Win rate")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func theRemovalOfAFileReplacesEarlierChangesInIt() throws {
    let file = Spot.file(Spot.other)
    let story = try Story().edit(0, .field("name", in: Spot.other), "v1").edit(0, file, nil).sync(0)
    #expect(story.value(file) == nil)
    #expect(story.held == [])
    try story.ends()
  }

  @Test func theRemovalOfAFileGivesWayToItsBeingMadeAgain() throws {
    let file = Spot.file(Spot.other)
    let story = try Story().edit(1, .field("owner", in: Spot.other), "coo").sync(1)
    try story.edit(0, file, nil).edit(0, file, "there").edit(0, .field("name", in: Spot.other), "v1").sync(0)
    #expect(story.value(.field("owner", in: Spot.other)) == "coo")
    #expect(story.value(.field("name", in: Spot.other)) == "v1")
    #expect(story.held == [])
    try story.ends()
  }
}

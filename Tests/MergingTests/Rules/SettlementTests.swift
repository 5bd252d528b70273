import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// Proposals and their settlement (DESIGN section 5, "Settling"), everybody having authority.
@Suite struct SettlementTests {
  private let name = Spot.field("name")

  /// P0's v0 is in force, P1's v1 is held, and all clones have both.
  private func dispute() throws -> Story {
    let story = try Story().edit(0, name, "v0").edit(1, name, "v1").sync(0, 1, 0, 2)
    #expect(story.held == ["name = v1 of P1"])
    return story
  }

  @Test func acceptingPutsTheValueInForceAndEndsTheProposal() throws {
    let story = try dispute().settle(0, .accept).sync(0)
    #expect(story.value(name) == "v1")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func rejectingEndsTheProposal() throws {
    let story = try dispute().settle(0, .reject).sync(0)
    #expect(story.value(name) == "v0")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func anotherValueEndsTheProposal() throws {
    let story = try dispute().settle(0, .other, value: "v2").sync(0)
    #expect(story.value(name) == "v2")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func withdrawingEndsTheProposal() throws {
    let story = try dispute().settle(1, .withdraw).sync(1)
    #expect(story.value(name) == "v0")
    #expect(story.held == [])
    try story.ends()
  }

  /// M2: the second settlement has nothing to settle any more, though the hub's value is the one that it saw.
  @Test func whatIsRejectedIsNotAcceptedAfterwards() throws {
    let story = try dispute().settle(0, .reject).settle(2, .accept).sync(0, 2)
    #expect(story.value(name) == "v0")
    #expect(story.held == ["name = v1 of P2"])
    try story.ends()
  }

  @Test func acceptingTwiceIsAcceptingOnce() throws {
    let story = try dispute().settle(0, .accept).settle(2, .accept).sync(0, 2)
    #expect(story.value(name) == "v1")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func acceptingAfterAnotherValueIsHeld() throws {
    let story = try dispute().settle(0, .other, value: "v2").settle(2, .accept).sync(0, 2)
    #expect(story.value(name) == "v2")
    #expect(story.held == ["name = v1 of P2"])
    try story.ends()
  }

  /// M4: a removal that a settlement decided is not undone by somebody who had not seen it, though M6 would keep the
  /// value.
  @Test func aSettledRemovalStands() throws {
    let decision = Spot.field("decision")
    let story = try Story().edit(0, decision, "v0").edit(1, decision, nil).edit(2, decision, "v2").sync(0, 1, 0)
    #expect(story.held == ["decision = nothing of P1"])
    try story.settle(0, .accept).sync(0)
    #expect(story.value(decision) == nil)
    try story.sync(2)
    #expect(story.value(decision) == nil)
    #expect(story.held == ["decision = v2 of P2"])
    try story.ends()
  }

  /// A settlement is one unit: its value is not in force, so its proposal stays, and is not held a second time.
  @Test func anAcceptanceThatIsOvertakenLeavesTheProposal() throws {
    let story = try dispute().edit(0, name, "v9").sync(0).settle(2, .accept).sync(2)
    #expect(story.value(name) == "v9")
    #expect(story.held == ["name = v1 of P1"])
    try story.ends()
  }

  @Test func aValueThatComesIntoForceEndsItsProposals() throws {
    let story = try dispute().edit(2, name, "v1").sync(2)
    #expect(story.value(name) == "v1")
    #expect(story.held == [])
    try story.ends()
  }

  @Test func twoProposalsOfOneValueStayTwo() throws {
    let story = try Story().edit(0, name, "v0").edit(1, name, "v1").edit(2, name, "v1").sync(0, 1, 2)
    #expect(story.held == ["name = v1 of P1", "name = v1 of P2"])
    try story.ends()
  }

  @Test func aLostAnswerMakesNoSecondProposal() throws {
    let story = try Story().edit(0, name, "v0").sync(0).edit(1, name, "v1").play(.syncWithoutAnswer(clone: 1))
    try story.edit(1, name, "v2").sync(1)
    #expect(story.value(name) == "v0")
    #expect(story.held == ["name = v1 of P1", "name = v2 of P1"])
    try story.ends()
  }

  /// Nothing but a merge makes or changes a proposal.
  @Test func whatIsWrittenByHandAmongTheProposalsHasNoEffect() throws {
    let history = MemoryHistory()
    let ana = PlayedLedger.author(0)
    let path = "proposals/goals.yaml/0123456789abcdef0123.yaml"
    let root = history.add(["goals.yaml": Array("a: 1\n".utf8)], parents: [], author: ana)
    let forged = history.add(
      ["goals.yaml": Array("a: 2\n".utf8), path: Array("file: goals.yaml\n".utf8)], parents: [root], author: ana)
    let outcome = try PlayedLedger.merge(history).outcome(hub: root, local: forged)
    #expect(outcome?.files.keys.sorted() == ["goals.yaml"])
  }

  @Test func manyHeldChangesOfOneCommitAreOneProposal() throws {
    let history = MemoryHistory()
    func rows(_ value: Int) -> [String: [UInt8]] {
      let lines = (0..<60).map { "\(2000 + $0),\(value)\n" }.joined()
      return ["departments/a/actuals/b.csv": Array(("period,value\n" + lines).utf8)]
    }
    let root = history.add(rows(1), parents: [], author: PlayedLedger.author(0))
    let hub = history.add(rows(2), parents: [root], author: PlayedLedger.author(0))
    let local = history.add(rows(3), parents: [root], author: PlayedLedger.author(1), message: "All restated\n")
    let outcome = try #require(try PlayedLedger.merge(history).outcome(hub: hub, local: local))
    #expect(outcome.held.count == 60)
    let files = outcome.files.filter { $0.key.hasPrefix("proposals/") }
    #expect(files.count == 1)
    guard case .bytes(let bytes)? = files.first?.value else { return }
    let proposal = try #require(ProposalText.read(bytes, id: "x"))
    #expect(proposal.changes.count == 60)
    #expect(proposal.changes.first?.key == "row 2000")
    #expect(proposal.reason == "All restated")
    #expect(proposal.because == .changedOnBothSides)
  }
}

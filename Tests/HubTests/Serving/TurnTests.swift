import Testing

@testable import Hub

/// Who goes when.
@Suite struct TurnTests {
  private func ticket(_ name: String, losses: Int = 0) -> Turns.Ticket {
    Turns.Ticket(person: "p", name: name, losses: losses)
  }

  @Test func thoseWhoSyncGoOneAfterAnother() async {
    let turns = Turns(span: .seconds(3600), patience: .seconds(3600), longest: 100)
    let crowd = Crowd()
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<20 {
        let own = ticket("\(number)")
        group.addTask { await crowd.sync(own, turns) }
      }
      for await isInTurn in group { #expect(isInTurn) }
    }
    #expect(await crowd.worst == 1)
  }

  /// How many are between fetch and push at once.
  private actor Crowd {
    private var busy = 0
    private(set) var worst = 0

    func sync(_ ticket: Turns.Ticket, _ turns: Turns) async -> Bool {
      await turns.begin(ticket)
      busy += 1
      worst = max(worst, busy)
      try? await Task.sleep(for: .milliseconds(2))
      let turn = await turns.push(ticket)
      busy -= 1
      await turns.end(turn, landed: true)
      return turn != nil
    }
  }

  @Test func whoHasATurnAndDoesNotComeLosesIt() async {
    let turns = Turns(span: .milliseconds(100), patience: .seconds(3600), longest: 100)
    let began = ContinuousClock.now
    await turns.begin(ticket("gone"))
    await turns.begin(ticket("next"))
    #expect(ContinuousClock.now - began >= .milliseconds(80))
  }

  @Test func aPushWithoutATurnWaitsUntilAnotherHasLanded() async {
    let turns = Turns(span: .seconds(3600), patience: .seconds(3600), longest: 100)
    await turns.begin(ticket("first"))
    let late = Task { await turns.push(nil) }
    try? await Task.sleep(for: .milliseconds(50))
    let turn = await turns.push(ticket("first"))
    await turns.end(turn, landed: true)
    // It goes on without a turn, to be told that it came too late.
    #expect(await late.value == nil)
    let alone = await turns.push(nil)
    #expect(alone != nil)
    let waiting = Task { await turns.push(nil) }
    try? await Task.sleep(for: .milliseconds(50))
    await turns.end(alone, landed: false)
    #expect(await waiting.value != nil)
  }

  @Test func nobodyWaitsForEver() async {
    let turns = Turns(span: .seconds(3600), patience: .milliseconds(50), longest: 1)
    await turns.begin(ticket("first"))
    #expect(await turns.push(nil) == nil)
    let waiting = Task { await turns.begin(ticket("second")) }
    try? await Task.sleep(for: .milliseconds(10))
    waiting.cancel()
    await waiting.value
  }

  @Test func freeSlotsGoRoundInOrder() async {
    let slots = Slots(1, waiting: 1)
    #expect(await slots.take(patience: .seconds(3600)))
    let next = Task { await slots.take(patience: .seconds(3600)) }
    try? await Task.sleep(for: .milliseconds(50))
    #expect(await slots.take(patience: .seconds(3600)) == false)
    await slots.giveBack()
    #expect(await next.value)
    #expect(await slots.take(patience: .milliseconds(20)) == false)
    await slots.giveBack()
    #expect(await slots.take(patience: .seconds(3600)))
  }
}

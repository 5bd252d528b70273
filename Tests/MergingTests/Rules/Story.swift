import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// A small history told step by step: clones 0, 1, 2 of people P0, P1, P2.
final class Story {
  let ledger: PlayedLedger

  init(clones: Int = 3) { ledger = PlayedLedger(clones: clones) }

  @discardableResult
  func edit(_ clone: Int, _ spot: Spot, _ value: String?) throws -> Story {
    try play(.edit(clone: clone, [(spot, value)]))
  }

  @discardableResult
  func sync(_ clones: Int...) throws -> Story {
    for clone in clones { try play(.sync(clone: clone)) }
    return self
  }

  @discardableResult
  func settle(_ clone: Int, _ how: Act.Settling, value: String = "", nth: Int = 0) throws -> Story {
    try play(.settle(clone: clone, nth: nth, how, value: value))
  }

  @discardableResult
  func play(_ acts: Act...) throws -> Story {
    for act in acts { try ledger.play(act) }
    return self
  }

  /// What is in force at the hub.
  func value(_ spot: Spot) -> String? { spot.value(in: ledger.commit(ledger.hub).files) }

  /// What waits at the hub, as `name = v1 of P0`, in the order of the texts.
  var held: [String] {
    Waiting.all(in: ledger.commit(ledger.hub).files).map {
      "\($0.key) = \($0.value ?? "nothing") of \($0.by.prefix(2))"
    }
    .sorted()
  }

  /// Everybody syncs; nothing may be lost, and all have the same.
  func ends(_ location: SourceLocation = #_sourceLocation) throws {
    try ledger.finish()
    #expect(ledger.record.violations == [], sourceLocation: location)
  }
}

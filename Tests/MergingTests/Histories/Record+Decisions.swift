import LedgerFiles
import LedgerModel

@testable import Merging

/// What a sync decided, where everybody has authority: later changes replace earlier ones of their line, nobody's
/// decision is undone unseen, and what only puts an old value back is no change.
extension Record {
  mutating func checkDecisions(
    _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) throws {
    let old = Set(proposals(hub).map(\.path))
    for proposal in proposals(sync) where !old.contains(proposal.path) {
      guard let spot = proposal.spot, let held = line.first(where: { $0.id.text == proposal.commit }) else { continue }
      for later in line where later.id != held.id {
        guard try ledger.history.isAncestor(held.id, of: later.id) else { continue }
        if entered(in: later, ledger).contains(where: { $0.spot == spot }) {
          violations.append("\(proposal) is held in \(sync.id.short) although \(later.id.short) replaced it")
        }
      }
      if !proposal.hasComment, try onlyPutsBack(held, spot, ledger, hub, line) {
        violations.append("\(proposal) is held in \(sync.id.short) although it only puts back")
      }
    }
    for spot in Spot.all where spot.kind != .file {
      try checkDecision(spot, ledger, sync, hub, line)
    }
  }

  private mutating func checkDecision(
    _ spot: Spot, _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit,
    _ line: [PlayedLedger.Commit]
  ) throws {
    let now = value(spot, sync)
    guard now != value(spot, hub), hub.files[spot.file] != nil, sync.files[spot.file] != nil else { return }
    var authors: [PlayedLedger.Commit] = []
    for commit in line where entered(in: commit, ledger).contains(where: { $0.spot == spot && $0.value == now }) {
      authors.append(commit)
    }
    guard !authors.isEmpty else { return }
    if try authors.allSatisfy({ try onlyPutsBack($0, spot, ledger, hub, line) }) {
      violations.append("\(spot): the old value \(now ?? "nothing") is back in \(sync.id.short)")
    }
    guard let source = sources[spot] ?? nil, source != ContentID("00000000") else { return }
    let isSettlement = !settled(in: ledger.commit(source), ledger).filter { $0.spot == spot }.isEmpty
    let isUnseen = try authors.allSatisfy { author in
      guard try !ledger.history.isAncestor(source, of: author.id) else { return false }
      guard let fork = try ledger.history.fork(of: author.id, hub: hub.id) else { return true }
      return value(spot, ledger.commit(fork)) != value(spot, hub)
    }
    if isSettlement && isUnseen {
      violations.append("\(spot) in \(sync.id.short) overrides a settlement that nobody had seen")
    }
  }

  /// Whether a commit's change has the value that the hub had when the line left it, while the hub has a newer one
  /// that its author had not seen, and nobody else changed it in between.
  private mutating func onlyPutsBack(
    _ commit: PlayedLedger.Commit, _ spot: Spot, _ ledger: PlayedLedger, _ hub: PlayedLedger.Commit,
    _ line: [PlayedLedger.Commit]
  ) throws -> Bool {
    let now = value(spot, commit)
    guard now != value(spot, hub), spot.kind != .file, let source = sources[spot] ?? nil,
      try !ledger.history.isAncestor(source, of: commit.id)
    else { return false }
    for earlier in line where try ledger.history.isAncestor(earlier.id, of: commit.id) {
      guard entered(in: earlier, ledger).contains(where: { $0.spot == spot }) || earlier.id == commit.id else {
        continue
      }
      guard let fork = try ledger.history.fork(of: earlier.id, hub: hub.id),
        value(spot, ledger.commit(fork)) == now, earlier.author == commit.author
      else { return false }
    }
    return true
  }

  /// The proposals that a commit deleted.
  private mutating func settled(in commit: PlayedLedger.Commit, _ ledger: PlayedLedger) -> [Waiting] {
    let left = Set(proposals(commit).map(\.path))
    var gone: [Waiting]?
    for parent in commit.parents.map(ledger.commit) {
      let missing = proposals(parent).filter { !left.contains($0.path) }
      gone = gone.map { $0.filter(missing.contains) } ?? missing
    }
    return gone ?? []
  }

  /// A settlement is one unit: a proposal ends when its settlement takes effect, or its value comes into force.
  mutating func checkSettlements(
    _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) {
    let left = Set(proposals(sync).map(\.path))
    for proposal in proposals(hub) {
      guard let spot = proposal.spot, spot.kind != .file else { continue }
      let now = value(spot, sync)
      let cameIntoForce = now == proposal.value && value(spot, hub) != now
      let settlers = line.filter { settled(in: $0, ledger).contains(proposal) }
      if left.contains(proposal.path) {
        if cameIntoForce && spot.key != "calculation" && !proposal.hasComment {
          violations.append("\(proposal) waits in \(sync.id.short) although it is in force")
        }
        continue
      }
      if settlers.isEmpty && !cameIntoForce && sync.files[spot.file] != nil && spot.key != "calculation" {
        violations.append("\(proposal) ended in \(sync.id.short) by nobody")
      }
    }
    checkLostSettlements(ledger, sync, hub, line)
  }

  /// Who settles what the hub has no more changes nothing by it.
  private mutating func checkLostSettlements(
    _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) {
    let atHub = Set(proposals(hub).map(\.path))
    for spot in Spot.all where spot.kind != .file && value(spot, sync) != value(spot, hub) {
      let now = value(spot, sync)
      var authors: [PlayedLedger.Commit] = []
      for commit in line where entered(in: commit, ledger).contains(where: { $0.spot == spot && $0.value == now }) {
        authors.append(commit)
      }
      let areLost = authors.map { author in
        let papers = settled(in: author, ledger).filter { $0.spot == spot }
        return !papers.isEmpty && !papers.contains { atHub.contains($0.path) }
      }
      if !areLost.isEmpty && areLost.allSatisfy({ $0 }) {
        violations.append("\(spot) in \(sync.id.short) is settled a second time")
      }
    }
  }

  /// Remembers in which commits the values now in force were entered.
  mutating func noteSources(
    _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) {
    for spot in Spot.all {
      if sources[spot] == nil { sources[spot] = ContentID("00000000") }
      let now = value(spot, sync)
      guard now != value(spot, hub) else { continue }
      var found: [ContentID] = []
      for commit in line where entered(in: commit, ledger).contains(where: { $0.spot == spot && $0.value == now }) {
        found.append(commit.id)
      }
      sources[spot] = .some(found.count == 1 ? found[0] : nil)
    }
  }
}

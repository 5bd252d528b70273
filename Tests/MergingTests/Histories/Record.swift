import LedgerFiles
import LedgerModel

@testable import Merging

/// An own record of who entered what, against which each sync is checked: it shares no code with the merge but the
/// reading of YAML.
struct Record {
  /// A value as it was entered.
  struct Entry: Hashable, CustomStringConvertible {
    let commit: ContentID
    let spot: Spot
    let value: String?

    var description: String { "\(spot) = \(value ?? "nothing") of \(commit.short)" }
  }

  var violations: [String] = []
  /// What was entered and has reached the hub, and is in force or held there.
  private var alive: Set<Entry> = []
  private var dead: Set<String> = []
  /// In which commit the hub's value was entered; nil where several entered the same.
  var sources: [Spot: ContentID?] = [:]
  private var entries: [ContentID: [Entry]] = [:]
  private var values: [ContentID: [Spot: String]] = [:]
  private var waiting: [ContentID: [Waiting]] = [:]

  // MARK: Looking

  mutating func value(_ spot: Spot, _ commit: PlayedLedger.Commit) -> String? {
    if values[commit.id] == nil {
      var read: [Spot: String] = [:]
      for spot in Spot.all { read[spot] = spot.value(in: commit.files) }
      values[commit.id] = read
    }
    return values[commit.id]?[spot]
  }

  mutating func proposals(_ commit: PlayedLedger.Commit) -> [Waiting] {
    if let known = waiting[commit.id] { return known }
    let all = Waiting.all(in: commit.files)
    waiting[commit.id] = all
    return all
  }

  /// The values that a commit entered: those in which it differs from each parent.
  mutating func entered(in commit: PlayedLedger.Commit, _ ledger: PlayedLedger) -> [Entry] {
    if let known = entries[commit.id] { return known }
    let parents = commit.parents.map(ledger.commit)
    var found: [Entry] = []
    for spot in Spot.all {
      let now = value(spot, commit)
      var differs = !parents.isEmpty
      for parent in parents where value(spot, parent) == now { differs = false }
      guard differs else { continue }
      // Removing a file is one change, not one of each value in it.
      if commit.files[spot.file] == nil, spot.kind != .file { continue }
      // A note goes with its row.
      if case .note(let period) = spot.kind, now == nil, Rows(commit.files[spot.file] ?? []).rows[period] == nil {
        continue
      }
      if spot.kind == .file && now != nil { continue }
      found.append(Entry(commit: commit.id, spot: spot, value: now))
    }
    entries[commit.id] = found
    return found
  }

  private mutating func isThere(_ entry: Entry, _ commit: PlayedLedger.Commit) -> Bool {
    if value(entry.spot, commit) == entry.value { return true }
    return proposals(commit).contains {
      $0.file == entry.spot.file && $0.key == entry.spot.key && $0.value == entry.value
    }
  }

  private mutating func isKept(_ entry: Entry, _ commit: PlayedLedger.Commit) -> Bool {
    if value(entry.spot, commit) == entry.value { return true }
    return proposals(commit).contains {
      $0.commit == entry.commit.text && $0.file == entry.spot.file && $0.key == entry.spot.key
    }
  }

  // MARK: Checking

  mutating func check(_ ledger: PlayedLedger, sync id: ContentID, _ outcome: MergeOutcome) throws {
    let sync = ledger.commit(id)
    let hub = ledger.commit(sync.parents[0])
    let line = try ledger.history.unsent(hub: hub.id, local: sync.parents[1]).map { ledger.commit($0.id) }
    checkTexts(sync)
    try checkNothingIsLost(ledger, sync, hub, line)
    checkAttribution(ledger, sync, hub, line)
    checkProposals(sync, hub, line)
    try checkDecisions(ledger, sync, hub, line)
    checkSettlements(ledger, sync, hub, line)
    noteSources(ledger, sync, hub, line)
  }

  private mutating func checkTexts(_ sync: PlayedLedger.Commit) {
    for (path, bytes) in sync.files {
      if path.hasSuffix(".yaml"), !YAMLDocument(parsing: bytes).findings.isEmpty {
        violations.append("\(path) of \(sync.id.short) does not parse")
      }
      if path.hasSuffix(".csv"), !CSVTable(parsing: bytes).faults.isEmpty {
        violations.append("\(path) of \(sync.id.short) is no table")
      }
      for comment in ["# The share of offers", "# as the board", "# Plans", "# The warehouse"]
      where path == Spot.definition && !String(decoding: bytes, as: UTF8.self).contains(comment) {
        lostComment(comment, sync)
      }
    }
  }

  /// A comment may go with the field that it belongs to, no other way.
  private mutating func lostComment(_ comment: String, _ sync: PlayedLedger.Commit) {
    let document = YAMLDocument(parsing: sync.files[Spot.definition] ?? [])
    let holder = ["# as the board": "name", "# Plans": "targets", "# The warehouse": "affects"][comment]
    guard let holder else {
      violations.append("comment \(comment) is lost in \(sync.id.short)")
      return
    }
    if holder == "name", document.entry(at: ["name"]) != nil, value(Spot.field("name"), sync) == "Win rate" {
      violations.append("comment \(comment) is lost in \(sync.id.short)")
    }
  }

  /// Each value entered is in force, or held in its author's name, or replaced by a later commit of somebody who had it.
  private mutating func checkNothingIsLost(
    _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) throws {
    var all = alive
    for commit in line { all.formUnion(entered(in: commit, ledger)) }
    alive = []
    for entry in all {
      if isKept(entry, sync) {
        alive.insert(entry)
      } else if try !isReplaced(entry, ledger, hub, line), try !isPutBack(entry, ledger, hub, line) {
        // Somebody else may have entered the same.
        if isThere(entry, sync) {
          alive.insert(entry)
          continue
        }
        violations.append("\(entry) is lost in \(sync.id.short)")
      }
    }
  }

  private mutating func isReplaced(
    _ entry: Entry, _ ledger: PlayedLedger, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) throws -> Bool {
    for later in line where later.id != entry.commit {
      if try ledger.history.isAncestor(later.id, of: entry.commit) { continue }
      guard touches(entry, later, ledger) else { continue }
      if try ledger.history.isAncestor(entry.commit, of: later.id) { return true }
      for id in try seen(by: later, ledger) where isThere(entry, ledger.commit(id)) { return true }
    }
    return false
  }

  /// The commits whose files somebody had before a commit of theirs.
  private func seen(by commit: PlayedLedger.Commit, _ ledger: PlayedLedger) throws -> [ContentID] {
    try ledger.commits.keys.filter { try $0 != commit.id && ledger.history.isAncestor($0, of: commit.id) }
  }

  private mutating func touches(_ entry: Entry, _ commit: PlayedLedger.Commit, _ ledger: PlayedLedger) -> Bool {
    let parents = commit.parents.map(ledger.commit)
    if entered(in: commit, ledger).contains(where: { $0.spot == entry.spot && $0.value != entry.value }) { return true }
    // The file removed or made again, or the row of a note removed.
    if parents.allSatisfy({ ($0.files[entry.spot.file] == nil) != (commit.files[entry.spot.file] == nil) }) {
      return true
    }
    if case .note(let period) = entry.spot.kind, Rows(commit.files[entry.spot.file] ?? []).rows[period] == nil {
      return true
    }
    let left = Set(proposals(commit).map(\.path))
    for parent in parents {
      for proposal in proposals(parent)
      where !left.contains(proposal.path) && proposal.key == entry.spot.key && proposal.file == entry.spot.file {
        return true
      }
    }
    return false
  }

  /// A value that only puts back what the hub had when the line left it gives way to the hub's newer one.
  private mutating func isPutBack(
    _ entry: Entry, _ ledger: PlayedLedger, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) throws -> Bool {
    guard let fork = try ledger.history.fork(of: entry.commit, hub: hub.id), entry.spot.kind != .file else {
      return false
    }
    guard value(entry.spot, ledger.commit(fork)) == entry.value, value(entry.spot, hub) != entry.value else {
      return false
    }
    for earlier in line where earlier.id != entry.commit {
      guard try ledger.history.isAncestor(earlier.id, of: entry.commit),
        earlier.author != ledger.commit(entry.commit).author
      else { continue }
      if entered(in: earlier, ledger).contains(where: { $0.spot == entry.spot }) { return false }
    }
    return true
  }

  /// What a sync puts in force was the hub's, or was entered by a commit that it brings.
  private mutating func checkAttribution(
    _ ledger: PlayedLedger, _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) {
    for spot in Spot.all {
      let now = value(spot, sync)
      if now == value(spot, hub) { continue }
      var isSomebodys = false
      for commit in line {
        let parents = commit.parents.map(ledger.commit)
        let differs = parents.allSatisfy { $0.files[spot.file] != commit.files[spot.file] }
        if differs, value(spot, commit) == now { isSomebodys = true }
      }
      if !isSomebodys { violations.append("\(spot) = \(now ?? "nothing") in \(sync.id.short) is nobody's") }
    }
  }

  /// A proposal is of a commit that the sync brings, or of the hub's value that gave way; what has ended does not come
  /// back.
  private mutating func checkProposals(
    _ sync: PlayedLedger.Commit, _ hub: PlayedLedger.Commit, _ line: [PlayedLedger.Commit]
  ) {
    let before = Set(proposals(hub).map(\.path))
    let after = proposals(sync)
    for path in before.subtracting(after.map(\.path)) { dead.insert(path) }
    for proposal in after where !before.contains(proposal.path) {
      if dead.contains(proposal.path) { violations.append("\(proposal) is back in \(sync.id.short)") }
      let isBrought = line.contains { $0.id.text == proposal.commit }
      if !isBrought, let spot = proposal.spot, value(spot, hub) != proposal.value, spot.kind != .file {
        violations.append("\(proposal) in \(sync.id.short) is of no commit that it brings")
      }
      // Of these a comment may be what is held.
      let mayBeComment = ["calculation", "name", "affects.supply/stock"].contains(proposal.key)
      if let spot = proposal.spot, !mayBeComment, value(spot, sync) == proposal.value {
        violations.append("\(proposal) is held in \(sync.id.short) although it is in force")
      }
    }
  }
}

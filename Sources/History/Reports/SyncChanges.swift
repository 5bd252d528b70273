import Git
import LedgerFiles
import LedgerModel

/// What one commit of the main line changed, put together from an audit's entries.
///
/// A KPI that moved is one KPI: its keys are compared across the move, and that its files went and came is no change of
/// them. What the removal of a KPI took along is no change either.
struct SyncChanges: Sendable {
  /// A KPI that got another id.
  struct Move: Sendable {
    let from: KPIID
    let to: KPIID
    let entry: AuditEntry
  }

  /// The commit of the main line; of what waits in a clone, where it was entered.
  let commit: ObjectID
  /// The keys that are others than before, in the order of the entries.
  private(set) var changes: [KeyChange]
  private(set) var moves: [Move] = []
  /// The files that came.
  let newFiles: Set<String>
  /// The files that went.
  let goneFiles: Set<String>

  /// The commits of the main line that some entries are of, in the order of the entries: newest first.
  static func all(of entries: [AuditEntry]) -> [SyncChanges] {
    var found: [SyncChanges] = []
    var start = 0
    while start < entries.count {
      let commit = entries[start].lineCommit
      let end = entries[start...].firstIndex { $0.lineCommit != commit } ?? entries.count
      found.append(SyncChanges(commit, entries[start..<end]))
      start = end
    }
    return found
  }

  private init(_ commit: ObjectID, _ entries: ArraySlice<AuditEntry>) {
    self.commit = commit
    let all = Self.folded(entries)
    let files = all.filter { $0.key == .file }
    newFiles = Set(files.filter { $0.from == nil }.map(\.file))
    goneFiles = Set(files.filter { $0.to == nil }.map(\.file))
    changes = all
    findMoves()
    let left = goneFiles.intersection(moves.flatMap { [$0.from.definitionPath, $0.from.actualsPath] })
    changes = changes.filter { change in
      guard !left.contains(change.file), change.from != change.to else { return false }
      return change.key == .file || change.to != nil || !isGone(change.file)
    }
  }

  /// The id that a KPI had before this commit.
  func formerID(of id: KPIID) -> KPIID { moves.first { $0.to == id }?.from ?? id }

  /// Whether a KPI's definition came with this commit, and the KPI was not there by another name.
  func isNew(_ id: KPIID) -> Bool {
    newFiles.contains(id.definitionPath) && !moves.contains { $0.to == id }
  }

  /// Whether a file went because what it belongs to did.
  private func isGone(_ file: String) -> Bool {
    guard case .actuals(let id) = LedgerPath(file) else { return goneFiles.contains(file) }
    return goneFiles.contains(id.definitionPath)
  }

  /// What stands first of a key is what came into force; what stands last is what the line had.
  private static func folded(_ entries: ArraySlice<AuditEntry>) -> [KeyChange] {
    var places: [Place: Int] = [:]
    var changes: [KeyChange] = []
    for entry in entries {
      let place = Place(file: entry.file, key: entry.key)
      if let known = places[place] {
        changes[known].from = entry.from
      } else {
        places[place] = changes.count
        changes.append(KeyChange(file: entry.file, key: entry.key, from: entry.from, to: entry.to, entry: entry))
      }
    }
    return changes
  }

  private struct Place: Hashable {
    let file: String
    let key: Key
  }

  // MARK: Moves

  private mutating func findMoves() {
    for change in changes {
      guard case .definition(let id) = LedgerPath(change.file), newFiles.contains(change.file), change.to != nil,
        let former = change.key.rest(of: "was has ").flatMap({ KPIID($0) }), goneFiles.contains(former.definitionPath)
      else { continue }
      moves.append(Move(from: former, to: id, entry: change.entry))
    }
    for move in moves {
      join(move.from.definitionPath, move.to.definitionPath)
      join(move.from.actualsPath, move.to.actualsPath)
    }
  }

  /// Takes the keys that one file lost and another got for the same.
  private mutating func join(_ old: String, _ new: String) {
    guard goneFiles.contains(old) else { return }
    var lost: [Key: Int] = [:]
    for (place, change) in changes.enumerated() where change.file == old { lost[change.key] = place }
    for place in changes.indices where changes[place].file == new {
      if let other = lost.removeValue(forKey: changes[place].key) { changes[place].from = changes[other].from }
    }
    // What did not come along was taken away.
    for place in lost.values where changes[place].key != .file {
      var change = changes[place]
      change.file = new
      changes.append(change)
    }
  }
}

extension AuditEntry {
  /// The commit of the main line that it is of; as long as it waits, where it was entered.
  var lineCommit: ObjectID { sync ?? commit }
}

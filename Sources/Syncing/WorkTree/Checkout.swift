import Git

/// Moves the work tree, its index and the branch from one commit to another, and never over somebody's edits: a file
/// that is neither as the old commit nor as the new one has it stays as it is, and the commit it was edited from is
/// noted.
struct Checkout {
  let clone: LedgerClone
  /// Seconds since 1970.
  let now: Int64

  /// Does what a journal says that an earlier process left half done.
  /// - Returns: whether there was anything to finish.
  @discardableResult
  func finishInterrupted() throws -> Bool {
    try WorkTree(clone.repository).removeAbandonedLock()
    guard let journal = Journal.pending(in: clone) else { return false }
    Journal.removeStaleLocks(in: clone)
    try carryOut(journal)
    return true
  }

  /// Moves to a commit.
  /// - Parameters:
  ///   - committed: edited files whose content is in a commit already, and that content: they may be replaced.
  ///   - isReceiving: whether others' changes come with it.
  /// - Returns: the files that were left alone because they are being edited.
  @discardableResult
  func move(to target: ObjectID, committed: [String: ObjectID] = [:], isReceiving: Bool) throws -> [String] {
    let from = try clone.tip()
    guard from != target || !committed.isEmpty else { return [] }
    let journal = Journal(from: from, to: target, committed: committed, isReceiving: isReceiving)
    try journal.write(in: clone)
    return try carryOut(journal)
  }

  @discardableResult
  private func carryOut(_ journal: Journal) throws -> [String] {
    let changes = try changes(journal)
    let kept = try WorkTree(clone.repository).update(changes)
    try note(kept, changes, journal)
    let current = try clone.tip()
    if current != journal.to {
      try clone.repository.updateReference(
        LedgerClone.branch, to: journal.to, from: current,
        message: journal.isReceiving ? "kpi: received from the hub" : "kpi: committed")
    }
    Journal.remove(in: clone)
    return kept
  }

  /// What the move changes, in path order; of a committed edit, the old side is that edit.
  private func changes(_ journal: Journal) throws -> [TreeChange] {
    let objects = clone.repository.objects
    let target = try objects.commit(journal.to).tree
    let old = try journal.from.map { try objects.commit($0).tree }
    var changes = Dictionary(
      try TreeDiff.between(old, target, in: objects).map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    for (path, content) in journal.committed {
      let new = try objects.entry(at: path, in: target)
      changes[path] = TreeChange(path: path, old: TreeEntry(id: content), new: new)
    }
    return changes.values.sorted { $0.path < $1.path }
  }

  private func note(_ kept: [String], _ changes: [TreeChange], _ journal: Journal) throws {
    var edits = EditedFrom(clone)
    for path in journal.committed.keys { edits[path] = nil }
    for path in kept where edits[path] == nil { edits[path] = journal.from }
    try edits.write()
    guard journal.isReceiving, let from = journal.from else { return }
    var replaced = Replaced(clone)
    for change in changes where !kept.contains(change.path) && journal.committed[change.path] == nil {
      guard let content = change.old?.id else { continue }
      replaced.note(change.path, Replaced.Version(content: content, commit: from, at: now))
    }
    try replaced.write(now: now)
  }
}

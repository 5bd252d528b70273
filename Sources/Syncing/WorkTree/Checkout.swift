import Git

/// Moves the work tree from one commit to another and never over somebody's edits: a file that is neither as the old
/// commit nor as the new one has it stays as it is, and the commit it was edited from is noted.
struct Checkout {
  let clone: LedgerClone
  let now: Int64

  /// Does what a journal says that an earlier process left half done.
  /// - Returns: whether there was anything to finish.
  func finishInterrupted() throws -> Bool {
    guard let journal = Journal.pending(in: clone) else { return false }
    try clone.repository.removeStaleLocks()
    try carryOut(journal, committed: [:])
    return true
  }

  /// Moves files, index and branch to a commit.
  /// - Parameter committed: edited files whose content is in a commit already, so that they may be replaced.
  /// - Returns: the files that changed, and those that were left alone because they are being edited.
  @discardableResult
  func move(to target: ObjectID, committed: [String: ObjectID] = [:]) throws -> (changed: [String], kept: [String]) {
    let from = try clone.tip()
    guard from != target || !committed.isEmpty else { return ([], []) }
    let journal = Journal(from: from, to: target)
    try journal.write(in: clone)
    return try carryOut(journal, committed: committed)
  }

  @discardableResult
  private func carryOut(_ journal: Journal, committed: [String: ObjectID]) throws -> (changed: [String], kept: [String]) {
    let objects = clone.repository.objects
    let old = try journal.from.map { try objects.commit($0).tree }
    let changes = try TreeDiff.between(old, objects.commit(journal.to).tree, in: objects)
    var edits = EditedFrom(clone)
    var replaced = Replaced(clone)
    var entries: [String: TreeEntry?] = [:]
    var kept: [String] = []
    for change in changes + settledEdits(committed, changes, in: journal.to) {
      entries[change.path] = .some(change.new)
      let present = try WorkFiles.content(change.path, in: clone)
      if present == change.new?.id { continue }
      if present == change.old?.id || present.map({ committed[change.path] == $0 }) ?? false {
        try WorkFiles.put(change.new, at: change.path, in: clone)
        if let content = change.old?.id, let commit = journal.from {
          replaced.note(change.path, Replaced.Version(content: content, commit: commit, at: now))
        }
      } else {
        kept.append(change.path)
        if edits[change.path] == nil { edits[change.path] = journal.from }
      }
    }
    for path in committed.keys where !kept.contains(path) { edits[path] = nil }
    try edits.write()
    try replaced.write(now: now)
    try WorkFiles.index(entries, kept: Set(kept), in: clone)
    try moveBranch(journal)
    Journal.remove(in: clone)
    return (changes.map(\.path).filter { !kept.contains($0) }, kept)
  }

  /// Edits that were committed elsewhere than on the branch, in files that the move itself does not change.
  private func settledEdits(_ committed: [String: ObjectID], _ changes: [TreeChange], in target: ObjectID)
    -> [TreeChange]
  {
    let moved = Set(changes.map(\.path))
    let objects = clone.repository.objects
    return committed.keys.filter { !moved.contains($0) }.sorted().compactMap { path in
      guard let tree = try? objects.commit(target).tree else { return nil }
      let entry = try? objects.entry(at: path, in: tree)
      return TreeChange(path: path, old: entry ?? nil, new: entry ?? nil)
    }
  }

  private func moveBranch(_ journal: Journal) throws {
    let current = try clone.tip()
    guard current != journal.to else { return }
    try clone.repository.updateReference(
      LedgerClone.branch, to: journal.to, from: current, message: "kpi sync: moved to what the hub has")
  }
}

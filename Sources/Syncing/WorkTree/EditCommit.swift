import Git
import LedgerModel

/// Commits edits: those of the branch's tip on it, those of an older commit on that commit, with a merge that only
/// carries them along.
struct EditCommit {
  let clone: LedgerClone
  let author: Author
  let now: GitTime

  /// A commit of edits made on the branch's tip; the branch moves to it unless it is a rehearsal.
  func commitOnTip(_ edits: [WorkEdits.Edit], message: String?, moving: Bool) throws -> ObjectID? {
    guard let tip = try clone.tip() else { return nil }
    let own = edits.filter { $0.base == nil || $0.base == tip }
    guard !own.isEmpty else { return tip }
    let (commit, tree) = try commit(own, on: tip, message: message)
    guard moving, commit != tip else { return commit }
    let objects = clone.repository.objects
    var entries: [String: TreeEntry?] = [:]
    for edit in own { entries[edit.path] = .some(try objects.entry(at: edit.path, in: tree)) }
    try clone.repository.updateReference(LedgerClone.branch, to: commit, from: tip, message: "kpi: committed edits")
    try WorkFiles.index(entries, kept: [], in: clone)
    return commit
  }

  /// The first commit of a ledger that has none.
  func first(_ edits: [WorkEdits.Edit], message: String) throws -> ObjectID {
    let objects = clone.repository.objects
    var entries: [String: TreeEntry?] = [:]
    for edit in edits {
      entries[edit.path] = .some(try edit.bytes.map { TreeEntry(id: try objects.writeBlob($0)) })
    }
    let tree = try TreeWriter.write(base: nil, changes: entries, to: objects)
    let commit = try objects.writeCommit(
      tree: tree, parents: [], author: signature, committer: signature, message: message)
    try clone.repository.updateReference(LedgerClone.branch, to: commit, from: nil, message: "kpi: first commit")
    try WorkFiles.index(entries, kept: [], in: clone)
    return commit
  }

  /// The tip with edits of older commits carried along, and the contents that are thereby committed.
  func carryOlder(_ edits: [WorkEdits.Edit], onto tip: ObjectID, message: String?) throws
    -> (tip: ObjectID, committed: [String: ObjectID])
  {
    var tip = tip
    var committed: [String: ObjectID] = [:]
    let older = Dictionary(grouping: edits.filter { $0.base != nil && $0.base != tip }) { $0.base }
    for (base, edits) in older.sorted(by: { ($0.key?.description ?? "") < ($1.key?.description ?? "") }) {
      guard let base else { continue }
      let (side, tree) = try commit(edits, on: base, message: message)
      for edit in edits {
        committed[edit.path] = try clone.repository.objects.entry(at: edit.path, in: tree)?.id ?? .zero
      }
      guard side != base else { continue }
      tip = try clone.repository.objects.writeCommit(
        tree: clone.repository.objects.commit(tip).tree, parents: [tip, side], author: signature,
        committer: signature, message: "Carry along what was edited from an older state\n")
    }
    return (tip, committed)
  }

  private func commit(_ edits: [WorkEdits.Edit], on parent: ObjectID, message: String?) throws
    -> (commit: ObjectID, tree: ObjectID)
  {
    let objects = clone.repository.objects
    let base = try objects.commit(parent).tree
    let changes = try edits.map { edit in
      (edit.path, try edit.bytes.map { TreeEntry(id: try objects.writeBlob($0)) })
    }
    let tree = try TreeWriter.write(
      base: base, changes: Dictionary(changes, uniquingKeysWith: { $1 }), to: objects)
    guard tree != base else { return (parent, tree) }
    let commit = try objects.writeCommit(
      tree: tree, parents: [parent], author: signature, committer: signature,
      message: message ?? EditSummary.text(edits.map(\.path)))
    return (commit, tree)
  }

  private var signature: Signature { Signature(name: author.name, email: author.email, time: now) }
}

/// The message of a commit that nobody wrote one for.
enum EditSummary {
  /// As `Edit sales/win-rate (actuals), sales/new-orders`.
  static func text(_ paths: [String]) -> String {
    var names: [String] = []
    for path in paths.sorted() {
      let name: String =
        switch LedgerPath(path) {
        case .definition(let id): id.description
        case .actuals(let id): "\(id) (actuals)"
        default: path
        }
      if !names.contains(name) { names.append(name) }
    }
    let shown = names.prefix(3).joined(separator: ", ")
    return "Edit " + shown + (names.count > 3 ? " and \(names.count - 3) more" : "") + "\n"
  }
}

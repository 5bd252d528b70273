import Git
import LedgerFiles
import LedgerModel
import Merging

/// What was edited in the work tree and is to be committed.
struct WorkEdits {
  /// An edited file of the layout.
  struct Edit: Hashable {
    let path: String
    /// Its bytes as they are to be committed; nil where it was deleted.
    let bytes: [UInt8]?
    /// The content that the work tree has; nil where it was deleted.
    let present: ObjectID?
    /// The commit it was edited from; nil stands for the branch's tip.
    var base: ObjectID?
  }

  var edits: [Edit] = []
  /// Files that fail the check, with what is wrong.
  var leftOut: [String: [Finding]] = [:]
  /// Files outside the layout.
  var others: [String] = []
  var putsBack: [PutBack] = []
}

/// What is to be done with an edit that would put back values which somebody else has replaced.
public enum PutBackAnswer: Sendable {
  /// The newer values stand; what else was edited is taken.
  case keepNewer
  /// The older values are meant.
  case putBack
  /// The file stays uncommitted.
  case leave
}

/// Looks through the work tree for what was edited since the last commit.
struct EditCollector {
  let clone: LedgerClone
  let answer: (_ file: String, _ values: [PutBack]) -> PutBackAnswer

  func collect() throws -> WorkEdits {
    var found = WorkEdits()
    guard let tip = try clone.tip() else { return found }
    let tree = try clone.repository.objects.commit(tip).tree
    let files = try WorkFiles(clone)
    let bases = EditedFrom(clone)
    var candidates: [WorkEdits.Edit] = []
    for path in try files.edited(since: tree) {
      if FileName.isLock(path.split(separator: "/").last ?? "") { continue }
      guard LedgerPath(path).isInLayout else {
        found.others.append(path)
        continue
      }
      candidates.append(try files.edit(path, base: bases[path] == tip ? nil : bases[path]))
    }
    let wrong = EditCheck(clone: clone, tree: tree).newErrors(in: candidates)
    for edit in candidates {
      if let errors = wrong[edit.path] {
        found.leftOut[edit.path] = errors
      } else {
        try decide(edit, tree, &found)
      }
    }
    return found
  }

  private func decide(_ edit: WorkEdits.Edit, _ tree: ObjectID, _ found: inout WorkEdits) throws {
    let (values, commit) = try putsBack(edit, tree)
    guard !values.isEmpty else { return found.edits.append(edit) }
    switch answer(edit.path, values) {
    case .keepNewer:
      var older = edit
      older.base = commit
      found.edits.append(older)
    case .putBack: found.edits.append(edit)
    case .leave: found.putsBack += values
    }
  }

  /// The values of an edit that are as they were before a sync replaced them, and the commit that had them.
  private func putsBack(_ edit: WorkEdits.Edit, _ tree: ObjectID) throws -> (values: [PutBack], commit: ObjectID?) {
    let objects = clone.repository.objects
    guard edit.base == nil, let bytes = edit.bytes, let versions = Replaced(clone).versions[edit.path],
      let current = try objects.entry(at: edit.path, in: tree)
    else { return ([], nil) }
    let now = try objects.blob(current.id)
    for version in versions.reversed() {
      guard let old = try? objects.blob(version.content) else { continue }
      let values = KeyComparison.putBack(path: edit.path, edited: bytes, current: now, old: old).map {
        PutBack(file: edit.path, key: $0.key, old: $0.old, new: $0.current)
      }
      if !values.isEmpty { return (values, version.commit) }
    }
    return ([], nil)
  }
}

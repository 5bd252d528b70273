import Git
import LedgerFiles
import LedgerModel
import Merging

/// What was edited in the work tree and is to be committed.
struct WorkEdits {
  /// An edited file of the layout: its bytes as they are to be committed, nil where it was deleted.
  struct Edit: Hashable {
    let path: String
    let bytes: [UInt8]?
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
    let bases = EditedFrom(clone)
    var candidates: [WorkEdits.Edit] = []
    for path in try WorkFiles.edited(in: clone) {
      guard LedgerPath(path).isInLayout else {
        if !SpreadsheetLock.isOne(path) { found.others.append(path) }
        continue
      }
      candidates.append(WorkEdits.Edit(path: path, bytes: try WorkFiles.canonical(path, in: clone), base: bases[path]))
    }
    let findings = try WorkCheck(clone: clone, tree: tree).newErrors(in: candidates)
    for var edit in candidates {
      if let wrong = findings[edit.path], !wrong.isEmpty {
        found.leftOut[edit.path] = wrong
        continue
      }
      let puts = try putsBack(edit, tree)
      if !puts.values.isEmpty {
        switch answer(edit.path, puts.values) {
        case .keepNewer: edit.base = puts.commit
        case .putBack: break
        case .leave:
          found.putsBack += puts.values
          continue
        }
      }
      found.edits.append(edit)
    }
    return found
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

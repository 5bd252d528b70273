import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging

/// A commit of the main line that is no merge: what its committer may not change in it, as merging it by the rules shows.
struct PlainCommit {
  let commit: Commit
  let first: Commit
  let history: GitHistory

  /// Why the commit may not come in by itself.
  /// - Parameters:
  ///   - changes: the paths in which its tree differs from its parent's
  ///   - isValid: whether nothing else was found wrong with its files; then what breaks a rule elsewhere is named here
  func refusals(of changes: [TreeChange], isValid: Bool) throws -> [Refusal] {
    let committer = Author(name: commit.committer.name, email: commit.committer.email)
    let outcome = try LedgerMerge.of(history)
      .outcome(hub: ContentID(first.id), local: ContentID(commit.id), bringer: committer)
    let held = (outcome?.held ?? []).filter { isValid || $0.because != .doesNotValidate }
    let ended = Set(outcome?.ended ?? [])
    let papers = changes.filter { $0.path.hasPrefix("proposals/") && !($0.new == nil && ended.contains($0.path)) }
    let refusals = held.map { .held($0, by: committer) } + papers.map { Refusal.handmadeProposal($0.path) }
    guard refusals.isEmpty, isValid, let outcome else { return refusals }
    return try isAsMerged(outcome, changes) ? [] : others(outcome)
  }

  /// Whether what the rules make of the commit is what it says: then the tree need not be written to be compared. Folders
  /// are known to be as git writes them.
  private func isAsMerged(_ outcome: MergeOutcome, _ changes: [TreeChange]) throws -> Bool {
    guard outcome.files.count == changes.count else { return false }
    return try changes.allSatisfy { change in
      switch outcome.files[change.path] {
      case .content(let id): try change.new == TreeEntry(id: ObjectID(id))
      case .bytes(let bytes):
        try change.new == TreeEntry(id: bytes.withUnsafeBytes { try ObjectDatabase.id(of: .blob, $0) })
      case .removed: change.new == nil
      case nil: false
      }
    }
  }

  /// What the rules make of the commit otherwise than it says, in whatever they did not hold. A commit that merges to
  /// something else than itself has something in it that nobody decided.
  private func others(_ outcome: MergeOutcome) throws -> [Refusal] {
    let right = try TreeEdits.write(outcome.files, onto: first.tree, to: history.objects)
    guard right != commit.tree else { return [] }
    let differing = try TreeDiff.between(right, commit.tree, in: history.objects)
    return differing.isEmpty ? [.otherThanMerged(commit, nil)] : differing.map { .otherThanMerged(commit, $0.path) }
  }
}

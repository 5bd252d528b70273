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
    return held.map { .held($0, by: committer) } + papers.map { .handmadeProposal($0.path) }
  }
}

import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Holds changed files against the check: errors that the first parent's file had not.
///
/// The same check as `kpi check` and `kpi sync` make. It reads the changed files, and of others those that these
/// refer to.
struct ContentRules {
  let history: GitHistory

  /// The new errors of a change.
  /// - Parameters:
  ///   - changes: the paths in which the two trees differ
  ///   - tree: the new tree
  ///   - before: the first parent's tree; nil where there is none
  func refusals(of changes: [TreeChange], in tree: ObjectID, before: ObjectID?) -> [Refusal] {
    let after = view(tree)
    let known = Set(changes.filter { $0.old != nil }.map(\.path))
    let errors = LedgerCheck.findings(for: changes.map(\.path), in: after, known: known)
      .filter { $0.severity == .error }
    guard !errors.isEmpty else { return [] }
    guard let before else { return errors.map { Refusal($0) } }
    let old = LedgerCheck.findings(for: Set(errors.map(\.file)), in: view(before), known: known)
    return errors.subtracting(old).map { Refusal($0) }
  }

  private func view(_ tree: ObjectID) -> LedgerView {
    LedgerView(TreeSource(history.objects, tree: tree, remembering: history.decoded))
  }
}

import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Holds changed files against the check: errors that the first parent's file had not.
///
/// The same check as `kpi check` and `kpi sync` make. It reads the changed files, and of others those that these
/// refer to.
struct ContentRules {
  let objects: ObjectDatabase

  /// The new errors of a change.
  /// - Parameters:
  ///   - changes: the paths in which the two trees differ
  ///   - tree: the new tree
  ///   - before: the first parent's tree; nil where there is none
  func refusals(of changes: [TreeChange], in tree: ObjectID, before: ObjectID?) -> [Refusal] {
    let after = LedgerView(TreeSource(objects, tree: tree))
    let errors = LedgerCheck.findings(for: changes.map(\.path), in: after).filter { $0.severity == .error }
    guard !errors.isEmpty else { return [] }
    guard let before else { return errors.map { Refusal($0) } }
    let known = LedgerCheck.findings(
      for: Set(errors.map(\.file)), in: LedgerView(TreeSource(objects, tree: before)))
    return errors.subtracting(known).map { Refusal($0) }
  }
}

public import LedgerFiles
import LedgerModel
import Policy

/// The merge as a ledger's own rules have it: who may change what is read from the merge's first parent, and merged
/// files are checked.
public enum LedgerMerge {
  /// The rules over a history. The client and the hub use this, so that both come to the same tree.
  public static func of(_ history: any LedgerHistory) -> Merge { of(history, parts: .all) }

  /// The rules with only some of their parts: for proofs.
  package static func of(_ history: any LedgerHistory, parts: MergeParts) -> Merge {
    Merge(
      history: history, authority: { try LedgerAuthority.at($0, in: history) },
      check: LedgerMergeCheck(history: history), parts: parts)
  }
}

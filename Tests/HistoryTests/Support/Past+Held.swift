import Git
import LedgerModel

extension Past {
  static let proposal = "proposals/\(WinRate.definition)/0123456789abcdef.yaml"

  /// What a sync writes where it holds a change of the win rate's definition.
  static func proposal(
    _ key: String, _ proposed: String?, insteadOf: String = "24", comment: String? = nil, enteredIn commit: ObjectID
  ) -> String {
    let lines = [
      "file: \(WinRate.definition)", "key: \(key)", proposed.map { "proposed: \($0)" }, "instead_of: \(insteadOf)",
      comment.map { "comment: \($0)" }, "by: Ana Ruiz <ana@example.com>", "at: 2026-05-28T20:28:00Z",
      "commit: \(commit)", "because: changed-on-both-sides", "reason: Raise it",
    ]
    return lines.compactMap(\.self).map { $0 + "\n" }.joined()
  }

  /// A ledger in which 24 is the target, and Ana's change of it is held by Bo's sync.
  /// - Returns: where she entered it, and the sync
  func held(
    _ key: String = "targets.2026", _ proposed: String? = "27", insteadOf: String = "24", comment: String? = nil
  ) throws -> (entered: ObjectID, sync: ObjectID) {
    let first = try commit([WinRate.definition: WinRate.definition(target: "24")], on: [], by: Past.bo, "Define it")
    let local = try commit(
      [WinRate.definition: WinRate.definition(target: "27")], on: [first], by: Past.ana, "Raise it")
    let text = Self.proposal(key, proposed, insteadOf: insteadOf, comment: comment, enteredIn: local)
    return (local, try commit([Self.proposal: text], on: [first, local], by: Past.bo, "Sync"))
  }

  /// A commit that deletes the proposal, with the definition as it is then; nil leaves it.
  func decide(_ definition: String?, on tip: ObjectID, by author: Author) throws -> ObjectID {
    var files: [String: String?] = [Self.proposal: String?.none]
    if let definition { files[WinRate.definition] = definition }
    return try commit(files, on: [tip], by: author, "Decide")
  }
}

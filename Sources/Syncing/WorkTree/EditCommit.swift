import Git
import LedgerModel

/// Commits edits: those of the branch's tip on it, those of an older commit on that commit, with a merge that only
/// carries them along.
struct EditCommit {
  let clone: LedgerClone
  let author: Author
  let now: GitTime
  /// What signs the commits; nil leaves them unsigned.
  let signer: (([UInt8]) throws -> String)?

  private var objects: ObjectDatabase { clone.repository.objects }
  private var signature: Signature { Signature(name: author.name, email: author.email, time: now) }

  /// A commit of the edits that were made on the branch's tip; the branch moves to it unless it is a rehearsal.
  /// - Returns: the commit; the tip itself where there is nothing to commit.
  func commitOnTip(_ edits: [WorkEdits.Edit], message: String?, moving: Bool = true) throws -> ObjectID {
    let tip = try clone.tip()
    let own = edits.filter { $0.base == nil }
    let commit = try commit(own, on: tip, message: message)
    if moving {
      try Checkout(clone: clone, now: now.seconds).move(to: commit, committed: present(own), isReceiving: false)
    }
    return commit
  }

  /// The tip with the edits of older commits carried along, and the contents of the work tree that this commits.
  func carryOlder(_ edits: [WorkEdits.Edit], onto tip: ObjectID, message: String?) throws
    -> (tip: ObjectID, committed: [String: ObjectID])
  {
    let older = edits.filter { $0.base != nil }
    var carried = tip
    for (base, edits) in Dictionary(grouping: older, by: { $0.base ?? tip }).sorted(by: { $0.key < $1.key }) {
      let side = try commit(edits, on: base, message: message)
      guard side != base else { continue }
      carried = try objects.writeCommit(
        tree: objects.commit(tip).tree, parents: [carried, side], author: signature, committer: signature,
        message: "Carry along what was edited from an older state\n", signing: signer)
    }
    return (carried, present(older))
  }

  private func present(_ edits: [WorkEdits.Edit]) -> [String: ObjectID] {
    Dictionary(edits.compactMap { edit in edit.present.map { (edit.path, $0) } }, uniquingKeysWith: { $1 })
  }

  private func commit(_ edits: [WorkEdits.Edit], on parent: ObjectID?, message: String?) throws -> ObjectID {
    let base = try parent.map { try objects.commit($0).tree }
    let changes = try edits.map { edit in
      (edit.path, try edit.bytes.map { TreeEntry(id: try objects.writeBlob($0)) })
    }
    let tree = try TreeWriter.write(base: base, changes: Dictionary(changes, uniquingKeysWith: { $1 }), to: objects)
    if let parent, tree == base { return parent }
    return try objects.writeCommit(
      tree: tree, parents: parent.map { [$0] } ?? [], author: signature, committer: signature,
      message: message ?? EditSummary.text(edits.map(\.path)), signing: signer)
  }
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

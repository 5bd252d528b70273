package import Git
import LedgerFiles
package import LedgerModel
import LedgerStore
package import Merging
import Policy

/// Makes the merge commit of a sync: first parent the hub's tip, second the local tip, and a tree that depends on
/// these two alone.
package struct SyncMerge {
  package let commit: ObjectID
  package let outcome: MergeOutcome

  /// The trailer that names the rules by which a merge recomputes.
  static let trailer = "Merge-Rules: 1"

  /// Nil where the local tip has nothing that the hub has not.
  package init?(
    hub: ObjectID, local: ObjectID, by author: Author, at now: GitTime, in objects: ObjectDatabase,
    parts: MergeParts = .all, signer: (([UInt8]) throws -> String)? = nil
  ) throws {
    let history = GitHistory(objects)
    let merge = LedgerMerge.of(history, parts: parts)
    guard let outcome = try merge.outcome(hub: ContentID(hub), local: ContentID(local), bringer: author) else {
      return nil
    }
    let first = try history.stored(hub)
    let tree = try TreeEdits.write(outcome.files, onto: first.tree, to: objects)
    let time = GitTime(seconds: max(now.seconds, first.committer.time.seconds), offsetMinutes: now.offsetMinutes)
    let signature = Signature(name: author.name, email: author.email, time: time)
    commit = try objects.writeCommit(
      tree: tree, parents: [hub, local], author: signature, committer: signature,
      message: Self.message(outcome, by: author), signing: signer)
    self.outcome = outcome
  }

  private static func message(_ outcome: MergeOutcome, by author: Author) -> String {
    let files = outcome.filesOfLedger.count
    var text = "Sync by \(author.name): \(files) \(files == 1 ? "file" : "files")"
    if !outcome.held.isEmpty { text += ", \(outcome.held.count) held" }
    return text + "\n\n" + trailer + "\n"
  }
}

extension MergeOutcome {
  /// The files in which something comes into force, in order.
  var filesOfLedger: [String] { files.keys.filter { !$0.hasPrefix("proposals/") }.sorted() }
}

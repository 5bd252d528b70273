import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging

/// Makes a merge again from its two parents, and says in which keys it holds anything else.
struct MergeRecomputation {
  let commit: Commit
  let history: GitHistory
  let walk: RevWalk

  /// The trailer by which a merge names the rules that it was made by.
  static let trailer = "Merge-Rules:"
  /// The rules that this program knows.
  static let rules = "1"
  /// What is said of a merge by rules that this program does not know: it may be right.
  static let unknownRules = "unknown-merge-rules"

  /// Why the merge is not what it should be; empty where it is.
  func refusals() throws -> [Refusal] {
    if let refusal = wrongRules() { return [refusal] }
    let (hub, local) = (commit.parents[0], commit.parents[1])
    guard try !walk.mergeBases(hub, local).isEmpty else { return [unrelated] }
    let bringer = Author(name: commit.committer.name, email: commit.committer.email)
    let merge = LedgerMerge.of(history)
    guard let outcome = try merge.outcome(hub: ContentID(hub), local: ContentID(local), bringer: bringer) else {
      return [empty]
    }
    let base = try history.stored(hub).tree
    let right = try TreeEdits.write(outcome.files, onto: base, to: history.objects)
    guard right != commit.tree else { return [] }
    let differing = try TreeDiff.between(right, commit.tree, in: history.objects).map(differs)
    return differing.isEmpty ? [Self.differs(commit)] : differing
  }

  private func wrongRules() -> Refusal? {
    guard let trailer = commit.message.split(separator: "\n").last(where: { $0.hasPrefix(Self.trailer) }) else {
      return Refusal(
        "merged-by-hand",
        "\(Refusal.describe(commit)) was merged by hand. A ledger is merged by its own rules: run 'kpi sync'.")
    }
    let named = trailer.dropFirst(Self.trailer.count).drop { $0 == " " }
    guard named != Self.rules else { return nil }
    return Refusal(
      Self.unknownRules,
      "\(Refusal.describe(commit)) was merged by the rules \(named.prefix(20)), but this hub knows \(Self.rules) only. "
        + "Have the hub's kpi brought up to date, or sync with the one that everybody uses.")
  }

  private var unrelated: Refusal {
    Refusal(
      "unrelated-ledgers",
      "\(Refusal.describe(commit)) brings together two ledgers that were begun separately. Get the hub's with "
        + "'kpi clone' and bring your figures over with 'kpi import'.")
  }

  private var empty: Refusal {
    Refusal("merges-nothing", "\(Refusal.describe(commit)) brings nothing that the hub does not have. Run 'kpi sync'.")
  }

  /// Whose value the merge should have, in a key or in the whole file.
  private func differs(_ change: TreeChange) throws -> Refusal {
    var key: String?
    if let old = change.old, let new = change.new, old.mode.isBlob, new.mode.isBlob, old.id != new.id {
      let keys = KeyComparison.changed(
        path: change.path, from: try history.objects.blob(old.id), to: try history.objects.blob(new.id))
      key = keys.isEmpty ? nil : keys.prefix(3).map(\.text).joined(separator: "; ") + (keys.count > 3 ? "; …" : "")
    }
    return Self.differs(commit, file: change.path, key: key)
  }

  static func differs(_ commit: Commit, file: String? = nil, key: String? = nil) -> Refusal {
    Refusal(
      "merge-does-not-recompute", file: file, key: key,
      "\(Refusal.describe(commit)) has something here that merging by the rules does not give. Run 'kpi sync', which "
        + "merges by them; a change of your own goes before that, by itself.")
  }
}

import Git
import LedgerModel
import LedgerStore
import Merging
import Policy

/// Holds the committer of a commit of the main line against who pushed it: nobody sends syncs in another's name.
///
/// Who somebody is stands in `people.yaml` of the commit's first parent. A ledger without roles as yet knows nobody, and
/// anybody may begin it.
struct PusherRule {
  /// The person's id in `people.yaml`, as ssh or http found out.
  let pusher: String
  let history: GitHistory

  /// Why the pusher may not send the commit.
  func refusals(of commit: Commit, first: Commit) throws -> [Refusal] {
    let authority = try LedgerAuthority.at(ContentID(first.id), in: history)
    let committer = Author(name: commit.committer.name, email: commit.committer.email)
    if authority.isPerson(pusher, author: committer) { return [] }
    guard let person = authority.person(pusher) else { return [.unknownPusher(pusher)] }
    return [.notThePusher(commit, pusher: person)]
  }
}

extension Refusal {
  static func unknownPusher(_ id: String) -> Refusal {
    Refusal(
      "unknown-pusher",
      "You came to the hub as '\(id.prefix(60))', and the ledger's people.yaml has nobody of that name (any more). Ask an "
        + "administrator of the ledger to enter you there.")
  }

  static func notThePusher(_ commit: Commit, pusher: Person) -> Refusal {
    let addresses = pusher.emails.map(\.text)
    let advice =
      addresses.first.map {
        "Say who you are in that folder, and run 'kpi sync', which makes it anew in your name: git config user.email \($0)"
      }
      ?? "No mail address of yours is valid there now: ask an administrator of the ledger to enter one in people.yaml."
    return Refusal(
      "not-the-pusher",
      "\(describe(commit)) was made as \(commit.committer.name) <\(commit.committer.email)>, but sent by \(pusher.name) "
        + "('\(pusher.id)'), who has "
        + (addresses.isEmpty ? "no mail address there. " : "the address \(addresses.joined(separator: ", ")). ")
        + advice)
  }
}

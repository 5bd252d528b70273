import Calculation
import Git
import LedgerFiles
import LedgerModel
import Merging

/// What each rule about a push as a whole says.
extension Refusal {
  static func otherName(_ name: String) -> Refusal {
    Refusal(
      "only-main",
      "A hub holds one ledger and takes nothing beside it, so not '\(name)'. Send your work with 'kpi sync'.")
  }

  static let deletion = Refusal("only-main", "The ledger cannot be deleted from its hub.")

  /// Somebody else's push came in between; `kpi sync` knows it by its rule, and merges again.
  public static let movedOn = Refusal(
    "moved-on", "Somebody else was faster, and the ledger has moved on. Run 'kpi sync', or fetch, merge and push again."
  )

  static let noCommit = Refusal(
    "only-main", "What was sent is not a state of the ledger. Send your work with 'kpi sync'.")

  static func tooManyCommits(_ limit: Int) -> Refusal {
    Refusal(
      "too-many-changes",
      "This brings more than \(limit) steps of history at once. Send them in parts, the oldest first.")
  }

  static func tooManyChanges(_ limit: Int) -> Refusal {
    Refusal(
      "too-many-changes", "This changes more than \(limit) files at once. Send it in parts, the oldest changes first.")
  }

  static let takesBack = Refusal(
    "takes-back-history",
    "This would take back what others have already got from the hub: it does not go on from the hub's newest state. "
      + "Run 'kpi sync', which brings both together.")

  /// The state before is not in the history of the state after, nor anywhere here.
  public static func unknownBefore(_ id: String) -> Refusal {
    Refusal(
      "takes-back-history",
      "The state before, \(id.prefix(40)), is not here: history was rewritten, and what others have already got was taken "
        + "back. Put the branch back to it on the server, then have everybody run 'kpi sync'.")
  }

  static let otherWayRound = Refusal(
    "merged-other-way-round",
    "This was merged by hand, with the hub's state brought into yours; the list of syncs needs yours brought into the "
      + "hub's. Run 'kpi sync', which does that.")

  static func tooManyParents(_ commit: Commit) -> Refusal {
    Refusal(
      "too-many-parents",
      "\(describe(commit)) brings more than two states together at once. Merge them with 'kpi sync', one by one.")
  }

  static func clockAhead(_ commit: Commit, now: Int64) -> Refusal {
    let time = commit.committer.time.seconds
    return Refusal(
      "clock-ahead",
      "\(describe(commit)) says it was made at \(UTCTime.text(time)), but it is \(UTCTime.text(now)). Set your "
        + "computer's clock and sync again.")
  }

  static func clockBehind(_ commit: Commit, first: Commit) -> Refusal {
    Refusal(
      "clock-behind",
      "\(describe(commit)) says it was made at \(UTCTime.text(commit.committer.time.seconds)), before what it goes on "
        + "from, made at \(UTCTime.text(first.committer.time.seconds)). Set your computer's clock and sync again.")
  }

  /// A change that merging would hold, in a commit that does not go through a merge.
  static func held(_ change: HeldChange, by author: Author) -> Refusal {
    let reason =
      switch change.because {
      case .noAuthority:
        "\(author.name) may not change this"
          + (change.whoMay.isEmpty ? "." : ", but \(change.whoMay.joined(separator: " or ")) may.")
      case .periodClosed: "The period is closed."
      case .doesNotValidate: "With this, files that refer to it fail the check."
      case .alreadySettled, .removedButChanged, .changedOnBothSides: "The hub has something else here."
      }
    return Refusal(
      change.because.rawValue, file: change.file, key: change.key.text,
      reason + " Sent with 'kpi sync' it becomes a proposal, and nothing is lost.")
  }

  static func otherThanMerged(_ commit: Commit, _ file: String?) -> Refusal {
    Refusal(
      "other-than-merged", file: file,
      "\(describe(commit)) leaves this otherwise than the ledger's rules would. Run 'kpi sync', which sends it by them."
    )
  }

  static func handmadeProposal(_ file: String) -> Refusal {
    Refusal(
      "handmade-proposal", file: file,
      "Proposals are made by 'kpi sync' and settled with 'kpi settle', by somebody who may: leave them as they are.")
  }

  static func tooManyBytes(_ limit: Int) -> Refusal {
    Refusal(
      "too-many-changes",
      "The messages of these steps of history have more than \(limit >> 20) MB in all. Send them in parts, the oldest "
        + "first.")
  }

  static func largeCommit(_ id: ObjectID, _ limit: Int) -> Refusal {
    Refusal(
      "message-too-large",
      "The step of history \(id.abbreviated()) has a message of more than \(limit) bytes: shorten it.")
  }

  static func malformed(_ id: ObjectID, _ fault: String) -> Refusal {
    Refusal(
      "malformed-commit",
      "The step of history \(id.abbreviated()) \(fault): git would not write it so. Make it again with 'kpi sync'.")
  }

  static func malformedFolder(_ path: String) -> Refusal {
    Refusal(
      "malformed-folder", file: path.isEmpty ? nil : path,
      "The folder is not written as git would write it: names are out of order, there twice, or not what they say. Make "
        + "the change again in a fresh clone.")
  }

  static func emptyFolder(_ path: String) -> Refusal {
    Refusal("malformed-folder", file: path, "The folder has nothing in it: git keeps no empty folders. Leave it out.")
  }

  static func damaged(_ fault: String) -> Refusal {
    Refusal(
      "damaged", "What was sent is damaged or not all there (\(fault)). Try again; if it stays so, make a fresh clone.")
  }

  static func largeFolder(_ path: String, _ limit: Int) -> Refusal {
    Refusal(
      "folder-too-large", file: path.isEmpty ? nil : path,
      "The folder's list of names has more than \(limit) bytes: divide it into several.")
  }

  /// What is said when looking at a push has taken as long as it may.
  static func takesTooLong(_ seconds: Int) -> Refusal {
    Refusal(
      "takes-too-long",
      "The hub has looked at this for \(seconds) seconds and is not done, so it takes none of it. Send it in parts, the "
        + "oldest first.")
  }

  static func describe(_ commit: Commit) -> String {
    "'\(commit.subject.prefix(60))' (\(commit.id.abbreviated()), \(commit.committer.name))"
  }
}

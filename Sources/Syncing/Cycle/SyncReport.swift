public import Git
public import History
public import LedgerFiles
public import LedgerModel
public import Merging

/// What a sync did, for a command to tell.
public struct SyncReport: Sendable {
  /// How it ended.
  public enum End: Hashable, Sendable {
    /// Nothing was waiting on either side.
    case nothingToDo
    /// The hub has everything.
    case done
    /// The hub could not be reached; what is committed waits.
    case offline(reason: String)
    /// The hub did not let us in; why, in git's words, and what the hub said, line by line. What is committed waits.
    case denied(reason: String, lines: [String])
    /// The hub would not take it; each line says why.
    case refused([String])
    /// The hub takes signed changes only, and would not take what is made here; nothing was sent.
    case unsigned(SignatureNeed)
    /// `--dry-run`: nothing was sent.
    case rehearsed
  }

  public var end: End = .nothingToDo
  /// An update of the files that an earlier, interrupted sync had begun was finished first.
  public var finishedInterrupted = false
  /// Files committed now, by path.
  public var committed: [String] = []
  /// Files that fail the check and stay as they are, with what is wrong.
  public var leftOut: [String: [Finding]] = [:]
  /// Files outside the ledger's layout, which sync does not commit.
  public var notOfTheLedger: [String] = []
  /// Committed files that the hub does not take; they are left out and stay in the work tree, and the commits as they
  /// were are kept under `refs/kpi/kept`.
  public var outsideLimits: [Finding] = []
  /// Edited files that would put values back that somebody else has replaced meanwhile, by path.
  public var putsBack: [PutBack] = []
  /// Syncs that the hub had confirmed and lost, as when it was restored from an older backup; it has them again.
  public var givenBack = 0
  /// Commits of others that were brought along and count as those of the one who syncs.
  public var brought: [BroughtCommits] = []
  /// What was sent, by path, and what came from others.
  public var sent: [String] = []
  public var received: [String] = []
  /// Received files that were being edited here and were left alone.
  public var keptEdited: [String] = []
  /// This sync's changes that are not in force.
  public var held: [HeldChange] = []
  /// Rows in force that this sync brought onto a calculation that their authors had not seen, or that met one.
  public var earlierDefinition: [EarlierRecording] = []
  /// The proposals that this sync settled, by path.
  public var settled: [String] = []
  /// The proposals that stay although it brought a decision about them, by path.
  public var undecided: [String] = []
  /// Commits that wait for the hub, and since when (seconds since 1970, as their authors' clocks said).
  public var waiting: Waiting?
  /// Of a rehearsal: the trees before and after what would come into force; nil where nothing would be sent.
  public var wouldChange: TreePair?
  /// The commit that this clone is at.
  public var tip: ObjectID?

  public struct Waiting: Hashable, Sendable {
    public let commits: Int
    public let since: Int64
  }

  public init() {}
}

/// An edit that would put back a value that somebody else has replaced meanwhile, as saving a spreadsheet does that
/// was open for a week.
public struct PutBack: Hashable, Sendable {
  public let file: String
  public let key: Key
  /// What the file has now, which is also what it had before the sync.
  public let old: HeldValue?
  /// What is in force since.
  public let new: HeldValue?
}

public import LedgerModel

/// How much one push may bring. Far beyond what people do: they keep a hub from being stopped by a push that was made
/// to stop it.
public struct GateLimits: Hashable, Sendable {
  /// What each file may be.
  public var files = FileLimits.standard
  /// Commits in a push.
  public var commits = 50_000
  /// Bytes of all commits of a push with their messages: 128 MB.
  public var allCommitBytes = 128 << 20
  /// Files and folders that the commits of a push change, added up.
  public var changes = 1_000_000
  /// Bytes of one commit with its message.
  public var commitBytes = FileLimits.standard.commitBytes
  /// Bytes of one folder's list of names: 16 MB.
  public var folderBytes = 16 << 20
  /// Reasons against a push that are looked for; beyond them nobody reads on.
  public var refusals = 1_000
  /// Seconds that a computer's clock may be ahead of the hub's: 10 minutes.
  public var clockAhead: Int64 = 600
  /// Seconds that looking at a push may take before it is turned away: 5 minutes. ``Gate`` has no clock that runs;
  /// whoever calls it sees to this.
  public var seconds = 300

  /// The limits that every hub keeps.
  public static let standard = GateLimits()

  /// What a check of a hub's own history keeps to: however much there is, it is looked at.
  public static let ownHistory = {
    var limits = GateLimits()
    (limits.commits, limits.allCommitBytes, limits.changes) = (.max, .max, .max)
    return limits
  }()

  public init() {}
}

public import LedgerModel

/// How much one push may bring. Far beyond what people do: they keep a hub from being stopped by a push that was made
/// to stop it.
public struct GateLimits: Hashable, Sendable {
  /// What each file may be.
  public var files = FileLimits.standard
  /// Commits in a push.
  public var commits = 50_000
  /// Files and folders that the commits of a push change, added up.
  public var changes = 1_000_000
  /// Bytes of one commit with its message: 1 MB.
  public var commitBytes = 1 << 20
  /// Bytes of one folder's list of names: 16 MB.
  public var folderBytes = 16 << 20
  /// Seconds that a computer's clock may be ahead of the hub's: 10 minutes.
  public var clockAhead: Int64 = 600

  /// The limits that every hub keeps.
  public static let standard = GateLimits()

  public init() {}
}

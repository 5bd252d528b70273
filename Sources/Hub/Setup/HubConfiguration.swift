import Git

/// What a hub's configuration says besides git's defaults.
enum HubConfiguration {
  static let settings = [
    // Nobody takes back what others have, not even where the hooks are missing.
    ("receive.denyNonFastForwards", "true"),
    ("receive.denyDeletes", "true"),
    ("receive.denyDeleteCurrent", "refuse"),
    // Nothing damaged comes in, nor more than a hub can look through.
    ("receive.fsckObjects", "true"),
    ("receive.maxInputSize", "1g"),
    // What was confirmed is on the disk: objects first, then the branch.
    ("core.fsync", "committed,reference"),
    // Every move of the branch is written down, and kept.
    ("core.logAllRefUpdates", "true"),
    ("gc.reflogExpire", "never"),
    ("gc.reflogExpireUnreachable", "never"),
    // Commit graphs that libgit2 reads too.
    ("commitGraph.generationVersion", "1"),
    // Upkeep is 'kpi hub maintain', after a push and not while somebody waits for it; it drops nothing.
    ("receive.autogc", "false"),
    ("gc.auto", "0"),
    ("gc.pruneExpire", "never"),
  ]

  /// Sets everything in a repository; `program` is the `kpi` that its hooks call, nil: the one that they find.
  static func apply(to repository: Repository, program: String?) throws {
    for (name, value) in settings { try repository.setConfiguration(name, to: value) }
    if let program { try repository.setConfiguration(LedgerHub.programVariable, to: program) }
  }
}

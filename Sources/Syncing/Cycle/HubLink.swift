import Git

/// The way to the hub: `git fetch` and `git push`, so that addresses, keys and credentials work as people know them.
struct HubLink {
  let clone: LedgerClone
  let surroundings: Surroundings
  /// Where something waits to be sent: the turn that a hub which `kpi hub serve` serves gives to one sync after another.
  /// It means nothing to others.
  var turn: Turn?

  /// What a sync calls itself, and how many races it has lost.
  struct Turn {
    let name = String(UInt64.random(in: .min ... .max), radix: 16)
    var losses = 0
  }

  enum Fetched: Hashable {
    case done
    /// No network, no such host, no such folder.
    case unreachable(String)
    /// It answers, and has no branch `main`.
    case noLedger
    /// It does not let us in: git's words, and the hub's, line by line.
    case denied(String, lines: [String])
  }

  enum Pushed: Hashable {
    case arrived
    /// The hub's main line has moved on meanwhile.
    case raceLost
    /// The hub's checks would not have it; what they said.
    case refused([String])
    /// The connection broke: it may have arrived or not.
    case unclear(String)
  }

  private var git: GitProgram {
    var git = GitProgram(folder: clone.folder, environment: surroundings.environment)
    if let turn { git.settings["http.extraHeader"] = "Kpi-Turn: \(turn.losses) \(turn.name)" }
    return git
  }

  /// Gets what the hub has; only the ledger's own branch is asked for.
  ///
  /// The `git` of a sync that was killed may still be at it, and hold the reference for a moment or have left its lock:
  /// that is waited for, and a lock that is still there then is taken away, for nobody holds one so long.
  func fetch() async throws -> Fetched {
    surroundings.progress("Asking the hub for what others changed …")
    var reason = ""
    for attempt in 0..<Self.tries {
      let fetched = try await git.fetch(
        remote: LedgerClone.remote, refspecs: ["+\(LedgerClone.branch):\(LedgerClone.hubBranch)"])
      switch fetched {
      case .done: return .done
      // A server that is ended in the middle of a request looks to git like one that refuses the password; one that
      // refuses says why.
      case .denied(let why, let lines) where !lines.isEmpty || attempt > 1 || !why.contains("Authentication failed"):
        return .denied(why, lines: lines)
      case .denied(let why, _): reason = why
      case .failed(let why):
        if why.contains("couldn't find remote ref") { return .noLedger }
        guard why.contains("lock") || Self.isBusy(why) else { return .unreachable(why) }
        reason = why
      }
      if attempt == Self.tries - 3 { Notes.remove(clone.repository.commonPath + LedgerClone.hubBranch + ".lock") }
      try await surroundings.pause(1)
    }
    return .unreachable(reason)
  }

  /// Whether the hub has too much to do just now, as its server says.
  private static func isBusy(_ reason: String) -> Bool {
    reason.contains("returned error: 503") || reason.contains("returned error: 429")
  }

  /// How often a fetch that finds the reference locked or the hub busy is made again.
  private static let tries = 8

  /// Sends a merge that was made on the hub's tip.
  func push(_ merge: ObjectID, onto hub: ObjectID) async throws -> Pushed {
    surroundings.progress("Sending …")
    switch try await git.push(merge, to: LedgerClone.branch, from: hub, remote: LedgerClone.remote) {
    case .updated, .upToDate:
      // git notes it too; where neither can, the next fetch does.
      if try clone.hubTip() != merge {
        try? clone.repository.setReference(LedgerClone.hubBranch, to: merge, message: "kpi: sent")
      }
      return .arrived
    case .stale: return .raceLost
    // The hub's check found the branch moved, before git did.
    case .refused(_, let lines) where lines.contains { $0.hasSuffix("[moved-on]") }: return .raceLost
    case .refused(let reason, let lines): return .refused(lines.isEmpty ? [reason] : lines)
    case .unclear(let reason), .failed(let reason): return .unclear(reason)
    }
  }
}

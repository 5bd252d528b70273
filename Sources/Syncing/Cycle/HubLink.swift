import Git

/// The way to the hub: `git fetch` and `git push`, so that addresses, keys and credentials work as people know them.
struct HubLink {
  let clone: LedgerClone
  let surroundings: Surroundings

  enum Fetched: Hashable {
    case done
    /// No network, no such host, no such folder, or nobody let us in.
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

  private var git: GitProgram { GitProgram(environment: surroundings.environment) }

  /// Gets what the hub has; only the ledger's own branch is asked for.
  func fetch() async throws -> Fetched {
    surroundings.progress("Asking the hub for what others changed …")
    do {
      try await git.fetch(
        LedgerClone.remote, ["+\(LedgerClone.branch):\(LedgerClone.hubBranch)"], in: clone.folder)
      return .done
    } catch let error as GitProgramError {
      return .unreachable(error.description)
    }
  }

  /// Sends a merge that was made on the hub's tip.
  func push(_ merge: ObjectID) async throws -> Pushed {
    surroundings.progress("Sending …")
    let report: PushReport
    do {
      report = try await git.push(LedgerClone.remote, ["\(merge):\(LedgerClone.branch)"], in: clone.folder)
    } catch let error as GitProgramError {
      return .unclear(error.description)
    }
    switch report.outcomes[LedgerClone.branch] {
    case .updated, .upToDate:
      try clone.repository.setReference(LedgerClone.hubBranch, to: merge, message: "kpi: sent")
      return .arrived
    case .overtaken: return .raceLost
    case .refused(let reason): return .refused(report.remoteLines.isEmpty ? [reason] : report.remoteLines)
    case .unclear(let reason): return .unclear(reason)
    case nil: return .unclear("the hub did not say what became of it")
    }
  }
}

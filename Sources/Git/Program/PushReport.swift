/// What became of each reference of a push, as the remote reported it.
public struct PushReport: Hashable, Sendable {
  /// What became of one reference.
  public enum Outcome: Hashable, Sendable {
    /// The remote has moved it.
    case updated
    /// It was there already.
    case upToDate
    /// Somebody else was faster: the remote has commits that this push does not contain, or moved at the same moment.
    /// Fetch and push again.
    case overtaken(String)
    /// The remote, or a hook of it, does not want it; the reason as git gives it, as "pre-receive hook declined".
    case refused(String)
    /// The connection broke, or git died, before the remote had answered: it may or may not have moved. Look at the
    /// remote before anything else.
    case unclear(String)
  }

  /// By the reference's name on the remote.
  public let outcomes: [String: Outcome]
  /// What the remote and its hooks said, line by line.
  public let remoteLines: [String]

  /// Whether all references are where the push wanted them.
  public var isComplete: Bool {
    outcomes.values.allSatisfy { $0 == .updated || $0 == .upToDate }
  }

  /// Reads the output of `git push --porcelain`.
  /// - Throws: ``GitProgramError`` when git ended before it can have sent anything
  init(_ result: GitResult, refspecs: [String]) throws(GitProgramError) {
    var outcomes: [String: Outcome] = [:]
    for line in result.output {
      guard let (name, outcome) = Self.outcome(line) else { continue }
      outcomes[name] = outcome
    }
    let missing = refspecs.map(Self.destination).filter { outcomes[$0] == nil }
    if !missing.isEmpty {
      let error = GitProgramError(result)
      // What git says before it has connected; later the same trouble reads "hung up" or "disconnected".
      if outcomes.isEmpty, result.status != 0, Self.neverSent(result, error) { throw error }
      for name in missing { outcomes[name] = .unclear(error.description) }
    }
    self.outcomes = outcomes
    remoteLines = result.remoteLines
  }

  /// One line: a flag, `from:to` and a summary, separated by tabs.
  private static func outcome(_ line: String) -> (String, Outcome)? {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].count == 1, let colon = parts[1].lastIndex(of: ":") else { return nil }
    let name = String(parts[1][parts[1].index(after: colon)...])
    let summary = parts[2...].joined(separator: "\t")
    switch parts[0] {
    case " ", "+", "*", "-": return (name, .updated)
    case "=": return (name, .upToDate)
    case "!": return (name, rejection(summary))
    default: return nil
    }
  }

  /// The meaning of `[rejected] (fetch first)` and its like.
  private static func rejection(_ summary: String) -> Outcome {
    let reason = summary.firstIndex(of: "(").map { open in
      String(summary[summary.index(after: open)...].drop { $0 == "(" }.prefix { $0 != ")" })
    } ?? summary
    if summary.hasPrefix("[remote failure]") || reason.contains("failed to report status") { return .unclear(reason) }
    let isRace =
      ["fetch first", "non-fast-forward", "stale info", "needs force"].contains(reason)
      || ["cannot lock ref", "failed to update ref", "failed to lock", "incorrect old value", "reference already exists"]
        .contains(where: reason.contains)
    return isRace ? .overtaken(reason) : .refused(reason)
  }

  /// The remote's side of a refspec.
  private static func destination(_ refspec: String) -> String {
    let plain = refspec.hasPrefix("+") ? String(refspec.dropFirst()) : refspec
    return plain.lastIndex(of: ":").map { String(plain[plain.index(after: $0)...]) } ?? plain
  }

  private static func neverSent(_ result: GitResult, _ error: GitProgramError) -> Bool {
    let text = result.lines.joined(separator: "\n").lowercased()
    let afterSending = ["hung up unexpectedly", "unexpected disconnect", "rpc failed", "pack-objects", "early eof"]
    if text.contains("could not read from remote repository") { return true }
    if afterSending.contains(where: text.contains) { return false }
    return result.status < 128 + 3 && result.status != 141
  }
}

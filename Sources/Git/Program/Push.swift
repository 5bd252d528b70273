extension GitProgram {
  /// How the push of one reference ended, as the other side reported it.
  public enum Pushed: Hashable, Sendable {
    /// The other side has moved the reference.
    case updated
    /// It was there already.
    case upToDate
    /// The other side has moved on: git would not push, or the other side would not move a reference that is not where
    /// it was.
    case stale
    /// The other side would not have it: its reason, and what its hook printed, line by line.
    case refused(reason: String, lines: [String])
    /// Nobody reported how it ended: it may have arrived or not.
    case unclear(String)
    /// The other side was not reached, or would not let us in: certainly nothing arrived.
    case failed(String)
  }

  /// Pushes a commit to a reference that must be at `old`.
  /// - Parameters:
  ///   - commit: must descend from `old`: a reference that is there is moved, whatever that leaves behind
  ///   - reference: its full name on the remote
  ///   - old: where the remote must have it; nil: it must not exist
  ///   - remote: a configured name, a path or an address
  ///   - progress: whether git is to report progress, several times a second
  ///   - line: called with each line that git or the remote writes, as it arrives
  /// - Throws: as ``run(_:line:)``; a push that was cancelled or took too long is unclear
  public func push(
    _ commit: ObjectID, to reference: String, from old: ObjectID?, remote: String, progress: Bool = false,
    line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Pushed {
    var arguments = ["push", "--porcelain", progress ? "--progress" : "--no-progress", "--no-follow-tags"]
    arguments += ["--recurse-submodules=no", "--force-with-lease=\(reference):\(old?.description ?? "")"]
    let result = try await run(arguments + ["--", remote, "\(commit):\(reference)"], line: line)
    return Self.outcome(of: reference, result)
  }

  /// What became of a reference, from the output of `git push --porcelain`.
  static func outcome(of reference: String, _ result: GitResult) -> Pushed {
    for line in result.output {
      // A flag, `from:to` and a summary, separated by tabs.
      let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 3, fields[1].hasSuffix(":" + reference) || fields[1] == reference else { continue }
      switch fields[0] {
      case " ", "*", "+", "-": return .updated
      case "=": return .upToDate
      default: return rejection(fields[2], result)
      }
    }
    if result.isDone { return .unclear("the remote has not said what became of \(reference)") }
    return mayHaveArrived(result) ? .unclear(result.reason) : .failed(result.reason)
  }

  /// The meaning of a summary such as `[remote rejected] (pre-receive hook declined)`.
  private static func rejection(_ summary: String, _ result: GitResult) -> Pushed {
    let reason = summary.split(separator: "(", maxSplits: 1).dropFirst().first.map { text in
      String(text.last == ")" ? text.dropLast() : text)
    }
    if summary.hasPrefix("[rejected]") { return .stale }
    guard summary.hasPrefix("[remote rejected]"), let reason else { return .unclear(reason ?? summary) }
    let isRace = races.contains(where: reason.contains)
    return isRace ? .stale : .refused(reason: reason, lines: result.remoteLines)
  }

  /// What a remote says when the reference moved, or was being moved, while it looked at the push.
  private static let races = [
    "failed to update ref", "cannot lock ref", "failed to lock", "incorrect old value", "fetch first",
    "reference already exists",
  ]

  /// Whether an error can have come after the objects were sent: all but those that git reports while it connects.
  private static func mayHaveArrived(_ result: GitResult) -> Bool {
    let text = result.errors.joined(separator: "\n").lowercased()
    let whileSending = ["hung up unexpectedly", "early eof", "unexpected disconnect", "rpc failed", "broken pipe"]
    if whileSending.contains(where: text.contains) { return true }
    return !whileConnecting.contains(where: text.contains)
  }

  private static let whileConnecting = [
    "could not read from remote repository", "does not appear to be a git repository", "could not resolve",
    "unable to access", "authentication failed", "could not read username", "could not read password",
    "terminal prompts disabled", "upon initial contact", "src refspec", "not a git repository",
  ]
}

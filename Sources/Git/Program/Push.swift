extension GitProgram {
  /// How the push of one reference ended, as the other side reported it.
  public enum Pushed: Hashable, Sendable {
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
    /// The other side was not reached, or would not let us in.
    case failed(String)
  }

  /// Pushes a commit to a reference that must be at `old`.
  public func push(_ commit: ObjectID, to reference: String, from old: ObjectID, remote: String) async throws -> Pushed {
    let result = try await run(
      ["push", "--porcelain", "--quiet", "--force-with-lease=\(reference):\(old)", remote, "\(commit):\(reference)"])
    let lines = result.output.split(separator: "\n").map(String.init)
    guard let line = lines.first(where: { $0.contains(":\(reference)\t") }) else {
      if result.isDone { return .updated }
      return Self.wasReached(result.error) ? .unclear(Self.reason(in: result.error)) : .failed(Self.reason(in: result.error))
    }
    return Self.outcome(line, error: result.error)
  }

  /// Reads a line of `git push --porcelain`: a flag, from and to, and a summary, separated by tabs.
  static func outcome(_ line: String, error: String) -> Pushed {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 3 else { return .unclear(line) }
    switch fields[0] {
    case " ", "*", "+": return .updated
    case "=": return .upToDate
    default: break
    }
    let reason = fields[2]
    if reason.contains("remote rejected") {
      let isRace = ["failed to update ref", "cannot lock ref", "fetch first", "incorrect old value"]
        .contains(where: reason.contains)
      return isRace ? .stale : .refused(reason: reason, lines: remoteLines(in: error))
    }
    if reason.contains("rejected") { return .stale }
    return .unclear(reason)
  }

  /// What the other side's hook printed: git puts "remote: " before each line.
  static func remoteLines(in error: String) -> [String] {
    error.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("remote: ") else { return nil }
      var text = line.dropFirst(8)
      while text.last?.isWhitespace == true { text.removeLast() }
      return text.isEmpty ? nil : String(text)
    }
  }

  /// Whether an error came after the connection had been made.
  private static func wasReached(_ error: String) -> Bool {
    ["hung up", "early EOF", "unexpected disconnect", "remote end", "RPC failed", "Broken pipe"]
      .contains(where: error.contains)
  }
}

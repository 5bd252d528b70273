extension GitProgram {
  /// How a fetch ended.
  public enum Fetched: Hashable, Sendable {
    case done
    /// The other side was not reached, or would not let us in; in git's words.
    case failed(String)
  }

  /// Fetches references, without tags and without asking for what is not named.
  public func fetch(remote: String, refspecs: [String]) async throws -> Fetched {
    let result = try await run(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote] + refspecs)
    return result.isDone ? .done : .failed(GitProgram.reason(in: result.error))
  }

  /// Clones a repository into a new folder.
  /// - Returns: what went wrong, in git's words; nil where nothing did.
  public func clone(_ address: String, into folder: String, progress: Bool = false) async throws -> String? {
    let result = try await run(["clone", "--quiet", "--no-tags", "--branch", "main", address, folder])
    return result.isDone ? nil : GitProgram.reason(in: result.error)
  }

  /// The line of git's that says what was wrong, without its prefix.
  static func reason(in error: String) -> String {
    let lines = error.split(separator: "\n").map(String.init)
    for prefix in ["fatal: ", "error: ", "ssh: "] {
      if let line = lines.first(where: { $0.hasPrefix(prefix) }) {
        return prefix == "ssh: " ? line : String(line.dropFirst(prefix.count))
      }
    }
    return lines.last ?? "git gave no reason"
  }
}

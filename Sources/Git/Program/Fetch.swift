extension GitProgram {
  /// How a fetch ended.
  public enum Fetched: Hashable, Sendable {
    case done
    /// The other side was not reached; in git's words.
    case failed(String)
    /// The other side does not let us in, or nobody could say who we are: git's words, and the other side's, line by line.
    case denied(String, lines: [String])

    init(_ result: GitResult) {
      self =
        result.isDone
        ? .done : result.isDenial ? .denied(result.reason, lines: result.remoteLines) : .failed(result.reason)
    }
  }

  /// Fetches references, without tags and without asking for what is not named.
  /// - Parameters:
  ///   - remote: a configured name, a path or an address
  ///   - refspecs: as git takes them; none: the configured ones
  ///   - progress: whether git is to report progress, several times a second
  ///   - line: called with each line that git or the remote writes, as it arrives
  /// - Throws: as ``run(_:line:)``
  public func fetch(
    remote: String, refspecs: [String], progress: Bool = false,
    line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Fetched {
    var arguments = ["fetch", progress ? "--progress" : "--quiet", "--no-tags", "--no-write-fetch-head"]
    arguments += ["--no-recurse-submodules", "--", remote] + refspecs
    return Fetched(try await run(arguments, line: line))
  }

  /// Clones the branch `main` of a repository into a new folder.
  /// - Throws: as ``run(_:line:)``
  public func clone(
    _ address: String, into folder: String, progress: Bool = false,
    line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Fetched {
    let arguments = ["clone", progress ? "--progress" : "--quiet", "--no-tags", "--branch", "main"]
    return Fetched(try await run(arguments + ["--", address, folder], line: line))
  }

  /// Packs what has gathered if there is enough of it, before it returns.
  /// - Returns: what went wrong, in git's words; nil where nothing did
  /// - Throws: as ``run(_:line:)``
  public func collectGarbage() async throws -> String? {
    let result = try await run(["-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"])
    return result.isDone ? nil : result.reason
  }
}

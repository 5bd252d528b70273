extension GitProgram {
  /// How a fetch ended.
  public enum Fetched: Hashable, Sendable {
    case done
    /// The other side was not reached, or would not let us in; in git's words.
    case failed(String)
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
    let result = try await run(arguments, line: line)
    return result.isDone ? .done : .failed(result.reason)
  }

  /// Clones the branch `main` of a repository into a new folder.
  /// - Returns: what went wrong, in git's words; nil where nothing did
  /// - Throws: as ``run(_:line:)``
  public func clone(
    _ address: String, into folder: String, progress: Bool = false,
    line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> String? {
    let arguments = ["clone", progress ? "--progress" : "--quiet", "--no-tags", "--branch", "main"]
    let result = try await run(arguments + ["--", address, folder], line: line)
    return result.isDone ? nil : result.reason
  }

  /// Packs what has gathered if there is enough of it, before it returns.
  /// - Returns: what went wrong, in git's words; nil where nothing did
  /// - Throws: as ``run(_:line:)``
  public func collectGarbage() async throws -> String? {
    let result = try await run(["-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"])
    return result.isDone ? nil : result.reason
  }
}

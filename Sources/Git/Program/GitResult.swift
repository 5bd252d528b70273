/// How a run of `git` ended, and what it wrote.
public struct GitResult: Hashable, Sendable {
  /// git's subcommand, as "push".
  public let command: String
  /// The exit status; 128 and the signal's number when it was killed.
  public let status: Int32
  /// The lines of its standard output.
  public let output: [String]
  /// The lines of its standard error without progress, blanks at their ends removed.
  public let lines: [String]

  /// What the other side said (its hooks' output), without git's prefix `remote: `.
  public var remoteLines: [String] {
    lines.compactMap { line in
      guard line.hasPrefix("remote:") else { return nil }
      let text = line.dropFirst("remote:".count)
      return String(text.hasPrefix(" ") ? text.dropFirst() : text)
    }
  }

  /// - Throws: ``GitProgramError`` unless the status is 0
  func succeed() throws(GitProgramError) {
    guard status != 0 else { return }
    throw GitProgramError(self)
  }
}

/// Why the `git` program did not do what it was asked to.
public struct GitProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What a person could do about it.
  public enum Kind: Hashable, Sendable {
    /// There is no `git` on the `PATH`.
    case notInstalled
    /// The remote could not be reached, or is not where it should be: offline, a folder that is not mounted.
    case unreachable
    /// The remote does not let this person in.
    case accessDenied
    /// It took longer than it was given.
    case timedOut
    /// Anything else; the lines say what.
    case failed
  }

  /// git's subcommand, as "fetch".
  public let command: String
  public let kind: Kind
  /// The exit status; nil when git was not started or was stopped.
  public let status: Int32?
  /// What git wrote, line by line.
  public let lines: [String]

  init(command: String, kind: Kind, status: Int32?, lines: [String]) {
    (self.command, self.kind, self.status, self.lines) = (command, kind, status, lines)
  }

  init(_ result: GitResult) {
    let text = result.lines.joined(separator: "\n").lowercased()
    let kind: Kind =
      Self.denied.contains(where: text.contains)
      ? .accessDenied : Self.unreachable.contains(where: text.contains) ? .unreachable : .failed
    self.init(command: result.command, kind: kind, status: result.status, lines: result.lines)
  }

  /// git's own words, without its prefixes: `fatal: unable to access …`.
  public var description: String {
    let said = lines.filter { !$0.isEmpty && !$0.hasPrefix("hint:") }.map { line in
      ["fatal: ", "error: "].first(where: line.hasPrefix).map { String(line.dropFirst($0.count)) } ?? line
    }
    switch kind {
    case .notInstalled: return "the program git is not installed"
    case .timedOut: return "git \(command) took too long"
    default: return said.isEmpty ? "git \(command) ended with status \(status ?? -1)" : said.joined(separator: "; ")
    }
  }

  // What git, ssh and curl say in English; git is run in no language for that.
  private static let denied = [
    "permission denied", "authentication failed", "could not read username", "could not read password",
    "terminal prompts disabled", "host key verification failed", "returned error: 401", "returned error: 403",
    "access denied",
  ]
  private static let unreachable = [
    "could not resolve", "could not read from remote repository", "does not appear to be a git repository",
    "unable to access", "connection refused", "connection timed out", "connection reset", "operation timed out",
    "network is unreachable", "no route to host", "couldn't connect to server", "unable to connect",
    "the remote end hung up", "no such file or directory", "' does not exist", "not found",
  ]
}

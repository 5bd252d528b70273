/// How a run of `git` ended, and what it wrote.
public struct GitResult: Hashable, Sendable {
  /// The exit status; 128 and the signal's number when it was killed.
  public let status: Int32
  /// The lines of its standard output.
  public let output: [String]
  /// The lines of its standard error without progress, blanks at their ends removed.
  public let errors: [String]

  /// Whether git says that all went well.
  public var isDone: Bool { status == 0 }

  /// What the other side said (its hooks' output), without git's prefix `remote: ` and without empty lines.
  public var remoteLines: [String] {
    errors.compactMap { line in
      guard line.hasPrefix("remote: ") else { return nil }
      return String(line.dropFirst("remote: ".count))
    }
  }

  /// Before what the other side itself gave as its reason.
  private static let byRemote = "remote error: "

  /// The line of git's that says what was wrong, without its prefix.
  public var reason: String {
    // Of a connection that did not come about, ssh or the other side has said before why.
    if let end = errors.firstIndex(of: "fatal: Could not read from remote repository."),
      let said = errors[..<end].last(where: { !$0.isEmpty })
    {
      return said
    }
    for prefix in ["fatal: ", "error: ", "ssh: "] {
      guard let line = errors.first(where: { $0.hasPrefix(prefix) }) else { continue }
      let said = line.dropFirst(prefix.count)
      return prefix == "ssh: "
        ? line : String(said.hasPrefix(Self.byRemote) ? said.dropFirst(Self.byRemote.count) : said)
    }
    return errors.last { !$0.isEmpty && !$0.hasPrefix("hint: ") }
      ?? "git ended with status \(status) and gave no reason"
  }

  /// Whether the other side did not let us in, or git had nobody to ask who we are.
  var isDenial: Bool {
    let text = errors.joined(separator: "\n").lowercased()
    return Self.denials.contains(where: text.contains)
  }

  private static let denials = [
    "authentication failed", "could not read username", "could not read password", "terminal prompts disabled",
    "permission denied (", "fatal: remote error: ", "returned error: 401", "returned error: 403",
  ]
}

/// Whether and how git is configured to sign commits in a repository.
public enum CommitSigning: Sendable {
  /// Commits are not signed.
  case off
  /// They are signed with an ssh key.
  case ssh(CommitSigner)
  /// They are to be signed in a way that is not done here, as `openpgp`.
  case other(format: String)
}

extension Repository {
  /// How git is configured to sign commits: `commit.gpgsign`, `gpg.format`, `user.signingkey`, `gpg.ssh.program`,
  /// `gpg.ssh.defaultKeyCommand`.
  /// - Parameter environment: what the programs see that sign
  /// - Throws: ``GitError`` with code `.signing` where they are to be signed with an ssh key and none is named
  public func commitSigning(environment: [String: String]) throws(GitError) -> CommitSigning {
    guard try configurationFlag("commit.gpgsign") == true else { return .off }
    let format = try configuration("gpg.format") ?? "openpgp"
    guard format == "ssh" else { return .other(format: format) }
    let program = try configuration("gpg.ssh.program") ?? "ssh-keygen"
    return .ssh(CommitSigner(key: try signingKey(environment), program: program, environment: environment))
  }

  private func signingKey(_ environment: [String: String]) throws(GitError) -> CommitSigner.Key {
    if let key = try configuration("user.signingkey"), !key.isEmpty {
      if let line = Self.literal(key) { return .line(line) }
      let home = environment["HOME"] ?? ""
      return .file(key.hasPrefix("~/") && !home.isEmpty ? home + key.dropFirst() : key)
    }
    guard let command = try configuration("gpg.ssh.defaultKeyCommand"), !command.isEmpty else {
      throw GitError(.signing, "no key is named")
    }
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let ended = try ChildProgram(places: ["/bin/sh"], environment: variables, seconds: 20)
      .run(["-c", command], input: [])
    guard ended.status == 0, let first = ended.output.split(whereSeparator: \.isNewline).first,
      let line = Self.literal(String(first))
    else { throw GitError(.signing, "gpg.ssh.defaultKeyCommand gave no key") }
    return .line(line)
  }

  /// A key that is written out: `key::ssh-ed25519 AAAA…`, or without `key::`.
  private static func literal(_ text: String) -> String? {
    if text.hasPrefix("key::") { return String(text.dropFirst(5)) }
    return text.hasPrefix("ssh-") ? text : nil
  }
}

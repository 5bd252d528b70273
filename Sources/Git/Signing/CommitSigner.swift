import Glibc

/// Signs commits with somebody's ssh key as git does it: by `ssh-keygen -Y sign`, so that agents, pass phrases and keys
/// on devices work as people know them.
public struct CommitSigner: Sendable {
  /// Which key signs.
  public enum Key: Hashable, Sendable {
    /// The file of a secret key, or of a public one whose secret is beside it or with an agent.
    case file(String)
    /// A public key in one line, whose secret an agent has.
    case line(String)
  }

  public let key: Key
  /// A name to be found on the environment's `PATH`, or a path.
  public let program: String
  /// By name; what the program sees, and nothing else.
  public let environment: [String: String]

  public init(key: Key, program: String = "ssh-keygen", environment: [String: String]) {
    self.key = key
    self.program = program
    self.environment = environment
  }

  /// The key's public half, where it can be found without asking anybody.
  public var publicKey: SSHPublicKey? {
    switch key {
    case .line(let line): return SSHPublicKey(line)
    case .file(let path):
      for file in [path, path + ".pub"] {
        guard let bytes = try? FileSystem.read(file)?.bytes else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        if let line = text.split(whereSeparator: \.isNewline).first, let key = SSHPublicKey(line) { return key }
      }
      return nil
    }
  }

  /// Five minutes: somebody may have to type a pass phrase or to touch a device.
  private static let seconds = 300.0

  /// The signature of some bytes, as git keeps it in a commit.
  /// - Throws: ``GitError`` with code `.signing` and what the program said
  public func signature(of bytes: [UInt8]) throws(GitError) -> String {
    let folder = try scratchFolder()
    let files = ["key", "commit", "commit.sig"].map { folder + "/" + $0 }
    defer {
      for file in files { unlink(file) }
      rmdir(folder)
    }
    try Self.write(bytes, to: files[1])
    var arguments = ["-Y", "sign", "-n", "git", "-f"]
    switch key {
    case .file(let path): arguments.append(path)
    case .line(let line):
      try Self.write(Array((line + "\n").utf8), to: files[0])
      arguments += [files[0], "-U"]
    }
    let ended = try ended(arguments + [files[1]])
    guard ended.status == 0, let written = try FileSystem.read(files[2]) else {
      let said = ended.errors.split(whereSeparator: \.isNewline).last.map(String.init)
      throw GitError(.signing, said ?? "\(program) ended with status \(ended.status) and gave no reason")
    }
    let text = String(decoding: written.bytes, as: UTF8.self)
    guard let signature = SSHSignature(text), signature.namespace == "git", try signature.verifies(bytes) else {
      throw GitError(.signing, "\(program) gave something that is no signature with a key that kpi knows")
    }
    return text
  }

  private func ended(_ arguments: [String]) throws(GitError) -> ChildProgram.Ended {
    do {
      return try ChildProgram(
        places: places, environment: environment.map { "\($0.key)=\($0.value)" }, seconds: Self.seconds
      ).run(arguments, input: [])
    } catch {
      throw GitError(.signing, error.message)
    }
  }

  /// The program at its own path, or in each folder of the environment's `PATH`.
  private var places: [String] {
    if program.contains("/") { return [program] }
    return (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(program)" }
  }

  private func scratchFolder() throws(GitError) -> String {
    let place = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var name = Array((place + "/kpi-sign-XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else { throw FileSystem.error("mkdtemp", place) }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(GitError) {
    var fault: GitError?
    bytes.withUnsafeBytes { buffer in
      do throws(GitError) {
        try FileSystem.write(buffer, to: path, executable: false)
      } catch { fault = error }
    }
    if let fault { throw fault }
  }
}

import Subprocess
#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The `git` executable, for what people have configured around it: ssh, credential helpers, and the hub's hooks.
///
/// ```swift
/// let git = GitProgram(folder: clone, environment: environment)
/// let fetched = try await git.fetch(remote: "origin", refspecs: ["+refs/heads/main:refs/remotes/origin/main"])
/// ```
///
/// The environment is the caller's, whole: `GIT_TERMINAL_PROMPT` and `SSH_ASKPASS` mean what they meant there. Only the
/// language is set to none, because answers are read. git keeps the terminal, so that it can ask for a password.
public struct GitProgram: Sendable {
  /// Where git works (`git -C`), the repository as a rule; nil: this process's own folder.
  public var folder: String?
  /// A name to be found on the environment's `PATH`, or an absolute path.
  public var executable: String
  /// By name; what git and its helpers see, and nothing else.
  public var environment: [String: String]
  /// Settings for the calls (`git -c`), by name.
  public var settings: [String: String] = [:]
  /// After so long a call is ended; nil: never.
  public var timeout: Duration?

  /// The program in a folder, with the environment that it is to have.
  public init(
    folder: String?, environment: [String: String], executable: String = "git", timeout: Duration? = nil
  ) {
    self.folder = folder
    self.executable = executable
    self.environment = environment
    self.timeout = timeout
  }

  /// Runs git with any arguments to its end.
  /// - Parameters:
  ///   - arguments: without the program's name
  ///   - line: called with each line of its standard error, as it arrives; progress counts as lines
  /// - Returns: what it wrote and how it ended, whatever its status
  /// - Throws: ``GitError`` with code `.program` when it cannot be started or takes too long; `CancellationError` when
  ///   the task is cancelled, after git has ended
  public func run(
    _ arguments: [String], line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> GitResult {
    guard let timeout else { return try await finish(arguments, line) }
    return try await withThrowingTaskGroup(of: GitResult?.self) { group in
      group.addTask { try await finish(arguments, line) }
      group.addTask {
        try await Task.sleep(for: timeout)
        return nil
      }
      defer { group.cancelAll() }
      if let result = try await group.next() ?? nil { return result }
      throw GitError(.program, "git took longer than \(timeout)")
    }
  }

  private func finish(
    _ arguments: [String], _ line: @escaping @Sendable (String) -> Void
  ) async throws -> GitResult {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))]
    let settings = settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    let place = (folder.map { ["-C", $0] } ?? []) + settings
    let isPath = executable.utf8.contains(UInt8(ascii: "/"))
    do {
      let result = try await Subprocess.run(
        isPath ? .path(FilePath(executable)) : .name(executable), arguments: Arguments(place + arguments),
        environment: surroundings, platformOptions: options, input: .none, output: .sequence, error: .sequence
      ) { execution in
        async let output = Self.collect(execution.standardOutput) { _ in }
        async let errors = Self.collect(execution.standardError, line)
        return try await (output, errors)
      }
      try Task.checkCancellation()
      let (output, errors) = result.closureResult
      return GitResult(status: result.terminationStatus.code, output: output, errors: errors)
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      let isMissing = error.code == .executableNotFound
      throw GitError(.program, isMissing ? "the program \(executable) is not installed" : error.description)
    }
  }

  /// The lines of a stream; git ends those of its progress by a carriage return.
  private static func collect(
    _ stream: SubprocessOutputSequence, _ line: (String) -> Void
  ) async throws -> [String] {
    var (lines, rest): ([String], [UInt8]) = ([], [])
    // ssh ends its lines by both.
    var hasReturned = false
    func end(isProgress: Bool) {
      while rest.last == UInt8(ascii: " ") { rest.removeLast() }
      defer { rest.removeAll(keepingCapacity: true) }
      guard !rest.isEmpty || !isProgress else { return }
      let text = RemoteAddress.withoutPassword(String(decoding: rest, as: UTF8.self))
      line(text)
      if !isProgress, lines.count < maximumLines { lines.append(text) }
    }
    for try await buffer in stream {
      buffer.withUnsafeBytes { bytes in
        for byte in bytes {
          if hasReturned { end(isProgress: byte != UInt8(ascii: "\n")) }
          let isEnded = hasReturned && byte == UInt8(ascii: "\n")
          hasReturned = byte == UInt8(ascii: "\r")
          switch byte {
          case UInt8(ascii: "\n"): if !isEnded { end(isProgress: false) }
          case UInt8(ascii: "\r"): break
          default: if rest.count < maximumLine { rest.append(byte) }
          }
        }
      }
    }
    if !rest.isEmpty { end(isProgress: hasReturned) }
    return lines
  }

  /// What is kept of a remote that talks without end.
  private static let maximumLines = 10_000
  private static let maximumLine = 16_384

  private var surroundings: Environment {
    var variables = environment
    variables["LC_ALL"] = "C.UTF-8"
    variables["LANGUAGE"] = nil
    // In a hook these name the repository that the hook runs for; the call is about another.
    for name in Self.ofRepository { variables[name] = nil }
    return .custom(
      Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
  }

  private static let ofRepository = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH", "GIT_PREFIX", "GIT_NAMESPACE",
  ]
}

extension TerminationStatus {
  /// The status as a shell gives it: 128 and the signal's number when it was killed.
  fileprivate var code: Int32 {
    switch self {
    case .exited(let code): Int32(code)
    case .signaled(let signal): 128 + Int32(signal)
    }
  }
}

import Subprocess
#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The `git` executable, for what people have configured around it: ssh, credential helpers, and the hub's hooks.
///
/// ```swift
/// let git = GitProgram(environment: environment)
/// try await git.fetch("origin", ["+refs/heads/main:refs/remotes/origin/main"], in: clone)
/// ```
///
/// The environment is the caller's, whole: `GIT_TERMINAL_PROMPT` and `SSH_ASKPASS` mean what they meant there. Only the
/// language is set to none, because answers are read. git keeps the terminal, so that it can ask for a password.
public struct GitProgram: Sendable {
  /// A name to be found on the environment's `PATH`, or an absolute path.
  public var executable: String
  /// By name; what git and its helpers see, and nothing else.
  public var environment: [String: String]
  /// After so long a call is ended; nil: never.
  public var timeout: Duration?

  /// The program with the environment that it is to have.
  public init(executable: String = "git", environment: [String: String], timeout: Duration? = nil) {
    self.executable = executable
    self.environment = environment
    self.timeout = timeout
  }

  /// Fetches from a remote.
  /// - Parameters:
  ///   - remote: a configured name, a path or an address
  ///   - refspecs: as git takes them; none: the configured ones
  ///   - folder: the repository
  ///   - progress: whether git is to report progress, several times a second
  ///   - line: called with each line that git or the remote writes, as it arrives
  /// - Throws: ``GitProgramError``; `CancellationError` when the task is cancelled, after git has ended
  public func fetch(
    _ remote: String, _ refspecs: [String] = [], in folder: String, progress: Bool = false,
    line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    var arguments = ["fetch", progress ? "--progress" : "--quiet", "--no-tags", "--no-auto-maintenance"]
    arguments += ["--no-recurse-submodules", "--no-write-fetch-head", "--", remote] + refspecs
    try await run(arguments, in: folder, line: line).succeed()
  }

  /// Pushes references, and says what became of each.
  ///
  /// A reference counts as updated only when the remote has said so. A refusal is a result, not an error; so is a
  /// connection that breaks while nobody knows how far the push got (``PushReport/Outcome/unclear(_:)``).
  /// - Parameters:
  ///   - remote: a configured name, a path or an address
  ///   - refspecs: as git takes them, as `<id>:refs/heads/main`
  ///   - folder: the repository
  ///   - progress: whether git is to report progress
  ///   - line: called with each line that git or the remote writes, as it arrives
  /// - Throws: ``GitProgramError`` when the remote cannot have received anything; `CancellationError`
  public func push(
    _ remote: String, _ refspecs: [String], in folder: String, progress: Bool = false,
    line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> PushReport {
    var arguments = ["push", "--porcelain", progress ? "--progress" : "--quiet", "--no-follow-tags"]
    arguments += ["--recurse-submodules=no", "--", remote] + refspecs
    let result = try await run(arguments, in: folder, line: line)
    return try PushReport(result, refspecs: refspecs)
  }

  /// Clones a repository into a folder that does not exist yet or is empty.
  /// - Parameters:
  ///   - remote: a path or an address
  ///   - folder: where to
  ///   - configuration: variables for the new repository, in force while it is cloned
  ///   - bare: without a work tree
  ///   - progress: whether git is to report progress
  ///   - line: called with each line that git or the remote writes, as it arrives
  /// - Throws: ``GitProgramError``; `CancellationError`
  public func clone(
    _ remote: String, to folder: String, configuration: [String: String] = [:], bare: Bool = false,
    progress: Bool = false, line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    var arguments = ["clone", progress ? "--progress" : "--quiet"]
    if bare { arguments.append("--bare") }
    for (name, value) in configuration.sorted(by: { $0.key < $1.key }) { arguments += ["-c", "\(name)=\(value)"] }
    try await run(arguments + ["--", remote, folder], in: nil, line: line).succeed()
  }

  /// Packs what has gathered, if there is enough of it for that; in this process, not in the background.
  /// - Throws: ``GitProgramError``; `CancellationError`
  public func collectGarbage(in folder: String) async throws {
    try await run(["-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"], in: folder).succeed()
  }

  /// Runs git with any arguments to its end.
  /// - Parameters:
  ///   - arguments: without the program's name
  ///   - folder: where it works (`git -C`); nil: this process's own folder
  ///   - line: called with each line of its standard error, as it arrives; progress counts as lines
  /// - Returns: what it wrote and how it ended, whatever its status
  /// - Throws: ``GitProgramError`` when it cannot be started or takes too long; `CancellationError`
  public func run(
    _ arguments: [String], in folder: String?, line: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> GitResult {
    guard let timeout else { return try await finish(arguments, folder, line) }
    return try await withThrowingTaskGroup(of: GitResult?.self) { group in
      group.addTask { try await finish(arguments, folder, line) }
      group.addTask {
        try await Task.sleep(for: timeout)
        return nil
      }
      defer { group.cancelAll() }
      if let result = try await group.next() ?? nil { return result }
      throw GitProgramError(command: arguments.command, kind: .timedOut, status: nil, lines: [])
    }
  }

  private func finish(
    _ arguments: [String], _ folder: String?, _ line: @escaping @Sendable (String) -> Void
  ) async throws -> GitResult {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))]
    let place = folder.map { ["-C", $0] } ?? []
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
      return GitResult(
        command: arguments.command, status: result.terminationStatus.code, output: result.closureResult.0,
        lines: result.closureResult.1)
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      let kind: GitProgramError.Kind = error.code == .executableNotFound ? .notInstalled : .failed
      throw GitProgramError(command: arguments.command, kind: kind, status: nil, lines: [error.description])
    }
  }

  /// The lines of a stream; git ends those of its progress by a carriage return.
  private static func collect(
    _ stream: SubprocessOutputSequence, _ line: (String) -> Void
  ) async throws -> [String] {
    var (lines, rest): ([String], [UInt8]) = ([], [])
    func end(isProgress: Bool) {
      while rest.last == UInt8(ascii: " ") { rest.removeLast() }
      defer { rest.removeAll(keepingCapacity: true) }
      guard !rest.isEmpty || !isProgress else { return }
      let text = String(decoding: rest, as: UTF8.self)
      line(text)
      if !isProgress, lines.count < maximumLines { lines.append(text) }
    }
    for try await buffer in stream {
      buffer.withUnsafeBytes { bytes in
        for byte in bytes {
          switch byte {
          case UInt8(ascii: "\n"): end(isProgress: false)
          case UInt8(ascii: "\r"): end(isProgress: true)
          default: if rest.count < maximumLine { rest.append(byte) }
          }
        }
      }
    }
    if !rest.isEmpty { end(isProgress: false) }
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

extension [String] {
  /// git's subcommand among its arguments.
  fileprivate var command: String {
    var isValue = false
    return first { argument in
      defer { isValue = argument == "-c" || argument == "-C" }
      return !isValue && !argument.hasPrefix("-")
    } ?? ""
  }
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

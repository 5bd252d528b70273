import Foundation
import Testing

/// A temporary folder in which the built `kpi` and the real `git` run, with nobody's configuration.
final class Workplace {
  let folder: String
  /// What every program that is started sees.
  var environment: [String: String]

  struct Ended {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The `kpi` that was built beside the tests.
  static let program: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("kpi").path
  }()

  init() throws {
    folder = NSTemporaryDirectory() + "kpi-work-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/home", withIntermediateDirectories: true)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder + "/home",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0", "NO_COLOR": "1",
      "COLUMNS": "100", "TZ": "UTC", "LC_ALL": "C.UTF-8",
    ]
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Starts a program in one of the folders.
  func start(_ program: String, _ arguments: [String], in place: String = "") throws -> (Process, Pipe, Pipe) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder + "/" + place)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    // The threads of Swift's tasks block signals, and children would inherit that: a shell would wait for ever.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    return (process, output, errors)
  }

  private func finish(_ started: (Process, Pipe, Pipe)) -> Ended {
    let errors = Collector(started.2)
    let output = String(decoding: started.1.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    started.0.waitUntilExit()
    return Ended(status: started.0.terminationStatus, output: output, errors: errors.text)
  }

  /// Runs `kpi` and expects one of some statuses.
  @discardableResult
  func kpi(_ arguments: String..., in place: String = "", expecting expected: Set<Int32> = [0]) throws -> Ended {
    try kpi(arguments, in: place, expecting: expected)
  }

  @discardableResult
  func kpi(_ arguments: [String], in place: String = "", expecting expected: Set<Int32> = [0]) throws -> Ended {
    let ended = finish(try start(Self.program, arguments, in: place))
    try #require(
      expected.contains(ended.status), "kpi \(arguments) ended with \(ended.status)\n\(ended.output)\(ended.errors)")
    return ended
  }

  @discardableResult
  func git(_ arguments: String..., in place: String = "") throws -> String {
    let ended = finish(try start("/usr/bin/env", ["git"] + arguments, in: place))
    try #require(ended.status == 0, "git \(arguments) in \(place): \(ended.output)\(ended.errors)")
    return ended.output
  }

  /// Runs lines of shell, in which `kpi` is the built one.
  func shell(_ lines: String) throws -> Ended {
    let tools = URL(fileURLWithPath: Self.program).deletingLastPathComponent().path
    return finish(try start("/bin/sh", ["-c", "PATH='\(tools)':$PATH\n" + lines]))
  }

  /// Whether git finds nothing missing in a repository.
  func isSound(_ place: String) throws -> Bool {
    finish(try start("/usr/bin/env", ["git", "fsck", "--no-dangling", "--no-progress"], in: place)).status == 0
  }

  func read(_ path: String) throws -> String { try String(contentsOfFile: folder + "/" + path, encoding: .utf8) }

  func write(_ text: String, to path: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + path) }

  /// Reads a pipe on a thread of its own, so that a program that writes much to both does not wait for its reader.
  private final class Collector: @unchecked Sendable {
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
      let handle = pipe.fileHandleForReading
      Thread.detachNewThread { [self] in
        data = handle.readDataToEndOfFile()
        done.signal()
      }
    }

    var text: String {
      done.wait()
      return String(decoding: data, as: UTF8.self)
    }
  }
}

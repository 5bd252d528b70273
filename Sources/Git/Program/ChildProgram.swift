import Clibgit2
import Glibc

/// Bytes that a child process reads as a file or writes; they are on no disk.
final class ChildFile {
  let descriptor: Int32

  /// - Throws: ``GitError`` with code `.system` where the system has no room
  init(_ bytes: [UInt8] = []) throws(GitError) {
    descriptor = kpi_memory_file()
    guard descriptor >= 0 else { throw GitError(.system, "memfd_create: \(String(cString: strerror(errno)))") }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw GitError(.system, "write: \(String(cString: strerror(errno)))") }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  /// What a child finds it by.
  func path(inChild descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// What is in it, up to so many bytes.
  func text(upTo limit: Int = 65_536) -> String { String(decoding: bytes(upTo: limit), as: UTF8.self) }

  /// All of it.
  var bytes: [UInt8] { bytes(upTo: max(0, Int(lseek(descriptor, 0, SEEK_END)))) }

  private func bytes(upTo limit: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while count < limit {
        let read = pread(descriptor, buffer.baseAddress.map { $0 + count }, limit - count, off_t(count))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { break }
        count += read
      }
    }
  }
}

/// A small program that is run to its end, while the caller waits: for merging, which does not let go of its thread.
struct ChildProgram {
  /// Paths or bare names, of which the first that can be run is.
  let places: [String]
  /// `NAME=value`
  let environment: [String]
  /// After so many seconds it is killed.
  let seconds: Double

  /// The descriptor under which a child finds the first of its extra files.
  static let firstExtraFile: Int32 = 9

  struct Ended {
    /// As a shell gives it: 128 and the signal's number where it was killed.
    let status: Int32
    let output: String
    let errors: String
  }

  /// - Parameters:
  ///   - input: what it reads on standard input
  ///   - extra: what it finds from ``firstExtraFile`` on
  /// - Throws: ``GitError`` with code `.program` where it is not installed or takes too long
  func run(_ arguments: [String], input: [UInt8], extra: [ChildFile] = []) throws(GitError) -> Ended {
    let (input, output, errors) = (try ChildFile(input), try ChildFile(), try ChildFile())
    var files: [(ChildFile, Int32)] = [(input, 0), (output, 1), (errors, 2)]
    for (place, file) in extra.enumerated() { files.append((file, Self.firstExtraFile + Int32(place))) }
    let child = try start(arguments, files)
    let status = try wait(for: child)
    return Ended(status: status, output: output.text(), errors: errors.text())
  }

  /// How it ended, and all that it wrote to standard output, however much.
  /// - Throws: ``GitError`` with code `.program` where it is not installed or takes too long
  func output(of arguments: [String], input: [UInt8]) throws(GitError) -> (status: Int32, bytes: [UInt8]) {
    let (input, output, errors) = (try ChildFile(input), try ChildFile(), try ChildFile())
    let status = try wait(for: start(arguments, [(input, 0), (output, 1), (errors, 2)]))
    return (status, output.bytes)
  }

  private var name: String { places.last.map { String($0.split(separator: "/").last ?? "") } ?? "" }

  private func start(_ arguments: [String], _ files: [(ChildFile, Int32)]) throws(GitError) -> pid_t {
    var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (file, descriptor) in files { posix_spawn_file_actions_adddup2(&actions, file.descriptor, descriptor) }
    // Threads of Swift's tasks block signals, and a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    for place in places {
      var child: pid_t = 0
      let argv = [strdup(place)] + words
      defer { free(argv[0]) }
      if posix_spawnp(&child, place, &actions, &attributes, argv, variables) == 0 { return child }
    }
    throw GitError(.program, "the program \(name) is not installed")
  }

  private func wait(for child: pid_t) throws(GitError) -> Int32 {
    var (waited, pause, status): (Double, Double, Int32) = (0, 0.0005, 0)
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { break }
      if ended < 0, errno != EINTR { throw GitError(.program, "waitpid: \(String(cString: strerror(errno)))") }
      guard waited < seconds else {
        kill(child, SIGKILL)
        waitpid(child, &status, 0)
        throw GitError(.program, "\(name) took longer than \(Int(seconds)) seconds")
      }
      usleep(UInt32(pause * 1_000_000))
      waited += pause
      pause = min(pause * 1.5, 0.02)
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}

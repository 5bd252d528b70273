import Foundation
import Git
import Testing

/// A folder of its own with the real `git` in it, without any configuration of the machine or the user. Its commits
/// have a fixed identity and a clock that counts.
final class RealGit {
  let folder: String
  private var clock = 1_700_000_000
  var environment: [String: String]

  init() throws {
    folder = NSTemporaryDirectory() + "kpi-git-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/home", withIntermediateDirectories: true)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder + "/home",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C", "TZ": "UTC",
      "GIT_AUTHOR_NAME": "Ana Ruiz", "GIT_AUTHOR_EMAIL": "ana@example.com",
      "GIT_COMMITTER_NAME": "Bo Lind", "GIT_COMMITTER_EMAIL": "bo@example.com",
    ]
    try LibGit2.searchConfiguration(home: "", xdg: "", system: "")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  /// Runs git in a folder; what it printed, without the last line break. A failure is a failed test.
  @discardableResult
  func callAsFunction(
    _ arguments: String..., in name: String = "work", input: String? = nil, status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    clock += 1
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", path(name)] + arguments
    process.environment = environment.merging([
      "GIT_AUTHOR_DATE": "\(clock) +0100", "GIT_COMMITTER_DATE": "\(clock) +0000",
    ]) { given, _ in given }
    let (output, errors, stdin) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = stdin
    try process.run()
    if let input { try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
    try stdin.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      process.terminationStatus == status, "git \(arguments): \(complaint)", sourceLocation: sourceLocation)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// An empty repository with a work tree.
  func repository(_ name: String = "work", bare: Bool = false) throws -> Repository {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    try self("init", "-q", "-b", "main", bare ? "--bare" : "--no-bare", in: name)
    return try Repository.open(path(name))
  }

  func write(_ text: String, to file: String, in name: String = "work") throws {
    let target = path(name) + "/" + file
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: target))
  }

  func read(_ file: String, in name: String = "work") -> String? {
    FileManager.default.contents(atPath: path(name) + "/" + file).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes files, removes those set to nil, and commits everything.
  @discardableResult
  func commit(
    _ files: [String: String?], in name: String = "work", message: String = "change",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ObjectID {
    for (file, text) in files {
      if let text {
        try write(text, to: file, in: name)
      } else {
        try FileManager.default.removeItem(atPath: path(name) + "/" + file)
      }
    }
    try self("add", "-A", in: name)
    try self("commit", "-q", "--allow-empty", "-m", message, in: name)
    return try tip(in: name, sourceLocation: sourceLocation)
  }

  func tip(
    _ revision: String = "HEAD", in name: String = "work", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ObjectID {
    try #require(ObjectID(try self("rev-parse", revision, in: name)), sourceLocation: sourceLocation)
  }
}

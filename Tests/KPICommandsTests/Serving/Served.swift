import Foundation
import Testing

/// A hub of a workplace, served by the built program on a free port.
final class Served {
  let port: Int
  private let process: Process
  private let work: Workplace

  /// Serves `hub.git`.
  init(_ work: Workplace, _ flags: String...) throws {
    self.work = work
    let listen = ["hub", "serve", "hub.git", "--listen", "127.0.0.1:0", "--log", "hub.log"]
    let (process, output, _) = try work.start(Workplace.program, listen + flags)
    self.process = process
    let line = Self.line(output.fileHandleForReading)
    let address = try #require(line.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\/hub\.git/), "\(line)")
    port = try #require(Int(address.1))
  }

  deinit { kill(process.processIdentifier, SIGKILL) }

  private static func line(_ file: FileHandle) -> String {
    var bytes = Data()
    while let byte = try? file.read(upToCount: 1), let first = byte.first, first != UInt8(ascii: "\n") {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The address without who asks.
  var address: String { "http://127.0.0.1:\(port)/hub.git" }

  /// The address with a new token of a person in it.
  func address(of person: String) throws -> String {
    "http://\(person):\(try token(of: person))@127.0.0.1:\(port)/hub.git"
  }

  func token(of person: String) throws -> String {
    try work.kpi("hub", "token", "add", "hub.git", person).output.trimmingCharacters(in: .newlines)
  }

  /// A clone of a person whose token git keeps in a file of the workplace.
  func clone(_ person: String) throws {
    let token = try token(of: person)
    try work.kpi(
      "clone", "http://\(person):\(token)@127.0.0.1:\(port)/hub.git", person, "--name", person.capitalized, "--email",
      "\(person)@example.org")
    try work.git("remote", "set-url", "origin", address, in: person)
    try work.git("config", "credential.helper", "store --file=\(work.folder)/\(person).secrets", in: person)
    try work.write("http://\(person):\(token)@127.0.0.1:\(port)\n", to: "\(person).secrets")
  }

  /// Ends it as a service manager does.
  /// - Returns: its exit status
  @discardableResult
  func stop() -> Int32 {
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What it logged.
  var log: String { get throws { try work.read("hub.log") } }
}

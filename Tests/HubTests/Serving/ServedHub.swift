import Foundation
import Hub
import Logging
import Synchronization
import Testing

/// A hub that is served on a free port of this machine, in this process, with a token for Bo.
final class ServedHub {
  let stage: HubStage
  let port: Int
  let token: String
  private let log = Lines()
  private let stop: AsyncStream<Void>.Continuation
  private let running: Task<Void, any Error>

  final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  var tokens: TokenStore { TokenStore(in: stage.hubPath + "/kpi/") }
  /// The hub's address as git wants it, without who asks.
  var address: String { "http://127.0.0.1:\(port)/hub.git" }
  /// The same with Bo's token.
  var open: String { "http://bo:\(token)@127.0.0.1:\(port)/hub.git" }
  /// What was logged.
  var lines: [String] { log.all }

  init(_ stage: HubStage? = nil, _ change: (inout ServingOptions) -> Void = { _ in }) async throws {
    let stage = try stage ?? HubStage()
    self.stage = stage
    token = try TokenStore(in: stage.hubPath + "/kpi/").add(
      person: "bo", on: HubStage.today, until: nil, note: "test"
    ).text
    var options = ServingOptions()
    change(&options)
    let log = log
    let machine = HubServer.Machine(
      now: { Int64(Date().timeIntervalSince1970 * 1000) }, environment: stage.environment, version: "test",
      logger: Logger(label: "test") { _ in ServingLog(now: { 0 }, write: log.add) })
    let server = try HubServer(hub: stage.hubPath, options: options, machine: machine)
    let (words, stop) = AsyncStream<Void>.makeStream()
    let (ports, listening) = AsyncStream<Int>.makeStream()
    self.stop = stop
    running = Task {
      defer { listening.finish() }
      try await server.run(host: "127.0.0.1", port: 0, stop: words) { listening.yield($0) }
    }
    var iterator = ports.makeAsyncIterator()
    port = try #require(await iterator.next())
  }

  /// The first line of the log with a text; it is written a moment after the client has its answer.
  func line(with text: String) async throws -> String {
    for _ in 0..<200 where !lines.contains(where: { $0.contains(text) }) {
      try await Task.sleep(for: .milliseconds(50))
    }
    return try #require(lines.first { $0.contains(text) }, "nothing logged with \(text)")
  }

  /// Says that it should stop.
  func sayStop() { stop.yield() }

  /// Waits until it has stopped.
  func end() async throws { try await running.value }

  deinit { running.cancel() }

  /// Does something that waits for the server, on a thread of its own: the few that tests and server share must not all
  /// wait.
  @discardableResult
  func apart<Result: Sendable>(_ body: @escaping @Sendable (HubStage) throws -> Result) async throws -> Result {
    let stage = stage
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Swift.Result { try body(stage) }) }
    }
  }

  /// Runs git, which must succeed.
  func git(_ arguments: String..., in name: String) async throws {
    let result = try await run("git", arguments, in: name)
    try #require(result.status == 0, "git \(arguments): \(result.errors)")
  }

  func run(
    _ program: String, _ arguments: [String], in name: String, adding more: [String: String] = [:]
  ) async throws -> HubStage.Result {
    try await apart { try $0.run(program, arguments, in: name, adding: more) }
  }

  /// Asks with Bo's token.
  func get(_ path: String, _ more: [String] = [], method: String = "GET") async throws -> RawHTTP.Answer {
    try await RawHTTP.ask(
      port, "\(method) \(path) HTTP/1.1", ["Authorization: Bearer \(token)"] + more)
  }
}

/// HTTP as bytes: one request, and everything that comes back until the other side hangs up.
enum RawHTTP {
  struct Answer {
    let status: Int
    let head: String
    let body: String

    /// A header's value; "" where there is none.
    func field(_ name: String) -> String {
      let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) } ?? ""
    }
  }

  static func ask(_ port: Int, _ line: String, _ fields: [String], body: String = "") async throws -> Answer {
    let head = [line, "Host: localhost", "Connection: close"] + fields
    return try await send(port, head.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// Sends bytes and reads to the end, on a thread of its own.
  static func send(_ port: Int, _ text: String) async throws -> Answer {
    let bytes: [UInt8] = await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: exchange(port, Array(text.utf8))) }
    }
    let all = String(decoding: bytes, as: UTF8.self)
    let parts = all.components(separatedBy: "\r\n\r\n")
    let status = all.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Answer(status: status, head: parts.first ?? "", body: parts.dropFirst().joined(separator: "\r\n\r\n"))
  }

  static func connect(_ port: Int) -> Int32 {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return status == 0 ? file : -1
  }

  private static func exchange(_ port: Int, _ text: [UInt8]) -> [UInt8] {
    let file = connect(port)
    defer { close(file) }
    _ = text.withUnsafeBytes { Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
      let count = recv(file, &buffer, buffer.count, 0)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }
}

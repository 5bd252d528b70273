import HTTPTypes
import HummingbirdCore
import NIOCore
import Subprocess
import Synchronization

/// Runs `git http-backend` for one request: the request's body into it, its answer out of it, both piece by piece, each side
/// only as fast as the other takes it. When anything breaks, the program and all it has started are ended.
struct GitBackend {
  enum Fault: Error {
    case bodyTooLarge
    /// It ended, or talked nonsense, before it answered; what it said on standard error.
    case noAnswer(String)
    case notInstalled
  }

  let variables: [String: String]
  let largestBody: Int
  let stall: Stall
  let trail: PushTrail

  private enum Part {
    case fed
    case passed
    case complaint(String)
  }

  /// - Parameters:
  ///   - body: of the request, as it came: packed bodies stay packed
  ///   - reply: gets the answer
  ///   - fields: what the answer's head has besides git's
  /// - Returns: what the program said on standard error, its last part
  /// - Throws: ``Fault``, `Stall.TooLong`, or what broke the connection
  func run(_ body: RequestBody, to reply: Reply, _ fields: HTTPFields) async throws -> String {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(5))]
    let environment = Environment.custom(
      Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: ["http-backend"], environment: environment, platformOptions: options,
        input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        let (input, output, errors) = (
          execution.standardInputWriter, execution.standardOutput, execution.standardError
        )
        return try await withThrowingTaskGroup(of: Part.self) { group in
          let (fed, isFed) = AsyncStream<Void>.makeStream()
          group.addTask {
            let part = try await feed(body, to: input)
            isFed.finish()
            return part
          }
          group.addTask { try await pass(output, to: reply, fields, after: fed) }
          group.addTask { try await Self.complaint(errors) }
          group.addTask {
            try await stall.watch()
            return .fed
          }
          defer { group.cancelAll() }
          var (left, complaint) = (3, "")
          while left > 0, let part = try await group.next() {
            left -= 1
            if case .complaint(let text) = part { complaint = text }
          }
          return complaint
        }
      }
      guard reply.status != nil else { throw Fault.noAnswer(result.closureResult) }
      // When the client hears the end, all is done. What was broken off has no end.
      try Task.checkCancellation()
      try await reply.end()
      return result.closureResult
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw Fault.notInstalled
    }
  }

  /// The request's body into the program. What it does not want to read any more is read all the same, within the limit:
  /// whoever sends hears the answer only after the last byte.
  private func feed(_ body: RequestBody, to input: StandardInputWriter) async throws -> Part {
    var (iterator, total, isOpen) = (body.makeAsyncIterator(), 0, true)
    while let piece = try await stall.waiting(0, { try await iterator.next() }) {
      total += piece.readableBytes
      guard total <= largestBody else { throw Fault.bodyTooLarge }
      guard isOpen else { continue }
      let bytes = Array(piece.readableBytesView)
      trail.ask(bytes)
      isOpen = (try? await input.write(bytes)) == bytes.count
      try Task.checkCancellation()
    }
    try? await input.finish()
    return .fed
  }

  /// The program's answer to the client, once the request is there as a whole: git begins its answer before it has read
  /// anything, and a proxy that hears an answer stops sending the request.
  private func pass(
    _ output: SubprocessOutputSequence, to reply: Reply, _ fields: HTTPFields, after fed: AsyncStream<Void>
  ) async throws -> Part {
    for await _ in fed {}
    try Task.checkCancellation()
    var (head, isBegun) = (CGIHead(), false)
    for try await buffer in output {
      let bytes = buffer.withUnsafeBytes { Array($0) }
      guard !isBegun else {
        try await send(bytes, to: reply)
        continue
      }
      switch head.read(bytes) {
      case .more: break
      case .broken: throw Fault.noAnswer("its answer has no header")
      case .done(let head, let rest):
        isBegun = true
        var all = fields
        for field in head.fields { all[field.name] = field.value }
        try await stall.waiting(1) { try await reply.begin(head.status, all) }
        try await send(rest, to: reply)
      }
    }
    return .passed
  }

  private func send(_ bytes: [UInt8], to reply: Reply) async throws {
    guard !bytes.isEmpty else { return }
    trail.answer(bytes)
    try await stall.waiting(1) { try await reply.send(ByteBuffer(bytes: bytes)) }
  }

  private static func complaint(_ errors: SubprocessOutputSequence) async throws -> Part {
    var text: [UInt8] = []
    for try await buffer in errors { text = buffer.withUnsafeBytes { (text + $0).suffix(2_000) } }
    return .complaint(String(decoding: text, as: UTF8.self))
  }
}

/// A push as it goes by, seen by the task that sends it in and by the one that sends the answer out.
final class PushTrail: Sendable {
  private let watch: Mutex<PushWatch?>

  /// - Parameter watch: nil where nothing is to be read
  init(_ watch: PushWatch?) { self.watch = Mutex(watch) }

  func ask(_ bytes: [UInt8]) { watch.withLock { $0?.ask(bytes) } }

  func answer(_ bytes: [UInt8]) { watch.withLock { $0?.answer(bytes) } }

  /// What was read so far.
  var seen: PushWatch? { watch.withLock { $0 } }
}

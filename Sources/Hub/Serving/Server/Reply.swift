import HTTPTypes
import HummingbirdCore
import NIOCore

/// The answer to one request, written once: whole, or its head and then piece by piece. It remembers what was sent, for
/// the log.
///
/// One task at a time uses it; the server hands it from task to task and never to two at once.
final class Reply: @unchecked Sendable {
  private var writer: ResponseWriter?
  private var body: (any ResponseBodyWriter)?
  private let standard: HTTPFields
  private let isHead: Bool
  /// The status that was sent; nil before.
  private(set) var status: HTTPResponse.Status?
  /// Bytes of the body that were sent.
  private(set) var bytes = 0

  /// - Parameters:
  ///   - standard: headers that every answer has
  ///   - isHead: whether only the head was asked for
  init(_ writer: consuming ResponseWriter, standard: HTTPFields, isHead: Bool) {
    self.writer = consume writer
    self.standard = standard
    self.isHead = isHead
  }

  /// Says that the body may come, where the client waits for that.
  func invite() async throws {
    guard let writer = writer.take() else { return }
    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
    self.writer = consume writer
  }

  /// Sends a whole answer; nothing where one was begun already.
  func send(_ status: HTTPResponse.Status, _ fields: HTTPFields, _ content: [UInt8]) async throws {
    guard let writer = writer.take() else { return }
    self.status = status
    var head = HTTPResponse(status: status, headerFields: combined(fields))
    if status != .notModified { head.headerFields[.contentLength] = "\(content.count)" }
    guard !isHead, !content.isEmpty else { return try await writer.writeResponse(head) }
    bytes = content.count
    try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
  }

  /// Begins an answer whose length nobody knows yet.
  func begin(_ status: HTTPResponse.Status, _ fields: HTTPFields) async throws {
    guard let writer = writer.take() else { return }
    self.status = status
    body = try await writer.writeHead(HTTPResponse(status: status, headerFields: combined(fields)))
  }

  /// Sends a piece; waits while the client takes its time.
  func send(_ piece: ByteBuffer) async throws {
    bytes += piece.readableBytes
    try await body?.write(piece)
  }

  /// Ends an answer that was begun.
  func end() async throws {
    guard let body else { return }
    self.body = nil
    try await body.finish(nil)
  }

  /// Whether an answer was sent to its end.
  var isWhole: Bool { status != nil && body == nil }

  /// Whether an answer was begun and cannot be ended any more.
  var isHalfSent: Bool { body != nil }

  private func combined(_ fields: HTTPFields) -> HTTPFields {
    var all = standard
    for field in fields { all[field.name] = field.value }
    return all
  }
}

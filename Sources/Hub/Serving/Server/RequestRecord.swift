import HTTPTypes
import HummingbirdCore
import Logging

/// What the log says of a request.
struct RequestRecord {
  let method: String
  let path: String
  let address: String
  var person: String?
  /// What went wrong, for whoever looks after the hub.
  var note: String?
  /// Whether the request's body was read to its end, or the connection ends with the answer.
  var isBodyRead = false
  /// Of a push: what it brought.
  var push: PushWatch?

  init(_ request: Request, address: String) {
    method = request.method.rawValue
    path = String(request.uri.string.prefix(500))
    self.address = address
  }

  func log(_ reply: Reply, took time: Duration, to logger: Logger) {
    var fields: Logger.Metadata = [
      "method": .string(method), "path": .string(path), "address": .string(address),
      "bytes": .stringConvertible(reply.bytes), "ms": .stringConvertible(Int(time / .milliseconds(1))),
    ]
    fields["status"] = reply.status.map { .stringConvertible($0.code) }
    fields["person"] = person.map { .string($0) }
    fields["note"] = note.map { .string($0) }
    let isOurs = reply.status.map { $0.code == 500 } ?? false
    logger.log(level: isOurs ? .error : .info, "request", metadata: fields)
    for move in push?.moves ?? [] { log(move, to: logger) }
  }

  private func log(_ move: PushWatch.Move, to logger: Logger) {
    let outcome: String =
      switch push?.outcomes[move.name] {
      case .none: "unknown"
      case .some(.none): "taken"
      case .some(.some(let reason)): "refused: \(reason)"
      }
    logger.notice(
      "push",
      metadata: [
        "person": .string(person ?? ""), "address": .string(address), "name": .string(move.name),
        "old": .string(move.old),
        "new": .string(move.new), "outcome": .string(outcome),
      ])
  }
}

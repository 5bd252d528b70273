import HTTPTypes
import HummingbirdCore

/// Answers git: waits for a turn and for a free process, and lets `git http-backend` do it.
struct GitAnswers: Sendable {
  let environment: BackendEnvironment
  private let reader: HubReader
  private let limits: ServingLimits
  private let slots: Slots
  private let turns: Turns

  init(environment: BackendEnvironment, reader: HubReader, limits: ServingLimits) {
    self.environment = environment
    self.reader = reader
    self.limits = limits
    slots = Slots(limits.processes, waiting: limits.waiting)
    turns = Turns(span: limits.turn, patience: limits.patience, longest: limits.waiting)
  }

  /// Answers a request of a person. The connection ends with the answer: only so it is noticed when the client goes away.
  func answer(_ call: GitCall, _ request: Request, to reply: Reply, _ record: inout RequestRecord) async throws {
    guard let person = record.person else { return }
    guard call.isQuestion || request.headers[.contentType] == call.contentType else {
      let text = "This is not what git sends."
      return try await reply.send(.unsupportedMediaType, PlainText.fields, PlainText.bytes(text))
    }
    let largest = try await largestBody(of: call)
    if let length = request.headers[.contentLength].flatMap(Int.init), length > largest {
      throw GitBackend.Fault.bodyTooLarge
    }
    if request.headers[.expect]?.lowercased() == "100-continue" { try await reply.invite() }
    record.isBodyRead = true
    let isCompressed = BackendEnvironment.isCompressed(request.headers)
    let trail = PushTrail(call.isPush ? PushWatch(isCompressed: isCompressed) : nil)
    let backend = GitBackend(
      variables: environment.variables(for: call, request.headers, person: person, address: record.address),
      largestBody: largest, stall: Stall(limit: limits.silence), trail: trail)
    defer { record.push = trail.seen }
    let ticket = Turns.Ticket(request.headers[.turn], of: person)
    let complaint = try await request.body.consumeWithCancellationOnInboundClose { body in
      try await inTurn(call, ticket, trail) { try await run(backend, body, to: reply) }
    }
    if !complaint.isEmpty { record.note = complaint }
  }

  private func inTurn(
    _ call: GitCall, _ ticket: Turns.Ticket?, _ trail: PushTrail, _ body: () async throws -> String
  ) async throws -> String {
    guard call.isPush else {
      // Not at the question before it: a hub that ends while that waits looks to git 2.39 like one that refuses the
      // password, which it then forgets.
      if !call.isQuestion, let ticket { await turns.begin(ticket) }
      return try await body()
    }
    let turn = await turns.push(ticket)
    do {
      let complaint = try await body()
      await turns.end(turn, landed: trail.seen?.hasLanded ?? false)
      return complaint
    } catch {
      await turns.end(turn, landed: trail.seen?.hasLanded ?? false)
      throw error
    }
  }

  private func run(_ backend: GitBackend, _ body: RequestBody, to reply: Reply) async throws -> String {
    guard await slots.take(patience: limits.patience) else {
      try Task.checkCancellation()
      var fields = PlainText.fields
      fields[.retryAfter] = "5"
      fields[.connection] = "close"
      try await reply.send(.serviceUnavailable, fields, PlainText.bytes("The hub is busy; try again in a moment."))
      return ""
    }
    do {
      try Task.checkCancellation()
      let complaint = try await backend.run(body, to: reply, [.connection: "close"])
      await slots.giveBack()
      return complaint
    } catch {
      await slots.giveBack()
      throw error
    }
  }

  private func largestBody(of call: GitCall) async throws -> Int {
    guard call.isPush else { return limits.fetchBody }
    // The list of names comes before the pack.
    return try await (reader.number("receive.maxInputSize") ?? limits.pushBody) + (1 << 20)
  }
}

extension Turns.Ticket {
  /// Of the header `Kpi-Turn`: how many races were lost, and a name that the sync has chosen for itself.
  init?(_ text: String?, of person: String) {
    let parts = (text ?? "").split(separator: " ").map(String.init)
    guard parts.count == 2, let losses = Int(parts[0]), losses >= 0, parts[1].utf8.count <= 64 else { return nil }
    self.init(person: person, name: parts[1], losses: losses)
  }
}

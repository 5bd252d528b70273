import Git
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// Answers requests: who is it, what is asked for, may it be had; and writes down what came of it.
struct Answering: Sendable {
  /// The hub's folder, without a slash at its end, and the name it goes by in addresses.
  let folder: String
  let name: String
  let options: ServingOptions
  let machine: HubServer.Machine
  private let door: Doorkeeper
  private let pages: PublishedPages
  private let git: GitAnswers
  private let reader: HubReader
  private let requests = Tally()
  private let failures = Tally()

  init(folder: String, notes: String, options: ServingOptions, machine: HubServer.Machine) {
    self.folder = folder
    name = Self.name(of: folder)
    self.options = options
    self.machine = machine
    reader = HubReader(folder)
    door = Doorkeeper(tokens: TokenStore(in: notes), reader: reader)
    pages = PublishedPages(reader: reader, isOpen: options.hasOpenPages)
    git = GitAnswers(
      environment: BackendEnvironment(hub: folder, own: machine.environment), reader: reader, limits: options.limits)
  }

  /// The folder's name, such that it needs no escaping in an address, with `.git` at its end.
  private static func name(of folder: String) -> String {
    let last = folder.split(separator: "/").last ?? "ledger"
    let plain = last.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
    return String(last.hasSuffix(".git") ? plain : plain + ".git")
  }

  /// What a request asks for.
  private enum Wish {
    case health
    case git(GitCall)
    case page(PublishedPath)
    case nothing
  }

  func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    let started = ContinuousClock.now
    let address = ClientAddress.of(
      channel.remoteAddress?.ipAddress, request.headers, isBehindProxy: options.isBehindProxy)
    let reply = Reply(writer, standard: standardFields, isHead: request.method == .head)
    var record = RequestRecord(request, address: address)
    do {
      try await answer(request, to: reply, &record)
    } catch {
      try? await apologise(for: error, to: reply, &record)
    }
    record.log(reply, took: .now - started, to: machine.logger)
    if reply.isHalfSent { try await channel.close() }
    try await Self.drain(request, channel, isRead: record.isBodyRead)
  }

  private func answer(_ request: Request, to reply: Reply, _ record: inout RequestRecord) async throws {
    let wish = wish(request)
    if case .health = wish { return try await health(to: reply) }
    let now = machine.now()
    switch try await door.admit(request.headers, on: UTC.day(now)) {
    case .person(let person):
      record.person = person
      guard await requests.count("person " + person, at: now / 1000) <= options.limits.requestsOfPerson else {
        return try await refuse(.tooManyRequests, "You ask too often; wait a minute.", to: reply)
      }
    case .nobody(let denial):
      guard try await letsThrough(denial, wish, at: now / 1000, reply, &record) else { return }
    }
    switch wish {
    case .health: break
    case .git(let call): try await git.answer(call, request, to: reply, &record)
    case .page(let path): try await pages.send(path, request.headers, to: reply)
    case .nothing:
      try await refuse(.notFound, "There is nothing here. The scorecard is at /, the ledger at /\(name).", to: reply)
    }
  }

  /// Whether a stranger may have this; if not, the answer is sent.
  private func letsThrough(
    _ denial: Admission.Denial, _ wish: Wish, at now: Int64, _ reply: Reply, _ record: inout RequestRecord
  ) async throws -> Bool {
    if denial.isFailure {
      record.note = "not let in"
      guard try await isPatient(with: record.address, at: now, reply) else { return false }
    }
    guard await requests.count("from " + record.address, at: now) <= options.limits.requestsOfStranger else {
      try await refuse(.tooManyRequests, "There are too many requests from here; wait a minute.", to: reply)
      return false
    }
    if options.hasOpenPages, !denial.isFailure {
      switch wish {
      case .page, .nothing: return true
      case .git, .health: break
      }
    }
    var fields = PlainText.fields
    fields[.wwwAuthenticate] = "Basic realm=\"KPI Ledger: any user name, your token as password\", charset=\"UTF-8\""
    try await reply.send(.unauthorized, fields, PlainText.bytes(denial.text))
    return false
  }

  private func wish(_ request: Request) -> Wish {
    let path = request.uri.path
    let query = request.uri.query
    let isReading = request.method == .get || request.method == .head
    if path == "/health", isReading { return .health }
    if path.hasPrefix("/\(name)/") {
      let rest = String(path.dropFirst(name.count + 2))
      return GitCall(request.method, path: rest, query: query).map(Wish.git) ?? .nothing
    }
    guard isReading, path.hasPrefix("/"), let page = PublishedPath(String(path.dropFirst())) else { return .nothing }
    return .page(page)
  }

  // MARK: Small answers

  private func health(to reply: Reply) async throws {
    let fields: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
    let age = try? await reader.tip().map { machine.now() / 1000 - $0.time }
    let version = ServingLog.quoted(machine.version)
    let text = "{\"ok\": \(age != nil), \"version\": \(version), \"tip_age\": \(age.map { "\($0)" } ?? "null")}\n"
    try await reply.send(age == nil ? .serviceUnavailable : .ok, fields, Array(text.utf8))
  }

  private func refuse(_ status: HTTPResponse.Status, _ text: String, to reply: Reply) async throws {
    var fields = PlainText.fields
    if status == .tooManyRequests { fields[.retryAfter] = "60" }
    try await reply.send(status, fields, PlainText.bytes(text))
  }

  /// Whoever shows wrong tokens waits for the answer, and gets none at all after too many. A right token is never kept out.
  private func isPatient(with address: String, at now: Int64, _ reply: Reply) async throws -> Bool {
    let count = await failures.count(address, at: now)
    if count > options.limits.failuresBeforeRefusal {
      try await refuse(.tooManyRequests, "Too many wrong tokens came from here; wait a minute.", to: reply)
      return false
    }
    if count > options.limits.failuresBeforeDelay { try await Task.sleep(for: options.limits.failureDelay) }
    return true
  }

  private func apologise(for error: any Error, to reply: Reply, _ record: inout RequestRecord) async throws {
    switch error {
    case GitBackend.Fault.bodyTooLarge:
      try await refuse(.contentTooLarge, "This is more than the hub takes at once.", to: reply)
    case is Stall.TooLong: try await refuse(.requestTimeout, "Nothing came for too long.", to: reply)
    // It hangs up as soon as it has heard the end.
    case is CancellationError where reply.isWhole: break
    case is CancellationError: record.note = "the client went away"
    default:
      record.note = "\(error)"
      try await refuse(
        .internalServerError, "Something went wrong here; whoever looks after the hub can see it.", to: reply)
    }
  }

  private var standardFields: HTTPFields {
    var fields: HTTPFields = [
      .date: UTC.header(machine.now()), .contentTypeOptions: "nosniff", .frameOptions: "DENY",
      .referrerPolicy: "no-referrer", .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
    ]
    if options.isBehindProxy { fields[.strictTransportSecurity] = "max-age=31536000" }
    return fields
  }

  /// Reads what is left of a request that was answered without it; a long one is cut off.
  private static func drain(_ request: Request, _ channel: any Channel, isRead: Bool) async throws {
    guard !isRead else { return }
    var total = 0
    for try await piece in request.body {
      total += piece.readableBytes
      if total > 1 << 20 { return try await channel.close() }
    }
  }
}

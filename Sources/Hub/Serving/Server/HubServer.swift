import Git
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix

/// Serves one hub over http: git's smart protocol to people with a token, and the published scorecard.
///
/// ```swift
/// let server = try HubServer(hub: "/srv/ledger.git", options: options, machine: machine)
/// try await server.run(host: "127.0.0.1", port: 8080, stop: signals) { address in … }
/// ```
public struct HubServer: Sendable {
  /// What a server needs from outside.
  public struct Machine: Sendable {
    /// Milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// The environment that git is found in; what of it git sees is chosen.
    public var environment: [String: String]
    /// The version of this program, for the health page.
    public var version: String
    public var logger: Logger

    public init(
      now: @escaping @Sendable () -> Int64, environment: [String: String], version: String, logger: Logger
    ) {
      self.now = now
      self.environment = environment
      self.version = version
      self.logger = logger
    }
  }

  private let answering: Answering

  /// - Throws: `HubFault.noHub` where there is none; ``Obstacle``
  public init(hub path: String, options: ServingOptions, machine: Machine) throws {
    let hub = try LedgerHub(at: path)
    var folder = hub.repository.commonPath
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    guard HubFiles.isExecutable(folder + "/hooks/pre-receive") else { throw Obstacle.noGate(folder) }
    answering = Answering(folder: folder, notes: hub.notesFolder, options: options, machine: machine)
  }

  /// Why a hub is not served.
  public enum Obstacle: Error, Hashable, Sendable {
    /// Nothing in the hub would check what people push.
    case noGate(String)
    /// Nothing can listen there; why, in the system's words.
    case cannotListen(String)
  }

  /// The ledger's address below the server's, as `/ledger.git`.
  public var gitPath: String { "/" + answering.name }

  /// Listens and answers until it is told to stop: then it takes no more, finishes what is running, and after
  /// `ServingLimits.farewell` or the second word ends that too.
  /// - Parameters:
  ///   - port: 0: any that is free
  ///   - stop: an element a word to stop
  ///   - ready: called once it listens, with the port
  /// - Throws: ``Obstacle/cannotListen(_:)``
  public func run(
    host: String, port: Int, stop: AsyncStream<Void>, ready: @escaping @Sendable (Int) -> Void
  ) async throws {
    let (options, logger) = (answering.options, answering.machine.logger)
    var quiet = Logger(label: "http") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    let channel = HTTP1Channel(
      responder: { request, writer, channel in
        try await answering.answer(request, writer, channel)
      }, configuration: .init(idleTimeout: TimeAmount(options.limits.silence)))
    let server = Server(
      childChannelSetup: channel,
      configuration: ServerConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(options.limits.connections, logger: quiet)),
      onServerRunning: { ready($0.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    let running = Task { try await server.run() }
    let farewell = Task {
      var words = stop.makeAsyncIterator()
      guard await words.next() != nil else { return }
      logger.info("stopping")
      let graceful = Task { try await server.shutdownGracefully() }
      let limit = Task {
        try await Task.sleep(for: options.limits.farewell)
        running.cancel()
      }
      if await words.next() != nil { running.cancel() }
      limit.cancel()
      graceful.cancel()
    }
    defer { farewell.cancel() }
    do {
      try await running.value
    } catch  where !(error is CancellationError) {
      throw Obstacle.cannotListen("\(error)")
    }
    logger.info("stopped")
  }
}

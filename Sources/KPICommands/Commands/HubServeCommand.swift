import ArgumentParser
import Dispatch
import Foundation
import Hub
import Logging

/// `kpi hub serve`
struct HubServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a hub over http, to people with a token.",
    discussion: """
      Everybody syncs with http://ADDRESS/NAME.git, by kpi or plain git; the published scorecard is at http://ADDRESS/.
      Without TLS of its own it listens on this machine alone: put a proxy in front that has a certificate
      (docs/hosting.md has the configuration). SIGTERM or Ctrl-C lets what is running end; a second one ends it.

      Examples:
        kpi hub token add /srv/ledger.git ana
        kpi hub serve /srv/ledger.git
        kpi hub serve /srv/ledger.git --behind-tls-proxy --log /var/log/kpi/hub.log
      """)

  @Argument(help: "The hub.", completion: .directory)
  var path = "."

  @Option(help: ArgumentHelp("Where to listen; port 0 takes one that is free.", valueName: "address:port"))
  var listen = "127.0.0.1:8080"

  @Flag(
    help:
      "A proxy in front speaks TLS: believe the address it names in X-Forwarded-For, keep browsers on https, and allow to listen elsewhere than on this machine."
  )
  var behindTlsProxy = false

  @Flag(help: "Listen elsewhere than on this machine without TLS, where everybody on the way can read tokens.")
  var insecure = false

  @Flag(help: "Show the scorecard's pages to everybody, without a token.")
  var publicPages = false

  @Option(help: "Append the log to this file instead of standard error.", completion: .file())
  var log: String?

  @Option(help: "How many git processes may run at once.")
  var processes = 16

  func validate() throws {
    guard let place = ListenAddress(listen) else {
      throw ValidationError("--listen needs an address and a port, as 127.0.0.1:8080; '\(listen)' is none.")
    }
    guard place.isLoopback || behindTlsProxy || insecure else {
      throw ValidationError(
        "\(place.host) can be reached from other machines, and tokens would travel readable. Listen on 127.0.0.1 behind a "
          + "proxy with TLS (docs/hosting.md), and where that proxy is another machine say --behind-tls-proxy; "
          + "or say --insecure.")
    }
    guard (1...1000).contains(processes) else { throw ValidationError("--processes needs a number from 1 to 1000.") }
  }

  func run() async throws {
    guard let place = ListenAddress(listen) else { return }
    var options = ServingOptions()
    options.isBehindProxy = behindTlsProxy
    options.hasOpenPages = publicPages
    options.limits.processes = processes
    let writer = try LogWriter(log)
    let machine = HubServer.Machine(
      now: { Ambient.milliseconds }, environment: Console.environment, version: Version.text,
      logger: Logger(label: "kpi hub serve") { _ in ServingLog(now: { Ambient.milliseconds }, write: writer.write) })
    let server = try HubFailure.translating { try HubServer(hub: path, options: options, machine: machine) }
    let stop = StopSignals()
    defer { withExtendedLifetime(stop) {} }
    do {
      try await server.run(host: place.host, port: place.port, stop: stop.words) { port in
        let address = "http://\(place.host.contains(":") ? "[\(place.host)]" : place.host):\(port)"
        Console.print("Serving \(path) at \(address)\(server.gitPath), its scorecard at \(address)/")
      }
    } catch HubServer.Obstacle.cannotListen(let reason) {
      throw Failure(
        "Cannot listen at \(listen): \(reason)", hint: "Is another program there? Choose another port with --listen.")
    }
  }
}

/// Where to listen, as `127.0.0.1:8080` or `[::1]:8080`.
struct ListenAddress: Hashable {
  let host: String
  let port: Int

  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty else { return nil }
    (self.host, self.port) = (host, port)
  }

  /// Whether nobody outside this machine can come there.
  var isLoopback: Bool {
    host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isNumber })
  }
}

/// Appends lines to a file or to standard error, whole and one after the other.
final class LogWriter: Sendable {
  private let file: Int32

  init(_ path: String?) throws {
    guard let path else {
      file = STDERR_FILENO
      return
    }
    file = open(path, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw Failure("The log cannot be written: \(path): \(String(cString: strerror(errno)))") }
  }

  /// One call of the system a line, which appends as a whole; a full disk stops no request.
  func write(_ line: String) {
    var line = line
    _ = line.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
  }
}

/// SIGTERM and SIGINT as words to stop.
final class StopSignals {
  let words: AsyncStream<Void>
  private let sources: [any DispatchSourceSignal]

  init() {
    let (words, speaker) = AsyncStream<Void>.makeStream()
    self.words = words
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { speaker.yield() }
      source.resume()
      return source
    }
  }
}

import ArgumentParser
import Git
import Hub

/// `kpi hub maintain`
struct HubMaintainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maintain",
    abstract: "Keep fetches from a hub fast.",
    discussion: """
      Packs what has come in, and brings git's indexes of it up to date. Nothing is dropped, and nobody has to wait: \
      pushes and fetches go on. A hub with our hooks does it by itself when it is due.

      Examples:
        kpi hub maintain /srv/ledger.git
        kpi hub maintain /srv/ledger.git --if-due
      """)

  @Argument(help: "The hub.", completion: .directory)
  var path = "."

  @Flag(help: "Only where enough has come in since the last time.")
  var ifDue = false

  func run() async throws { Console.print(try await Self.run(path, always: !ifDue)) }

  /// Does it; what came of it in words.
  static func run(_ path: String, always: Bool) async throws -> String {
    let maintenance = HubMaintenance(hub: path, environment: Console.environment)
    let outcome = try await HubFailure.translating {
      try await maintenance.run(always: always, at: Ambient.now.seconds)
    }
    return switch outcome {
    case .done: "What has come in is packed."
    case .notDue: "Nothing is due."
    case .leftToAnother: "Another kpi is at it."
    }
  }
}

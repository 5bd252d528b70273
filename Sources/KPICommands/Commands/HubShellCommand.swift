import ArgumentParser
import Calculation
import Foundation
import Git
import Hub
import LedgerModel

/// `kpi hub shell`: what ssh runs for whoever comes with one of the ledger's keys.
struct HubShellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell",
    abstract: "Let one person get and send the ledger over ssh; 'kpi hub keys' has ssh call it.",
    discussion: """
      It stands in ssh's authorized_keys as the one command of a key. It looks at people.yaml once more, tells the hub
      who is there, and does nothing but what git needs.
      """)

  @Argument(help: "Who has the key: an id of people.yaml.")
  var name: String

  @Option(help: "The hub.", completion: .directory)
  var hub: String

  @Option(help: "The fingerprint of the key that lets in, as 'ssh-keygen -l' shows it.")
  var key: String?

  func run() throws {
    let command = Console.environment["SSH_ORIGINAL_COMMAND"] ?? ""
    do {
      try letIn(command)
    } catch let failure as Failure where ShellRequest(command) != nil {
      // git shows its user what stands in such a packet.
      let text = "ERR " + ([failure.message] + (failure.hint.map { [$0] } ?? [])).joined(separator: " ")
      let length = String(text.utf8.count + 4, radix: 16)
      Console.print(String(repeating: "0", count: max(0, 4 - length.count)) + length + text, terminator: "")
      throw failure.status.code
    }
  }

  private func letIn(_ command: String) throws {
    try HubFailure.translating {
      let ledger = try LedgerHub(at: hub)
      let now = Ambient.now.seconds
      let log = AccessLog(ledger)
      let from = Console.environment["SSH_CONNECTION"]?.split(separator: " ").first.map(String.init) ?? "-"
      guard let people = try ledger.people() else { throw HubFault.empty }
      let visitor: Visitor
      do {
        visitor = try Visitor(name, key: key, among: people, on: UTCTime.day(now))
      } catch let refused as Visitor.Refused {
        log.add(at: now, [name, "refused", from])
        throw Self.failure(refused, name)
      }
      guard !command.isEmpty else {
        log.add(at: now, [name, "greeted", from])
        return Console.print(Self.greeting(visitor, hub))
      }
      guard let request = ShellRequest(command) else {
        log.add(at: now, [name, "refused", from, command])
        throw Failure("This is a ledger's hub: it lets you get and send the ledger, and nothing else.", hint: Self.hint)
      }
      guard request.isFor(hub) else {
        log.add(at: now, [name, "refused", from, command])
        throw Failure("There is no ledger '\(String(request.path.prefix(200)))' here for you.", hint: Self.hint)
      }
      log.add(at: now, [name, request.service.rawValue, from])
      try Self.become(request, of: visitor, hub: ledger.repository.path)
    }
  }

  private static let hint = "Get and send it with 'kpi clone' and 'kpi sync', or with git."

  static func greeting(_ visitor: Visitor, _ hub: String) -> String {
    """
    Hello \(visitor.person.name). The hub knows you as '\(visitor.person.id)', and your key is in order.
    Nobody works in here. Get a copy to work in, on your own machine, with this machine's name as you wrote it just now:
      kpi clone ssh://\(Console.environment["USER"] ?? "USER")@MACHINE\(hub)
    """
  }

  private static func failure(_ refused: Visitor.Refused, _ name: String) -> Failure {
    switch refused {
    case .unknown:
      Failure(
        "The ledger's people.yaml has nobody of the name '\(name)' (any more), so this hub does not let you in.",
        hint: "Ask an administrator of the ledger.")
    case .key:
      Failure(
        "The key that you came with is not one of yours in the ledger's people.yaml (any more).",
        hint: "Come with your new key, or ask an administrator of the ledger to enter this one.")
    }
  }

  /// Becomes git, which then knows who pushes. Whatever the client wanted git to see is left out.
  private static func become(_ request: ShellRequest, of visitor: Visitor, hub: String) throws {
    var environment = Console.environment.filter { !$0.key.hasPrefix("GIT_") }
    if let version = Console.environment["GIT_PROTOCOL"],
      version.range(of: "^version=[0-9]$", options: .regularExpression) != nil
    {
      environment["GIT_PROTOCOL"] = version
    }
    environment[HubPaths.pusherVariable] = visitor.person.id
    // Whose move it was stands in the hub's reflog.
    environment["GIT_COMMITTER_NAME"] = visitor.person.name
    environment["GIT_COMMITTER_EMAIL"] = visitor.person.emails.first?.text ?? "\(visitor.person.id)@hub"
    let words = ["git", request.service.rawValue, hub]
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    for folder in (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      execve("\(folder)/git", arguments, variables)
    }
    throw Failure("The program git is missing on the hub's machine.", hint: "Tell whoever looks after the hub.")
  }
}

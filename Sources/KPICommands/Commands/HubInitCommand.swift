import ArgumentParser
import Foundation
import Hub
import LedgerModel

/// `kpi hub init`
struct HubInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a hub, with a ledger to begin with.",
    discussion: """
      The hub begins with the company's settings, its people and an empty list of goals, or with the files of a folder.
      The administrator also becomes the controller until somebody else is named.

      Examples:
        kpi hub init /srv/ledger.git --admin "Ana Ruiz" ana@example.com --company Acme --currency EUR
        kpi hub init demo/hub.git --admin "Ana Ruiz" ana@example.com --from Examples/mta
      """)

  @Argument(help: "Where the hub goes: nothing may be there yet.", completion: .directory)
  var path: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Who administrates the ledger: name and mail address.", valueName: "name email"))
  var admin: [String]

  @Option(help: "The company's name. Without it, the folder's.")
  var company: String?

  @Option(help: "The company's currency, as EUR.")
  var currency = "USD"

  @Option(help: "A folder with a ledger's files to begin with.", completion: .directory)
  var from: String?

  func validate() throws {
    guard let author = Self.author(admin) else {
      throw ValidationError("--admin needs a name and a mail address: --admin \"Ana Ruiz\" ana@example.com")
    }
    if let fault = Author.fault(ofName: author.name) ?? Author.fault(ofEmail: author.email) {
      throw ValidationError(fault)
    }
    guard Currency.isCode(currency) else {
      throw ValidationError("--currency needs a code of three capital letters, as EUR; '\(currency)' is none.")
    }
  }

  func run() throws {
    guard let author = Self.author(admin) else { return }
    var plan = HubInit(path: path, admin: author)
    plan.company = company
    plan.currency = currency
    plan.importing = from
    plan.program = HubPaths.program
    let report = try HubFailure.translating { try plan.run(at: Ambient.now) }
    for warning in report.warnings { Console.note("Warning: " + HubFailure.line(warning)) }
    for file in report.leftOut { Console.note("Left out, no file of a ledger: \(file)") }
    let files = report.files.count
    let who = report.administrators.joined(separator: " and ")
    Console.print("Made the hub \(path) with \(files) \(files == 1 ? "file" : "files"); administrator: \(who).")
    if !report.administrators.contains(where: { Author($0)?.isSame(as: author) == true }) {
      Console.note("\(author) is no administrator: the ledger that you brought names others, which stands.")
    }
    HubInitSteps(path: path, from: from, admin: author).print()
  }

  /// `NAME EMAIL`, the name in one or more words, or `NAME <EMAIL>`.
  static func author(_ words: [String]) -> Author? {
    let parts = words.flatMap { $0.split(separator: " ").map(String.init) }
    guard let last = parts.last, parts.count > 1 else { return nil }
    let email = last.hasPrefix("<") && last.hasSuffix(">") ? String(last.dropFirst().dropLast()) : last
    return MailAddress.isValid(email) ? Author(name: parts.dropLast().joined(separator: " "), email: email) : nil
  }
}

/// What to do with a new hub.
private struct HubInitSteps {
  let path: String
  let from: String?
  let admin: Author

  func print() {
    var steps = [
      ("kpi clone \(quoted(path))", "everybody gets a copy to work in, you too"),
      ("kpi people add ben-ortiz --name \"Ben Ortiz\" --email ben@example.com", "in your copy: who else there is"),
      ("kpi department add sales --name Sales --holder ben-ortiz", "and what they head"),
      ("kpi sync", "sends it"),
      ("kpi people key add ~/.ssh/id_ed25519.pub", "in each copy: a key, for ssh and for signing"),
      ("kpi hub keys \(quoted(path))", "lets those with a key in by ssh"),
      ("kpi hub token --help", "lets people in by https"),
    ]
    if from != nil { steps.removeSubrange(1...3) }
    let width = steps.map(\.0.count).max() ?? 0
    Console.print("Next:")
    for (command, what) in steps {
      Console.print("  \(command)\(String(repeating: " ", count: width - command.count))   # \(what)")
    }
    if let from { Console.print("\(from) itself stays as it is, and is no copy of the hub.") }
  }

  private func quoted(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || "/._-~".contains($0) }
      ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

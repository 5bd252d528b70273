import ArgumentParser
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
    guard Self.author(admin) != nil else {
      throw ValidationError("--admin needs a name and a mail address: --admin \"Ana Ruiz\" ana@example.com")
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
    Console.print("Made the hub \(path) with \(files) \(files == 1 ? "file" : "files"); \(author) administrates it.")
    Console.print("Next, everybody gets a copy to work in: kpi clone \(path)")
  }

  /// `NAME EMAIL`, the name in one or more words, or `NAME <EMAIL>`.
  static func author(_ words: [String]) -> Author? {
    let parts = words.flatMap { $0.split(separator: " ").map(String.init) }
    guard let last = parts.last, parts.count > 1 else { return nil }
    let email = last.hasPrefix("<") && last.hasSuffix(">") ? String(last.dropFirst().dropLast()) : last
    let isAddress = email.split(separator: "@", omittingEmptySubsequences: false).count == 2 && !email.contains("<")
    return isAddress ? Author(name: parts.dropLast().joined(separator: " "), email: email) : nil
  }
}

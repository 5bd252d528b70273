import ArgumentParser
import LedgerModel
import Syncing

/// `kpi sync`
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Exchange changes with everybody: yours go to the hub, theirs come here.",
    discussion: """
      Everything that you entered is kept. What two people changed differently is merged by rules that understand \
      KPIs; what no rule can decide is held as a proposal, and everything else goes through.

      Examples:
        kpi sync                          commit what was edited by hand, and exchange
        kpi sync -m "March is complete"   the reason, as 'kpi audit' will show it
        kpi sync --dry-run                say what would happen

      Without a network it says what waits, and ends with status 3; run it again when you are online.
      """)

  @OptionGroup var ledger: LedgerOption

  @Option(name: [.short, .long], help: "Why you changed what you edited by hand.")
  var message: String?

  @Flag(help: "Say what would be sent, received and held; change nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "What to do with a file that would put back what others replaced meanwhile: keep-newer, put-back or leave.",
      valueName: "answer"))
  var older: OlderValues?

  func run() async throws {
    let clone = try ledger.open()
    var options = Sync.Options()
    options.message = message
    options.isRehearsal = dryRun
    options.putBack = { file, values in older?.answer ?? PutBackQuestion.ask(file, values) }
    let sync = Sync(clone, surroundings: Ambient.surroundings, options: options)
    let report = try await sync.run()
    if !dryRun { SigningNotice.print(clone) }
    SyncText(report: report, ledger: clone, isRehearsal: dryRun).print()
    if !dryRun { LedgerPast(clone).keepUp() }
    throw SyncText.status(of: report).code
  }
}

/// An answer given beforehand to what `PutBackQuestion` asks.
enum OlderValues: String, ExpressibleByArgument, CaseIterable {
  case keepNewer = "keep-newer"
  case putBack = "put-back"
  case leave

  var answer: PutBackAnswer {
    switch self {
    case .keepNewer: .keepNewer
    case .putBack: .putBack
    case .leave: .leave
    }
  }
}

/// Asks whether old values in an edited file are meant.
enum PutBackQuestion {
  static func ask(_ file: String, _ values: [PutBack]) -> PutBackAnswer {
    guard Console.canAsk else { return .leave }
    Console.note("\(file) would put back values that somebody else has replaced since you opened it:")
    for value in values.prefix(20) {
      Console.note("  \(value.key): \(HeldText.text(value.new)) in force, \(HeldText.text(value.old)) in your file")
    }
    if values.count > 20 { Console.note("  and \(values.count - 20) more") }
    Console.note("Keep the newer values and take the rest of your edit, put the old ones back, or leave the file?")
    switch Console.ask("[k]eep, [p]ut back, [l]eave:") {
    case "k", "keep": return .keepNewer
    case "p", "put": return .putBack
    default: return .leave
    }
  }
}

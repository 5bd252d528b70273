import ArgumentParser
import Git
import History
import LedgerModel
import Syncing

/// `kpi status`
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "What you have changed and not sent yet, and what would become of it.",
    discussion: """
      Works without a network: it compares with what the hub had when you last synced. Of what would come into force it \
      says what that does to the scores; in a large ledger 'kpi sync --dry-run' says that.

      Examples:
        kpi status
        kpi sync --dry-run      the same against what the hub has now
      """)

  @OptionGroup var ledger: LedgerOption

  func run() async throws {
    let clone = try ledger.open()
    let status = try CloneStatus.of(clone, now: Ambient.now)
    StatusText(status: status, clone: clone).print()
    if !status.failing.isEmpty { throw ExitStatus.findings.code }
    if status.signatureNeed != nil { throw ExitStatus.refused.code }
  }
}

/// A clone's state in words.
struct StatusText {
  let status: CloneStatus
  let clone: LedgerClone

  func print() {
    if status.isInterrupted {
      Console.print("A sync was interrupted here. The next 'kpi sync' finishes it; nothing is lost.")
    }
    if let unfinished = status.unfinished {
      let failure = Failure(CloneFault.unfinished(unfinished))
      Console.print(([failure.message] + (failure.hint.map { [$0] } ?? [])).joined(separator: " "))
    }
    printEdits()
    printWaiting()
    if let need = status.signatureNeed { Console.print(SignatureNeedText.text(need)) }
    if status.proposals > 0 {
      Console.print(
        "\(status.proposals) \(status.proposals == 1 ? "proposal waits" : "proposals wait") to be settled: kpi proposals"
      )
    }
    printHub()
  }

  private func printEdits() {
    if !status.edited.isEmpty {
      Console.print("Edited, to be sent with the next sync: \(FileNames.text(status.edited, limit: 12))")
    }
    for (file, findings) in status.failing.sorted(by: { $0.key < $1.key }) {
      Console.print("Will not be sent before it is mended: \(file)")
      for finding in findings {
        Console.print("  line \(finding.position.line), column \(finding.position.column): \(finding.message)")
      }
    }
    for file in Set(status.putsBack.map(\.file)).sorted() {
      Console.print("\(file) would put back values that somebody else has replaced; 'kpi sync' will ask.")
    }
    if !status.notOfTheLedger.isEmpty {
      Console.note("No files of the ledger, left alone: \(FileNames.text(status.notOfTheLedger))")
    }
  }

  private func printWaiting() {
    if let waiting = status.waiting { Console.print(WaitingText.text(waiting) + ".") }
    BroughtText.print(status.brought)
    guard !status.wouldBeSent.isEmpty || !status.wouldBeHeld.isEmpty || !status.wouldStayUndecided.isEmpty else {
      return
    }
    Console.print("As far as is known here, of what the next 'kpi sync' does:")
    let changes = ChangesText(sent: status.wouldBeSent, held: status.wouldBeHeld, ledger: nil)
    changes.printSent()
    changes.printHeld()
    UndecidedText.print(status.wouldStayUndecided.count, foretold: true)
    ImpactText(status.wouldChange, in: clone, limits: .passing).print()
  }

  private func printHub() {
    guard let hub = status.hub.map(RemoteAddress.withoutPassword) else {
      Console.print("This ledger has no hub yet; it is only here.")
      return
    }
    let isQuiet = status.edited.isEmpty && status.failing.isEmpty && status.waiting == nil && status.putsBack.isEmpty
    if isQuiet { Console.print("Nothing of yours waits.") }
    let seen = status.hubSeen.map { "; its newest change known here is of \(TimeText.moment($0))" } ?? ""
    Console.print("Hub: \(hub)\(seen).")
  }
}

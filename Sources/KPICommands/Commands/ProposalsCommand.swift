import ArgumentParser
import Consolidation
import History
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi proposals`
struct ProposalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proposals",
    abstract: "What was entered and is not in force: what is proposed, what stands, by whom and why.",
    discussion: """
      A change is held where no rule could decide between two people, where its author may not make it, or where its \
      period is closed. It waits until somebody settles it. Those that are yours to settle come first.

      Examples:
        kpi proposals
        kpi proposals --mine
        kpi proposals --format json
        kpi settle 3f2a91 --accept -m "Agreed in the Monday call"
      """)

  @OptionGroup var ledger: LedgerOption
  @ArgumentParser.Flag(help: "Only those that are yours to settle.") var mine = false
  @OptionGroup var form: FormatOption

  func run() throws {
    let waiting = try WaitingProposals(LedgerDesk(clone: try ledger.open())).all.filter { !mine || $0.turn == .yours }
    guard form.format == .table else {
      Console.print(Self.listing.text(waiting, as: form.format), terminator: "")
      return
    }
    guard !waiting.isEmpty else {
      Console.print(mine ? "Nothing that is held is yours to settle." : "Nothing is held.")
      return
    }
    for turn in WaitingProposal.Turn.allCases {
      let group = waiting.filter { $0.turn == turn }
      guard !group.isEmpty else { continue }
      Console.print(turn.heading)
      Console.print(Self.listing.text(group, as: .table))
    }
    if let first = waiting.first, first.turn == .yours {
      Console.print("Settle one: kpi settle \(first.shortID) --accept (or --reject, or --value V) -m 'Why'")
    } else if let first = waiting.first, first.turn == .entered {
      Console.print("Take one of yours back: kpi settle \(first.shortID) --withdraw")
    }
  }

  private static var listing: Listing<WaitingProposal> {
    Listing(
      fields: [
        .init("id") { $0.proposal.id },
        .init("file") { $0.proposal.file },
        .init("key") { $0.change.key },
        .init("proposed", text: { $0.change.proposed ?? "" }) { $1.value($0.proposed) },
        .init("instead_of", text: { $0.change.insteadOf ?? "" }) { $1.value($0.insteadOf) },
        .init("in_force", text: { ValueText.short($0.inForce) }) { $1.value($0.inForce) },
        .init("by") { $0.proposal.by }, .init("at") { $0.proposal.at }, .init("commit") { $0.proposal.commit },
        .init("because") { $0.proposal.because.rawValue }, .init("reason") { $0.proposal.reason },
        .init("settled_by") { $0.whoMay.joined(separator: ", ") },
      ],
      columns: [
        .init("id") { $0.shortID },
        .init("what") { Key($0.change.key) == .file ? FileNames.text([$0.file]) : FileNames.brief($0.file) },
        .init("key") { $0.change.key },
        .init("proposed", wraps: true) { $0.proposedText },
        .init("in force", wraps: true) { $0.inForceText },
        .init("by") { String($0.proposal.by.prefix { $0 != "<" }) },
        .init("why", wraps: true) {
          [$0.reason, "(\($0.cause))"].filter { !$0.isEmpty }.joined(separator: " ")
        },
      ])
  }
}

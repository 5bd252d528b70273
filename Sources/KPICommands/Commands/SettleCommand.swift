import ArgumentParser
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi settle`
struct SettleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Decide about what is held: accept it, reject it, or set another value.",
    discussion: """
      The beginning of a proposal's id is enough; several can be settled at once. A KPI's id stands for all that is \
      held of it. The decision and its reason go to everybody with the next sync.

      Examples:
        kpi settle 3f2a91 --accept -m "Agreed in the Monday call"
        kpi settle 3f2a91 8c01de --reject -m "The pipeline call decided otherwise"
        kpi settle 3f2a91 --value 26 -m "Between the two"
        kpi settle sales/win-rate --accept -m "All of it"
        kpi settle 3f2a91 --withdraw
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "Proposals' ids or their beginnings, or KPIs.") var proposals: [String]
  @Flag(help: "Put the proposed value in force.") var accept = false
  @Flag(help: "Leave what is in force.") var reject = false
  @Option(help: "Put this value in force.") var value: String?
  @Flag(help: "Take back what you proposed yourself.") var withdraw = false
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    let ways = [accept, reject, withdraw, value != nil].filter { $0 }.count
    guard ways == 1 else { throw ValidationError("Say one of --accept, --reject, --value and --withdraw.") }
  }

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let waiting = try WaitingProposals(desk).all
    let chosen = try chosen(from: waiting)
    for each in chosen { try require(each) }
    var settled = SettledFiles(desk)
    for each in chosen { try settled.take(each, reject || withdraw ? nil : .some(new(each))) }
    settled.remove(of: chosen, waiting)
    let what = Set(chosen.map { FileNames.text([$0.file]) + ": " + $0.change.key }).sorted().joined(separator: "; ")
    let verb = withdraw ? "Withdraw" : reject ? "Reject" : accept ? "Accept" : "Settle"
    try desk.save(settled.files, message: message ?? "\(verb) what was held of \(what)")
    for each in chosen { Console.print(described(each)) }
    Console.print("Saved here; 'kpi sync' sends the decision.")
  }

  private func new(_ waiting: WaitingProposal) -> YAMLValue? {
    value.map { WaitingProposal.value($0) } ?? waiting.proposed
  }

  /// - Throws: `Failure` where the decision would have no effect, with who could make it.
  private func require(_ waiting: WaitingProposal) throws {
    let ask = waiting.whoMay.isEmpty ? nil : "It is for \(waiting.whoMay.joined(separator: ", "))."
    if withdraw {
      guard waiting.isOwn else {
        throw Failure("Only who proposed it can withdraw \(waiting.shortID): \(waiting.proposal.by).", hint: ask)
      }
    } else if waiting.turn == .entered {
      throw Failure(
        "\(waiting.shortID) is your own proposal, which somebody else has to settle.",
        hint: [ask, "You can take it back: kpi settle \(waiting.shortID) --withdraw"].compactMap(\.self)
          .joined(separator: " "), status: .findings)
    } else if waiting.turn == .others {
      throw Failure("\(waiting.shortID) is not yours to settle.", hint: ask, status: .findings)
    }
  }

  private func chosen(from waiting: [WaitingProposal]) throws -> [WaitingProposal] {
    var chosen: [WaitingProposal] = []
    for text in proposals {
      let found = waiting.filter { $0.proposal.id.hasPrefix(text.lowercased()) || $0.kpi?.description == text }
      guard !found.isEmpty else {
        throw Failure("Nothing that is held has the id '\(text)'.", hint: "See what is held: kpi proposals")
      }
      if Set(found.map(\.path)).count > 1 && KPIID(text) == nil {
        throw Failure("'\(text)' is the beginning of several ids.", hint: "Write more of it.")
      }
      chosen += found.filter { new in !chosen.contains { $0.path == new.path && $0.change == new.change } }
    }
    if value != nil && chosen.count > 1 {
      throw Failure("One value cannot settle several proposals.", hint: "Settle them one by one.")
    }
    return chosen
  }

  private func described(_ waiting: WaitingProposal) -> String {
    let what = "\(FileNames.text([waiting.file])): \(waiting.change.key)"
    let now = ValueText.short(waiting.inForce)
    let proposed = ValueText.short(waiting.proposed)
    if withdraw { return "\(what) stays \(now); you have withdrawn \(proposed)." }
    let seen =
      waiting.inForce == waiting.insteadOf ? "" : " (it was \(ValueText.short(waiting.insteadOf)) when it was proposed)"
    if reject { return "\(what) stays \(now)\(seen); what was proposed, \(proposed), is rejected." }
    return "\(what) is \(value ?? proposed) instead of \(now)\(seen)."
  }
}

import ArgumentParser
import History
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
      held of it and is yours to decide. Without a decision, shows what is to be decided. The decision and its reason \
      go to everybody with the next sync.

      Examples:
        kpi settle 3f2a91
        kpi settle 3f2a91 --accept -m "Agreed in the Monday call"
        kpi settle 3f2a91 8c01de --reject -m "The pipeline call decided otherwise"
        kpi settle 3f2a91 --value 26 -m "Between the two"
        kpi settle sales/win-rate --accept -m "All of it"
        kpi settle 3f2a91 --withdraw
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "Proposals' ids or their beginnings, or KPIs.", completion: .proposal) var proposals: [String]
  @Flag(help: "Put the proposed value in force.") var accept = false
  @Flag(help: "Leave what is in force.") var reject = false
  @Option(help: "Put this value in force.") var value: String?
  @Flag(help: "Take back what you proposed yourself.") var withdraw = false
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    let ways = [accept, reject, withdraw, value != nil].filter { $0 }.count
    guard ways <= 1 else { throw ValidationError("Say one of --accept, --reject, --value and --withdraw.") }
  }

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let choice = try ProposalChoice(proposals, from: WaitingProposals(desk).all)
    guard accept || reject || withdraw || value != nil else {
      return show(choice, SettlingImpact(desk, limits: .asked))
    }
    let chosen = try choice.decidable(withdrawing: withdraw)
    let wanted = try value.map { try Self.read($0) }
    if accept { try ProposalChoice.requireOneValue(chosen) }
    if value != nil { try ProposalChoice.requireOneKey(chosen) }
    var settled = SettledFiles(desk, deciding: accept ? chosen : [])
    for each in chosen { try settled.take(each, reject || withdraw ? nil : .some(wanted ?? each.proposed)) }
    let impact = reject || withdraw ? nil : SettlingImpact(desk, limits: .passing).outcome(of: settled.files)
    settled.remove(of: chosen)
    let what = Set(chosen.map { FileNames.text([$0.file]) + ": " + $0.change.key }).sorted().joined(separator: "; ")
    let verb = withdraw ? "Withdraw" : reject ? "Reject" : accept ? "Accept" : "Settle"
    try desk.save(settled.files, message: message ?? "\(verb) what was held of \(what)")
    for each in chosen { Console.print(described(each)) }
    if let impact { ImpactText(outcome: impact, deed: "that does").print() }
    for left in choice.left(by: chosen) { Console.print(Self.described(left: left)) }
    Console.print("Saved here; 'kpi sync' sends the decision.")
  }

  /// Of so many proposals at once is said what they would do.
  private static let mostWeighed = 5

  /// What is to be decided, for whoever has not decided yet.
  private func show(_ choice: ProposalChoice, _ impact: SettlingImpact) {
    for (place, each) in choice.all.enumerated() {
      Console.print("\(each.shortID)  \(FileNames.text([each.file])): \(each.change.key)")
      Console.print("  in force   \(each.inForceText)")
      let proposed = each.isWholeFile ? "the whole file, otherwise" : each.proposedText
      Console.print("  proposed   \(proposed) by \(each.proposal.by) on \(each.proposal.at.prefix(10))")
      if let comment = each.change.comment {
        Console.print("  comment    \(comment.isEmpty ? "taken away" : comment)")
      }
      if each.inForce != each.insteadOf && !each.isWholeFile {
        Console.print("  they saw   \(each.insteadOfText)")
      }
      if !each.reason.isEmpty { Console.print("  reason     \(each.reason)") }
      Console.print("  held for   \(each.cause)")
      if !each.whoMay.isEmpty { Console.print("  settled by \(each.whoMay.joined(separator: ", "))") }
      guard place < Self.mostWeighed, let outcome = impact.accepting(each) else { continue }
      ImpactText(outcome: outcome, deed: "accepting it would do").print()
    }
    Console.print("Decide with --accept, --reject or --value V, and -m 'Why'; --withdraw takes back your own.")
  }

  /// A value as it stands on the command line.
  /// - Throws: `Failure` where nobody can tell what it is.
  private static func read(_ text: String) throws -> YAMLValue {
    var entry = DefinitionEntry()
    entry.set(["value"], to: text)
    guard let value = entry.changes.first?.value, value != .null else {
      throw Failure("--value needs a value.", hint: "To leave what is in force, say --reject.")
    }
    return value
  }

  private static func described(left: WaitingProposal) -> String {
    let ask = left.whoMay.isEmpty ? "" : "; it is for \(left.whoMay.joined(separator: ", "))"
    return "Still held: \(left.shortID), \(left.change.key), proposed by \(left.proposal.by)\(ask)."
  }

  private func described(_ waiting: WaitingProposal) -> String {
    let what = "\(FileNames.text([waiting.file])): \(waiting.change.key)"
    let now = ValueText.short(waiting.inForce, of: Key(waiting.change.key))
    let proposed = ValueText.short(waiting.proposed, of: Key(waiting.change.key))
    if withdraw { return "\(what) stays \(now); you have withdrawn \(proposed)." }
    let seen =
      waiting.inForce == waiting.insteadOf ? "" : " (it was \(waiting.insteadOfText) when it was proposed)"
    if reject { return "\(what) stays \(now)\(seen); what was proposed, \(proposed), is rejected." }
    return "\(what) is now \(value ?? proposed) instead of \(now)\(seen)."
  }
}

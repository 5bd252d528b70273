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
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "Proposals' ids or their beginnings, or KPIs.") var proposals: [String]
  @Flag(help: "Put the proposed value in force.") var accept = false
  @Flag(help: "Leave what is in force.") var reject = false
  @Option(help: "Put this value in force.") var value: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    let ways = [accept, reject, value != nil].filter { $0 }.count
    guard ways == 1 else { throw ValidationError("Say one of --accept, --reject and --value.") }
  }

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let waiting = try WaitingProposal.all(in: desk)
    let chosen = try chosen(from: waiting)
    var files: [String: [UInt8]?] = [:]
    for each in chosen {
      files[each.path] = .some(nil)
      guard !reject else { continue }
      let current = files[each.proposal.file] ?? desk.bytes(each.proposal.file)
      files[each.proposal.file] = try settled(each, current, desk)
    }
    let what = Set(chosen.map { FileNames.text([$0.proposal.file]) + ": " + $0.change.key })
      .sorted().joined(separator: "; ")
    let verb = reject ? "Reject" : accept ? "Accept" : "Settle"
    try desk.save(files, message: message ?? "\(verb) what was held of \(what)")
    for each in chosen { Console.print(described(each)) }
    Console.print("Saved here; 'kpi sync' sends the decision.")
  }

  private func chosen(from waiting: [WaitingProposal]) throws -> [WaitingProposal] {
    var chosen: [WaitingProposal] = []
    for text in proposals {
      let found = waiting.filter { $0.proposal.id.hasPrefix(text.lowercased()) || Self.kpi($0)?.description == text }
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

  private static func kpi(_ waiting: WaitingProposal) -> KPIID? {
    switch LedgerPath(waiting.proposal.file) {
    case .definition(let id), .actuals(let id): id
    default: nil
    }
  }

  /// The file with the accepted value, or another one, in it; nil where its removal was accepted.
  private func settled(_ waiting: WaitingProposal, _ bytes: [UInt8]?, _ desk: LedgerDesk) throws -> [UInt8]? {
    let key = Key(waiting.change.key)
    let new = value.map { WaitingProposal.value($0) } ?? waiting.proposed
    if key == .file && new == nil { return nil }
    let definition = Self.kpi(waiting).flatMap { try? desk.definition($0) }
    guard let bytes,
      let changed = KeyEdit.setting(key, to: new, in: bytes, path: waiting.proposal.file, definition: definition)
    else {
      throw Failure(
        "The held value of \(waiting.change.key) cannot be put into \(waiting.proposal.file) by itself.",
        hint: "Edit the file, and then reject the proposal with the reason that it is done.")
    }
    return changed
  }

  private func described(_ waiting: WaitingProposal) -> String {
    let what = "\(FileNames.text([waiting.proposal.file])): \(waiting.change.key)"
    let now = ValueText.short(waiting.inForce)
    if reject { return "\(what) stays \(now); what was proposed, \(ValueText.short(waiting.proposed)), is rejected." }
    return "\(what) is \(value ?? ValueText.short(waiting.proposed)) instead of \(now)."
  }
}

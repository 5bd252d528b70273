import LedgerFiles
import LedgerModel

/// The held changes that somebody named, by id or by KPI.
struct ProposalChoice {
  /// Those named, each once.
  let all: [WaitingProposal]
  /// Paths of those that were named one by one, which are decided or refused; of a KPI's, what is not theirs stays.
  private let named: Set<String>

  /// - Throws: `Failure` where a text names nothing that is held, or several things at once.
  init(_ texts: [String], from waiting: [WaitingProposal]) throws {
    var all: [WaitingProposal] = []
    var named: Set<String> = []
    for text in texts {
      let found = waiting.filter { $0.proposal.id.hasPrefix(text.lowercased()) || $0.kpi?.description == text }
      guard !found.isEmpty else {
        throw Failure(
          KPIID(text) == nil ? "Nothing that is held has the id '\(text)'." : "Nothing of \(text) is held.",
          hint: "See what is held: kpi proposals")
      }
      if KPIID(text) == nil {
        named.formUnion(found.map(\.path))
        guard Set(found.map(\.path)).count == 1 else {
          throw Failure("'\(text)' is the beginning of several ids.", hint: "Write more of it.")
        }
      }
      all += found.filter { new in !all.contains { $0.path == new.path && $0.change == new.change } }
    }
    self.all = all
    self.named = named
  }

  /// Those that the person can decide; one that lists several changes only as a whole.
  /// - Throws: `Failure` where there is none, or one that was named by its id is not theirs; with who could.
  func decidable(withdrawing: Bool) throws -> [WaitingProposal] {
    var refusals: [String: Failure] = [:]
    for each in all where refusals[each.path] == nil { refusals[each.path] = Self.refusal(of: each, withdrawing) }
    let decidable = all.filter { refusals[$0.path] == nil }
    let refused = all.first { refusals[$0.path] != nil && (decidable.isEmpty || named.contains($0.path)) }
    if let refusal = refused.flatMap({ refusals[$0.path] }) { throw refusal }
    return decidable
  }

  /// Those named that a decision leaves held.
  func left(by decided: [WaitingProposal]) -> [WaitingProposal] {
    all.filter { each in !decided.contains { $0.path == each.path } }
  }

  /// - Throws: `Failure` where two of them want different values of one key.
  static func requireOneValue(_ chosen: [WaitingProposal]) throws {
    for (index, one) in chosen.enumerated() {
      let other = chosen[..<index].first {
        $0.file == one.file && $0.change.key == one.change.key && $0.proposed != one.proposed
      }
      guard let other else { continue }
      let wanted = [other, one].map { "\(ValueText.short($0.proposed)) (\($0.shortID))" }.joined(separator: " and ")
      throw Failure(
        "Both cannot be accepted: \(one.change.key) of \(FileNames.text([one.file])) would be \(wanted).",
        hint: "Accept one of them by its id, and then reject the other.")
    }
  }

  /// - Throws: `Failure` where they are of more than one key.
  static func requireOneKey(_ chosen: [WaitingProposal]) throws {
    guard let first = chosen.first,
      chosen.contains(where: { $0.file != first.file || $0.change.key != first.change.key })
    else { return }
    throw Failure("One value cannot settle what is held of several keys.", hint: "Settle them one by one.")
  }

  /// Why the person cannot decide it; nil where they can.
  private static func refusal(of waiting: WaitingProposal, _ withdrawing: Bool) -> Failure? {
    let ask = waiting.whoMay.isEmpty ? nil : "It is for \(waiting.whoMay.joined(separator: ", "))."
    if withdrawing {
      guard !waiting.isOwn else { return nil }
      return Failure(
        "Only who proposed it can withdraw \(waiting.shortID): \(waiting.proposal.by).", hint: ask, status: .findings)
    }
    switch waiting.turn {
    case .yours: return nil
    case .entered:
      let withdraw = "You can take it back: kpi settle \(waiting.shortID) --withdraw"
      return Failure(
        "\(waiting.shortID) is your own proposal, which somebody else has to settle.",
        hint: [ask, withdraw].compactMap(\.self).joined(separator: " "), status: .findings)
    case .others:
      return Failure("\(waiting.shortID) is not yours to settle.", hint: ask, status: .findings)
    }
  }
}

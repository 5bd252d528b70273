import Git
import History
import LedgerFiles
import LedgerModel

/// How a held change came out, in words.
enum SettlementText {
  /// As "held; Bo Lind accepted it on 4 Mar 2026"; blank at what was never held.
  static func line(_ entry: AuditEntry) -> String {
    guard let settlement = entry.settlement else { return "" }
    guard entry.isHeld else {
      let ended = entry.key.rest(of: "proposal ").map { _ in "\(word(settlement.outcome)); " } ?? ""
      return ended + "proposed by \(settlement.proposedBy.name)"
    }
    guard let who = settlement.settledBy, let at = settlement.settledAt else { return "waits for a decision" }
    return "held; \(who.name) \(deed(settlement.outcome)) on \(TimeText.date(at.seconds))"
  }

  private static func word(_ outcome: Settlement.Outcome) -> String {
    switch outcome {
    case .waiting: "waits"
    case .accepted: "accepted"
    case .rejected: "rejected"
    case .withdrawn: "withdrawn"
    case .changed: "settled with another value"
    }
  }

  private static func deed(_ outcome: Settlement.Outcome) -> String {
    switch outcome {
    case .waiting: "has not decided"
    case .accepted: "accepted it"
    case .rejected: "rejected it"
    case .withdrawn: "withdrew it"
    case .changed: "set another value"
    }
  }
}

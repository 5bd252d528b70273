import LedgerModel

/// Which KPIs have changes that are held as proposals.
struct HeldChanges {
  private var reasons: [KPIID: [String]] = [:]

  init(_ ledger: Ledger) {
    guard !ledger.proposals.isEmpty else { return }
    var moved: [KPIID: KPIID] = [:]
    for (id, definition) in ledger.definitions.sorted(by: { $0.key < $1.key }) {
      for old in definition.was where moved[old] == nil { moved[old] = id }
    }
    for proposal in ledger.proposals.sorted(by: { $0.id < $1.id }) {
      guard let named = Self.id(of: proposal.file) else { continue }
      let id = ledger.definitions[named] == nil ? moved[named] ?? named : named
      let who = proposal.by.split(separator: "<", maxSplits: 1).first.map(String.init) ?? proposal.by
      for change in proposal.changes { reasons[id, default: []].append("\(change.key) by \(Self.trimmed(who))") }
    }
  }

  /// A flag for the changes held for a KPI; nil where there are none.
  func flag(for id: KPIID) -> Flag? {
    guard let reasons = reasons[id], !reasons.isEmpty else { return nil }
    let shown = reasons.prefix(3).joined(separator: "; ")
    let more = reasons.count > 3 ? " and \(reasons.count - 3) more" : ""
    return Flag(
      .held, "\(reasons.count == 1 ? "a change waits" : "\(reasons.count) changes wait") to be settled: \(shown)\(more)"
    )
  }

  private static func id(of file: String) -> KPIID? {
    switch LedgerPath(file) {
    case .definition(let id), .actuals(let id): id
    default: nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

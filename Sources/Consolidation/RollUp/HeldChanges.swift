package import LedgerModel

/// The changes to KPIs that are held as proposals.
package struct HeldChanges: Hashable, Sendable {
  /// In the order of the proposals' ids: the KPI as the proposal names it, and what waits.
  private var changes: [Change] = []

  private struct Change: Hashable, Sendable {
    let kpi: KPIID
    let text: String
  }

  /// What proposals hold.
  package init(_ proposals: [Proposal]) {
    for proposal in proposals.sorted(by: { $0.id < $1.id }) {
      guard let kpi = LedgerPath(proposal.file).kpi else { continue }
      let who = proposal.by.split(separator: "<", maxSplits: 1).first.map(String.init) ?? proposal.by
      for change in proposal.changes {
        changes.append(Change(kpi: kpi, text: "\(change.key) by \(Self.trimmed(who))"))
      }
    }
  }

  /// A flag for each KPI with changes; `present` says what a KPI is called now.
  package func flags(present: (KPIID) -> KPIID) -> [KPIID: Flag] {
    Dictionary(grouping: changes) { present($0.kpi) }.mapValues { changes in
      let shown = changes.prefix(3).map(\.text).joined(separator: "; ")
      let more = changes.count > 3 ? " and \(changes.count - 3) more" : ""
      let what = changes.count == 1 ? "a change waits" : "\(changes.count) changes wait"
      return Flag(.held, "\(what) to be settled: \(shown)\(more)")
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension HeldChanges: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.list(changes) { stored, change in
      stored.id(change.kpi)
      stored.string(change.text)
    }
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    changes = try stored.list { stored throws(StoredFault) in
      Change(kpi: try stored.id(), text: try stored.string())
    }
  }
}

/// What KPIs are called that were called otherwise before.
package struct FormerNames {
  private var present: [KPIID: KPIID] = [:]

  /// From what each KPI says that it was; where two say the same, the first by id is believed.
  package init(_ was: [KPIID: [KPIID]]) {
    for (id, former) in was.sorted(by: { $0.key < $1.key }) {
      for old in former where present[old] == nil { present[old] = id }
    }
  }

  /// The present name of a KPI; its own where nobody claims it.
  package subscript(id: KPIID) -> KPIID { present[id] ?? id }
}

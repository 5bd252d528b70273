package import Calculation
package import LedgerModel

/// What of a KPI's line matters to what is above and beside it: little enough to be kept for each KPI of a large company.
package struct KPIShare: Hashable, Sendable {
  package var id: KPIID
  package var goal: String?
  package var weight: Quantity
  /// Whether it counts towards its goal: class `kpi`.
  package var counts: Bool
  package var score: Quantity?
  package var outlook: Quantity?
  package var status: Status?
  package var atRisk: Bool
  /// Whether its line has flags of its own.
  package var isFlagged: Bool

  /// What a line means to the others.
  package init(_ line: KPIResult) {
    id = line.id
    goal = line.goal
    weight = line.weight
    counts = line.counts
    score = line.score
    outlook = line.outlook
    status = line.status
    atRisk = line.atRisk
    isFlagged = !line.flags.isEmpty
  }
}

extension KPIShare: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.id(id)
    stored.optional(goal) { $0.string($1) }
    stored.quantity(weight)
    stored.bool(counts)
    stored.optional(score) { $0.quantity($1) }
    stored.optional(outlook) { $0.quantity($1) }
    stored.optional(status) { $0.choice($1) }
    stored.bool(atRisk)
    stored.bool(isFlagged)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    id = try stored.id()
    goal = try stored.optional { stored throws(StoredFault) in try stored.string() }
    weight = try stored.quantity()
    counts = try stored.bool()
    score = try stored.optional { stored throws(StoredFault) in try stored.quantity() }
    outlook = try stored.optional { stored throws(StoredFault) in try stored.quantity() }
    status = try stored.optional { stored throws(StoredFault) in try stored.choice(Status.self) }
    atRisk = try stored.bool()
    isFlagged = try stored.bool()
  }
}

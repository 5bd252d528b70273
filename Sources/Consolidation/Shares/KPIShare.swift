package import Calculation
package import LedgerModel

/// What of a KPI's line matters to what is above and beside it: little enough to be kept for each KPI of a large company.
package struct KPIShare: Hashable, Sendable {
  /// How it stands, as far as others are concerned.
  package var standing: KPIStanding
  package var weight: Quantity
  package var score: Quantity?
  package var outlook: Quantity?
  /// Whether its line has flags of its own.
  package var isFlagged: Bool

  /// What a line means to the others.
  package init(_ definition: Definition, _ line: KPIResult) {
    standing = KPIStanding(definition, line)
    weight = line.weight
    score = line.score
    outlook = line.outlook
    isFlagged = !line.flags.isEmpty
  }

  package var id: KPIID { standing.id }
  /// Where it stands when there are too many to show.
  package var place: Selection.Place { Selection.Place(standing.status, weight: weight, id: id.description) }
}

extension KPIShare: Stored {
  package func write(to stored: inout StoredWriter) {
    standing.write(to: &stored)
    stored.quantity(weight)
    stored.optional(score) { $0.quantity($1) }
    stored.optional(outlook) { $0.quantity($1) }
    stored.bool(isFlagged)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    standing = try KPIStanding(from: &stored)
    weight = try stored.quantity()
    score = try stored.optionalQuantity()
    outlook = try stored.optionalQuantity()
    isFlagged = try stored.bool()
  }
}

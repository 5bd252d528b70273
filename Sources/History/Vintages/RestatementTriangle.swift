public import Calculation

/// The values of a KPI's periods as they were known after each sync that changed one: rows are periods, columns are
/// vintages. Economists call it a revision triangle (OECD, "Real-time data and revisions").
public struct RestatementTriangle: Sendable {
  /// What the cells are.
  public enum Measure: Hashable, Sendable {
    /// The KPI's figure, by the calculation that was in force then.
    case figure
    /// One of its inputs, as it was recorded.
    case input(String)
    /// What was planned, as it is written in the definition.
    case targets
  }

  /// Oldest first; in each, at least one value is another than in the one before.
  public let vintages: [Vintage]
  /// By period.
  public let rows: [VintageRow]
  /// In the order of the vintages, in each by row.
  public let revisions: [Revision]
  private let byRow: [VintageRow: [Revision]]

  init(vintages: [Vintage], revisions: [Revision]) {
    self.vintages = vintages
    self.revisions = revisions
    byRow = Dictionary(grouping: revisions, by: \.row)
    rows = byRow.keys.sorted()
  }

  /// A value as it was known in a vintage; nil where nothing was.
  public func cell(_ row: VintageRow, in vintage: Int) -> VintageCell? {
    byRow[row]?.last { $0.vintage <= vintage }?.to
  }

  /// All that became of a row, oldest first.
  public func revisions(of row: VintageRow) -> [Revision] { byRow[row] ?? [] }

  /// What a vintage changed of a row; nil where it changed nothing.
  public func revision(of row: VintageRow, in vintage: Int) -> Revision? {
    byRow[row]?.first { $0.vintage == vintage }
  }

  /// The same with the rows alone of which the period fits.
  public func limited(to fits: (Period) -> Bool) -> RestatementTriangle {
    let kept = revisions.filter { fits($0.row.period) }
    let shown = Set(kept.map(\.vintage)).sorted()
    let places = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
    return RestatementTriangle(
      vintages: shown.map { vintages[$0] },
      revisions: kept.compactMap { revision in
        var revision = revision
        guard let place = places[revision.vintage] else { return nil }
        revision.vintage = place
        return revision
      })
  }

  /// The changes that restated a value, in the order of time.
  public var restatements: [Revision] { revisions.filter(\.isRestatement) }

  /// How many values were restated, at any time.
  public var restatedRows: Int { Set(restatements.map(\.row)).count }

  /// The restatement that changed its value most, by what stood there; the newest of several alike. One of a value that was
  /// zero, or that nothing took the place of, counts least.
  public var largest: Revision? {
    restatements.enumerated().max { one, other in
      let (size, otherSize) = (one.element.percent?.magnitude ?? .zero, other.element.percent?.magnitude ?? .zero)
      return size != otherSize ? size < otherSize : one.offset < other.offset
    }?.element
  }
}

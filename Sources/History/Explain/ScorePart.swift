public import Calculation
public import Git
public import LedgerFiles
public import LedgerModel

/// What one change did to a score.
public struct ScorePart: Hashable, Sendable {
  /// What sort of change it was.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A value that was recorded, or an exchange rate.
    case actual
    /// What was planned, or the baseline that it is measured from.
    case target
    /// How a figure or a score is calculated.
    case calculation
    /// How much a KPI or a goal counts, and towards what.
    case weight
    /// A KPI came to a figure or a score, or lost it.
    case coverage
  }

  public var kind: Kind
  /// The KPI whose files changed; nil for goals, rates, settings and departments.
  public var kpi: KPIID?
  /// The file that changed, as it was named then.
  public var file: String
  /// What changed in it; empty where it is the file as a whole.
  public var keys: [Key]
  /// The score before it; nil where there was none.
  public var before: Quantity?
  /// The score after it; nil where there is none.
  public var after: Quantity?
  /// By how much it moved the score; where one comes back, against the last one that there was. Nil where a score goes,
  /// and where the first one comes.
  public var size: Quantity?
  /// The commit of the main line that brought it; nil where the two scores are of one version.
  public var step: ObjectID?
  /// What changed from what to what; nil as long as nobody has looked it up.
  public var change: Change?
  /// Who entered it; nil as long as nobody has looked it up, and where nobody did.
  public var entry: AuditEntry?

  /// A value and what took its place, each nil where there is none.
  public struct Change: Hashable, Sendable {
    public var from: YAMLValue?
    public var to: YAMLValue?
  }
}

/// What a part will say of itself, before it is known what it does.
struct PartLabel: Hashable, Sendable {
  var kind: ScorePart.Kind
  var kpi: KPIID?
  var file: String
  var keys: [Key]
}

/// A score as it goes along, and what moved it.
struct ScoreTrack: Sendable {
  private(set) var parts: [ScorePart] = []
  private(set) var now: Quantity?
  let from: Quantity?
  /// The last score that there was.
  private var last: Quantity?

  init(from score: Quantity?) { (from, now, last) = (score, score, score) }

  /// The score is another, for a reason.
  mutating func move(to score: Quantity?, _ label: PartLabel, at step: ObjectID?, change: ScorePart.Change? = nil) {
    let size = score.flatMap { score in last.map { score - $0 } }
    parts.append(
      ScorePart(
        kind: label.kind, kpi: label.kpi, file: label.file, keys: label.keys, before: now, after: score, size: size,
        step: step, change: change))
    now = score
    if let score { last = score }
  }
}

public import Calculation
public import Consolidation
public import Git
public import LedgerModel

extension Consolidation {
  /// The roll-up of a commit's ledger, with what its history says of the figures.
  /// - Throws: `GitError` where the history cannot be read
  public init(
    of ledger: Ledger, at commit: ObjectID, in objects: ObjectDatabase, for period: Period, asOf: Day
  ) throws {
    var restatements = Restatements()
    let calendar = ledger.settings.calendar
    let since = RestatementFlag.beginning(of: period, calendar)
    try restatements.scan(through: commit, since: since, in: objects)
    self.init(of: ledger, for: period, asOf: asOf, source: commit.description) { definition, line in
      let own = restatements.of(definition.id, formerly: definition.was)
      return RestatementFlag.flag(own, of: line, calendar: calendar).map { [$0] } ?? []
    }
  }
}

import Calculation
package import Consolidation
import Foundation
import GRDB
import Git
import LedgerModel

/// The restatements of the main line in the store: those of new commits are added to them.
struct RestatedRows {
  private static let key = "restated"
  let database: Database

  /// Up to where restatements are known.
  struct Mark: Stored, Hashable {
    /// One more whenever they were scanned anew.
    var generation = 0
    /// The newest row.
    var last = 0
    /// Seconds since 1970: commits of before then were not looked at.
    var since = Int64.max

    init() {}

    func write(to stored: inout StoredWriter) {
      stored.int(generation)
      stored.int(last)
      stored.int(Int(since))
    }

    init(from stored: inout StoredReader) throws(StoredFault) {
      generation = try stored.int()
      last = try stored.int()
      since = Int64(try stored.int())
    }
  }

  /// How far they are known where that is through this commit, and from a moment on; nil where they have to be scanned.
  func known(through commit: ObjectID, since: Int64) throws -> Mark? {
    guard let view = try RollUpStore.view(Mark.self, Self.key, in: database), view.tree == commit.description,
      view.state.since <= since
    else { return nil }
    return view.state
  }

  /// Makes them known through a commit, from a moment on.
  func scan(through commit: ObjectID, since: Int64, in objects: ObjectDatabase) throws -> Mark {
    let view = try RollUpStore.view(Mark.self, Self.key, in: database)
    if let known = try known(through: commit, since: since) { return known }
    var mark = view?.state ?? Mark()
    var found = Restatements()
    if mark.since <= since { found.through = view.flatMap { ObjectID($0.tree) } }
    let continues = try found.scan(through: commit, since: min(since, mark.since), in: objects)
    if !continues {
      try database.execute(sql: "DELETE FROM restated")
      mark.generation += 1
      mark.last = 0
    }
    mark.since = min(since, mark.since)
    let statement = try database.cachedStatement(sql: "INSERT INTO restated (place, kpi, restatement) VALUES (?, ?, ?)")
    for (kpi, restatements) in found.byKPI.sorted(by: { $0.key < $1.key }) {
      for restatement in restatements {
        mark.last += 1
        try statement.execute(arguments: [mark.last, kpi.description, Data(Sealed.sealed(restatement.stored()))])
      }
    }
    _ = try RollUpStore.keep(Self.key, tree: commit.description, state: mark, in: database)
    return mark
  }

  /// The KPIs, as they were named then, with restatements behind a place.
  func kpis(after place: Int) throws -> [KPIID] {
    try String.fetchAll(database, sql: "SELECT DISTINCT kpi FROM restated WHERE place > ?", arguments: [place])
      .compactMap { KPIID($0) }
  }

  /// The flag of a KPI's line.
  func flag(of definition: Definition, _ line: KPIResult, _ calendar: FiscalCalendar) throws -> Flag? {
    let statement = try database.cachedStatement(sql: "SELECT restatement FROM restated WHERE kpi = ? ORDER BY place")
    let own = try (definition.was.reversed() + [definition.id]).flatMap { id in
      try Row.fetchAll(statement, arguments: [id.description]).map { row in
        try row.withUnsafeData(atIndex: 0) { try Sealed.value(Restatement.self, $0) }
      }
    }
    return RestatementFlag.flag(own, of: line, calendar: calendar)
  }
}

extension Restatement: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.id(kpi)
    stored.period(period)
    stored.list(dimensions) { $0.string($1) }
    stored.string(input)
    stored.quantity(from)
    stored.optional(to) { $0.quantity($1) }
    stored.string(change.commit.description)
    stored.int(Int(change.seconds))
    stored.string(change.by.name)
    stored.string(change.by.email)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(
      kpi: try stored.id(), period: try stored.period(),
      dimensions: try stored.list { stored throws(StoredFault) in try stored.string() }, input: try stored.string(),
      from: try stored.quantity(), to: try stored.optional { stored throws(StoredFault) in try stored.quantity() },
      change: try Change(from: &stored))
  }
}

extension Restatement.Change {
  fileprivate init(from stored: inout StoredReader) throws(StoredFault) {
    guard let commit = ObjectID(try stored.string()) else { throw StoredFault() }
    self.init(
      commit: commit, seconds: Int64(try stored.int()),
      by: Author(name: try stored.string(), email: try stored.string()))
  }
}

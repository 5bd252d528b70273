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

    /// Whether both know of the same newest ones; how far back each goes does not matter.
    func isAsFar(as other: Mark) -> Bool { (generation, last) == (other.generation, other.last) }

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
    if view == nil { mark.since = since }
    var found = Restatements()
    found.through = view.flatMap { ObjectID($0.tree) }
    if try !found.scan(through: commit, since: mark.since, in: objects) {
      try database.execute(sql: "DELETE FROM restated")
      mark.generation += 1
      mark.last = 0
    }
    try insert(found.byKPI, from: mark.last + 1)
    mark.last += found.byKPI.values.reduce(0) { $0 + $1.count }
    if since < mark.since { try lookFurtherBack(to: since, than: &mark, through: commit, in: objects) }
    _ = try RollUpStore.keep(Self.key, tree: commit.description, state: mark, in: database)
    return mark
  }

  /// Those through an older version, from a moment on. Where the version is on the line that is known, they are taken
  /// from that; what is known of the newest version stays as it is.
  func past(through commit: ObjectID, since: Int64, in objects: ObjectDatabase) throws -> Restatements {
    var found = Restatements()
    guard let view = try RollUpStore.view(Mark.self, Self.key, in: database), let tip = ObjectID(view.tree),
      case let (later, true) = try MainLineStep.steps(endingAt: tip, in: objects, until: { $0 == commit })
    else {
      try found.scan(through: commit, since: since, in: objects)
      return found
    }
    if since < view.state.since {
      var mark = view.state
      try lookFurtherBack(to: since, than: &mark, through: tip, in: objects)
      _ = try RollUpStore.keep(Self.key, tree: view.tree, state: mark, in: database)
    }
    let unknown = Set(later.map(\.commit))
    let rows = try Row.fetchCursor(database, sql: "SELECT restatement FROM restated ORDER BY place")
    while let row = try rows.next() {
      let restatement = try row.withUnsafeData(atIndex: 0) { try Sealed.value(Restatement.self, $0) }
      guard !unknown.contains(restatement.change.commit) else { continue }
      found.byKPI[restatement.kpi, default: []].append(restatement)
    }
    return found
  }

  /// Adds those of before the moment up to which they are known, in places before all others.
  private func lookFurtherBack(
    to since: Int64, than mark: inout Mark, through commit: ObjectID, in objects: ObjectDatabase
  ) throws {
    let known = try MainLineStep.steps(endingAt: commit, since: mark.since, in: objects).steps.count
    let steps = try MainLineStep.steps(endingAt: commit, since: since, in: objects).steps.dropFirst(known)
    let found = try Restatements.found(in: Array(steps), newest: objects.commit(commit).tree, objects)
    let first = try Int.fetchOne(database, sql: "SELECT min(place) FROM restated") ?? 1
    try insert(found, from: first - found.values.reduce(0) { $0 + $1.count })
    mark.since = since
  }

  private func insert(_ found: [KPIID: [Restatement]], from first: Int) throws {
    let statement = try database.cachedStatement(sql: "INSERT INTO restated (place, kpi, restatement) VALUES (?, ?, ?)")
    var place = first
    for (kpi, restatements) in found.sorted(by: { $0.key < $1.key }) {
      for restatement in restatements {
        try statement.execute(arguments: [place, kpi.description, Data(Sealed.sealed(restatement.stored()))])
        place += 1
      }
    }
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

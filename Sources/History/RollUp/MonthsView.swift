import Calculation
import Consolidation
import Foundation
import GRDB
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// How many KPIs have figures in which of their newest months: what the newest reported period follows from.
struct MonthsView {
  private let tree: ObjectID
  private let objects: ObjectDatabase
  private let differences: Differences
  private let asOf: Day
  private let calendar: FiscalCalendar
  private let key: String

  init(
    _ differences: Differences, objects: ObjectDatabase, asOf: Day, _ calendar: FiscalCalendar, _ program: String,
    isPast: Bool
  ) throws {
    tree = differences.tree
    self.objects = objects
    self.differences = differences
    self.asOf = asOf
    self.calendar = calendar
    let settings = try objects.entry(at: "ledger.yaml", in: tree)?.id.description ?? "-"
    let own = isPast ? [tree.description] : []
    key = (["months", program, settings, asOf.description] + own).joined(separator: "|")
  }

  func newest(_ store: RollUpStore, _ whole: () throws -> LedgerTree) throws -> Period {
    let known = try store.read { try RollUpStore.view(Months.self, key, in: $0) }
    if let known, known.tree == tree.description { return known.state.newest(asOf, calendar) }
    return try store.change { database in
      let view = try RollUpStore.view(Months.self, key, in: database)
      let (id, months) =
        try view.flatMap { try moved($0, in: database) } ?? (made(try whole().ledger, in: database))
      try RollUpStore.makeRoom(besides: id, in: database)
      return months.newest(asOf, calendar)
    }
  }

  /// What the newest month was when that was last found out; nil where nobody has asked on this day.
  func kept(in database: Database) throws -> Period? {
    try RollUpStore.view(Months.self, key, in: database)?.state.newest(asOf, calendar)
  }

  /// All KPIs counted.
  private func made(_ ledger: Ledger, in database: Database) throws -> (Int64, Months) {
    var months = Months()
    let id = try RollUpStore.keep(key, tree: tree.description, state: months, in: database)
    try database.execute(sql: "DELETE FROM months WHERE view = ?", arguments: [id])
    for (kpi, actuals) in ledger.actuals { try add(actuals, of: kpi, to: &months, id, database) }
    return (try RollUpStore.keep(key, tree: tree.description, state: months, in: database), months)
  }

  /// The count of another tree, with what changed since counted again; nil where that is too much, or cannot be known.
  private func moved(_ view: RollUpStore.View<Months>, in database: Database) throws -> (Int64, Months)? {
    guard let changes = differences.since(view.tree) else { return nil }
    let touched = Set(changes.compactMap { LedgerPath($0.path).kpi })
    guard touched.count <= LinesView.mostMoved else { return nil }
    var months = view.state
    let part = LedgerTree(.figures(touched.sorted()), from: TreeSource(objects, tree: tree)).ledger
    for kpi in touched.sorted() {
      let before = try Row.fetchOne(
        database, sql: "SELECT months FROM months WHERE view = ? AND kpi = ?", arguments: [view.id, kpi.description])
      if let before {
        months.remove(try before.withUnsafeData(atIndex: 0) { try Sealed.value(Months.self, $0) })
        try database.execute(
          sql: "DELETE FROM months WHERE view = ? AND kpi = ?", arguments: [view.id, kpi.description])
      }
      if let actuals = part.actuals[kpi] { try add(actuals, of: kpi, to: &months, view.id, database) }
    }
    return (try RollUpStore.keep(key, tree: tree.description, state: months, in: database), months)
  }

  private func add(
    _ actuals: Actuals, of kpi: KPIID, to months: inout Months, _ view: Int64, _ database: Database
  ) throws {
    let own = Months(ReportingPeriod.months(of: actuals, asOf: asOf, calendar))
    months.add(own)
    try database.cachedStatement(sql: "INSERT INTO months (view, kpi, months) VALUES (?, ?, ?)")
      .execute(arguments: [view, kpi.description, Data(Sealed.sealed(own.stored()))])
  }
}

/// Months, and how many KPIs have figures in each.
struct Months: Stored {
  private var counts: [Period: Int] = [:]

  init() {}

  init(_ months: Set<Period>) {
    for month in months { counts[month] = 1 }
  }

  func newest(_ day: Day, _ calendar: FiscalCalendar) -> Period {
    ReportingPeriod.newest(of: counts, asOf: day, calendar)
  }

  mutating func add(_ other: Months) {
    for (month, count) in other.counts { counts[month, default: 0] += count }
  }

  mutating func remove(_ other: Months) {
    for (month, count) in other.counts {
      counts[month, default: 0] -= count
      if counts[month] == 0 { counts[month] = nil }
    }
  }

  func write(to stored: inout StoredWriter) {
    stored.list(counts.sorted { $0.key < $1.key }) { stored, entry in
      stored.period(entry.key)
      stored.int(entry.value)
    }
  }

  init(from stored: inout StoredReader) throws(StoredFault) {
    for _ in 0..<(try stored.count()) { counts[try stored.period()] = try stored.int() }
  }
}

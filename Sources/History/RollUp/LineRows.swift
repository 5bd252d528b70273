import Calculation
import Consolidation
import Foundation
import GRDB
import LedgerModel

/// The lines of a view in the store, and what each of them rests on.
struct LineRows {
  let view: Int64
  let database: Database

  // MARK: Writing

  /// Puts in a KPI's line, and which KPIs its definition names.
  func add(_ line: KPIResult, _ share: KPIShare) throws {
    let (place, standing) = (share.candidate, share.standing)
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO line (view, department, kpi, rank, weight, goal, cycle, speaks, share, line)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      view, share.id.department, share.id.kpi, place.rank, place.heft, standing.goal,
      standing.counts ? PeriodKind.allCases.firstIndex(of: standing.cycle) : nil,
      !standing.leadsTo.isEmpty || !standing.affects.isEmpty, Data(share.stored()), Data(Sealed.sealed(line.stored())),
    ])
  }

  /// Notes which KPIs a definition names: whether they are there or not, the KPI changes with them.
  func add(_ sources: [ConsolidationRule.Source], of user: KPIID) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO need (view, source, user) VALUES (?, ?, ?)")
    for source in sources {
      try statement.execute(arguments: [view, Self.name(of: source), user.description])
    }
  }

  /// Takes out what is kept of a KPI.
  /// - Returns: its share, where it had a line
  func remove(_ id: KPIID) throws -> KPIShare? {
    let share = try share(of: id)
    try database.cachedStatement(sql: "DELETE FROM line WHERE view = ? AND department = ? AND kpi = ?")
      .execute(arguments: [view, id.department, id.kpi])
    try database.cachedStatement(sql: "DELETE FROM need WHERE view = ? AND user = ?")
      .execute(arguments: [view, id.description])
    return share
  }

  /// Forgets all lines of the view.
  func removeAll() throws {
    for table in ["line", "need"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE view = ?", arguments: [view])
    }
  }

  // MARK: Reading

  /// The KPIs that are made of these, with those that are made of them, and so on; these too.
  func users(of ids: Set<KPIID>) throws -> Set<KPIID> {
    let statement = try database.cachedStatement(sql: "SELECT user FROM need WHERE view = ? AND source IN (?, ?)")
    var (found, next) = (ids, Array(ids))
    while let id = next.popLast() {
      let users = try String.fetchAll(statement, arguments: [view, id.description, "*/\(id.kpi)"])
      for user in users.compactMap({ KPIID($0) }) where found.insert(user).inserted { next.append(user) }
    }
    return found
  }

  /// All lines, or those of some departments, by id.
  func lines(of departments: Set<String>? = nil) throws -> [KPIResult] {
    guard let departments else {
      return try lines("view = ? ORDER BY department, kpi", [view])
    }
    return try departments.sorted().flatMap { department in
      try lines("view = ? AND department = ? ORDER BY kpi", [view, department])
    }
  }

  /// The lines that need attention first, by id.
  func lines(first count: Int) throws -> [KPIResult] {
    try lines("view = ? ORDER BY rank, weight DESC, department, kpi LIMIT ?", [view, count])
      .sorted { $0.id < $1.id }
  }

  /// The shares of all lines, by id.
  func shares() throws -> [KPIShare] { try shares("view = ? ORDER BY department, kpi") }

  /// The KPIs that say something of others, and those of which they do.
  func related() throws -> [KPIStanding] {
    var found = Dictionary(
      try shares("view = ? AND speaks").map { ($0.id, $0.standing) }, uniquingKeysWith: { first, _ in first })
    for standing in found.values {
      for id in standing.leadsTo + standing.affects.map(\.kpi) where found[id] == nil {
        found[id] = try share(of: id)?.standing
      }
    }
    return found.values.sorted { $0.id < $1.id }
  }

  /// Which departments' KPIs that count towards a goal are recorded how often.
  func cycles(of goal: String) throws -> [(department: String, cycle: PeriodKind)] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT DISTINCT department, cycle FROM line WHERE view = ? AND goal = ? AND cycle IS NOT NULL
        ORDER BY department, cycle
        """, arguments: [view, goal])
    return try rows.map { row in
      let cycle: Int = row[1]
      guard PeriodKind.allCases.indices.contains(cycle) else { throw StoredFault() }
      return (row[0], PeriodKind.allCases[cycle])
    }
  }

  /// The shares of some departments' lines, by id.
  func shares(of departments: Set<String>) throws -> [KPIShare] {
    try departments.sorted().flatMap { department in
      try shares("view = ? AND department = ? ORDER BY kpi", department)
    }
  }

  private func shares(_ condition: String, _ department: String? = nil) throws -> [KPIShare] {
    let statement = try database.cachedStatement(sql: "SELECT share FROM line WHERE \(condition)")
    let rows = try Row.fetchCursor(statement, arguments: department.map { [view, $0] } ?? [view])
    var shares: [KPIShare] = []
    while let row = try rows.next() { shares.append(try Self.value(row)) }
    return shares
  }

  func share(of id: KPIID) throws -> KPIShare? {
    let statement = try database.cachedStatement(
      sql: "SELECT share FROM line WHERE view = ? AND department = ? AND kpi = ?")
    return try Row.fetchOne(statement, arguments: [view, id.department, id.kpi]).map { try Self.value($0) }
  }

  /// All that is kept of a KPI; nil where it has no line.
  func content(of id: KPIID) throws -> [Data]? {
    let statement = try database.cachedStatement(
      sql: "SELECT share, line FROM line WHERE view = ? AND department = ? AND kpi = ?")
    return try Row.fetchOne(statement, arguments: [view, id.department, id.kpi]).map { [$0[0], $0[1]] }
  }

  /// The row of each KPI; one that is written anew has another.
  static func ids(in database: Database) throws -> [String: Int64] {
    let rows = try Row.fetchAll(database, sql: "SELECT department || '/' || kpi, rowid FROM line ORDER BY rowid")
    return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
  }

  private func lines(_ condition: String, _ arguments: StatementArguments) throws -> [KPIResult] {
    let statement = try database.cachedStatement(sql: "SELECT line FROM line WHERE \(condition)")
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    var lines: [KPIResult] = []
    while let row = try rows.next() {
      lines.append(try row.withUnsafeData(atIndex: 0) { try Sealed.value(KPIResult.self, $0) })
    }
    return lines
  }

  private static func value(_ row: Row) throws -> KPIShare {
    try row.withUnsafeData(atIndex: 0) { data in
      guard let data else { throw StoredFault() }
      return try data.withUnsafeBytes { try KPIShare(stored: $0) }
    }
  }

  private static func name(of source: ConsolidationRule.Source) -> String {
    switch source {
    case .kpi(let id): id.description
    case .everyDepartment(let kpi): "*/\(kpi)"
    }
  }
}

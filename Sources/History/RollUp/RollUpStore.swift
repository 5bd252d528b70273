import Consolidation
import Foundation
import GRDB

/// The file in which a clone keeps what it has rolled up: SQLite, so that two processes do not hurt each other.
///
/// Nothing in it is worth a copy. It is thrown away when it is damaged, or of another format; the views that were not
/// asked for longest go when it grows too large.
final class RollUpStore {
  /// So many bytes at most, before the oldest views go.
  private static let sizeLimit = 1 << 29
  /// So many views at most.
  private static let viewLimit = 12
  // What a crash of the machine leaves, the checksums notice.
  private static let plan = KeptFile.Plan(name: "roll-up.sqlite", format: 2, schema: schema, synchronous: "OFF")

  private let file: KeptFile

  /// Opens, or makes, the store in a folder, which is made.
  /// - Throws: where that cannot be
  init(folder: String) throws { file = try KeptFile(Self.plan, in: folder) }

  /// Whether something is kept in a folder.
  static func exists(in folder: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + plan.name) }

  /// Throws this one away.
  func removeFile() { file.removeFile() }

  /// Throws away what is kept in a folder.
  static func remove(from folder: String) { KeptFile.remove(plan, from: folder) }

  /// Everything in one transaction, so that another process sees all of it or nothing.
  func change<Result>(_ body: (Database) throws -> Result) throws -> Result { try file.change(body) }

  /// What is there at one moment.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try file.read(body) }

  private static let schema = """
    CREATE TABLE view (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, tree TEXT NOT NULL, state BLOB NOT NULL,
      used INTEGER NOT NULL);
    CREATE TABLE line (view INTEGER NOT NULL, department TEXT NOT NULL, kpi TEXT NOT NULL, rank INTEGER NOT NULL,
      weight REAL NOT NULL, goal TEXT, cycle INTEGER, speaks INTEGER NOT NULL, share BLOB NOT NULL, line BLOB NOT NULL,
      UNIQUE (view, department, kpi));
    CREATE INDEX line_by_goal ON line (view, goal, department, cycle) WHERE cycle IS NOT NULL;
    CREATE INDEX line_that_speaks ON line (view) WHERE speaks;
    CREATE INDEX line_by_rank ON line (view, rank, weight DESC, department, kpi);
    CREATE TABLE need (view INTEGER NOT NULL, source TEXT NOT NULL, user TEXT NOT NULL,
      PRIMARY KEY (view, source, user)) WITHOUT ROWID;
    CREATE INDEX need_by_user ON need (view, user);
    CREATE TABLE months (view INTEGER NOT NULL, kpi TEXT NOT NULL, months BLOB NOT NULL,
      PRIMARY KEY (view, kpi)) WITHOUT ROWID;
    CREATE TABLE edition (view INTEGER PRIMARY KEY, note BLOB NOT NULL);
    CREATE TABLE touched (view INTEGER NOT NULL, department TEXT NOT NULL, PRIMARY KEY (view, department)) WITHOUT ROWID;
    CREATE TABLE restated (place INTEGER PRIMARY KEY, kpi TEXT NOT NULL, restatement BLOB NOT NULL);
    CREATE INDEX restated_by_kpi ON restated (kpi, place);
    """

  // MARK: Views

  /// A view that is kept: its id, the tree that it is of, and its state.
  struct View<State> {
    let id: Int64
    let tree: String
    let state: State
  }

  /// The view of a key; nil where there is none.
  static func view<State: Stored>(_ type: State.Type, _ key: String, in database: Database) throws -> View<State>? {
    try Row.fetchOne(database, sql: "SELECT id, tree, state FROM view WHERE key = ?", arguments: [key]).map { row in
      let state = try row.withUnsafeData(atIndex: 2) { try Sealed.value(State.self, $0) }
      return View(id: row[0], tree: row[1], state: state)
    }
  }

  /// Keeps a view's state; makes the view where there is none, and room for it.
  /// - Returns: its id
  static func keep(_ key: String, tree: String, state: some Stored, in database: Database) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO view (key, tree, state, used) VALUES (?, ?, ?, (SELECT ifnull(max(used), 0) + 1 FROM view))
        ON CONFLICT (key) DO UPDATE SET tree = excluded.tree, state = excluded.state, used = excluded.used
        """, arguments: [key, tree, Data(Sealed.sealed(state.stored()))])
    let id = try Int64.fetchOne(database, sql: "SELECT id FROM view WHERE key = ?", arguments: [key])
    guard let id else { throw StoredFault() }
    return id
  }

  /// Makes room: forgets the views that were kept longest ago, but for one.
  static func makeRoom(besides id: Int64, in database: Database) throws {
    let views = try Int64.fetchAll(
      database, sql: "SELECT id FROM view WHERE id <> ? AND key <> 'restated' ORDER BY used DESC, id DESC",
      arguments: [id])
    let pages =
      try Int.fetchOne(
        database, sql: "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count") ?? 0
    let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
    let isTooLarge = pages * size > sizeLimit
    for view in isTooLarge ? views[...] : views.dropFirst(viewLimit - 1) { try forget(view, in: database) }
  }

  private static func forget(_ view: Int64, in database: Database) throws {
    for table in ["line", "need", "months", "edition", "touched"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE view = ?", arguments: [view])
    }
    try database.execute(sql: "DELETE FROM view WHERE id = ?", arguments: [view])
  }
}

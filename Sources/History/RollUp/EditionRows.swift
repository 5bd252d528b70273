import Consolidation
import Foundation
import GRDB
import LedgerModel

/// What a view's scorecards rested on, besides the lines, when they were last written down.
struct EditionNote: Stored {
  /// Names what was written.
  let name: String
  let places: ByID<DepartmentPlace>
  /// By KPI, from what is beside its own files.
  let flags: [KPIID: [Flag]]

  init(name: String, places: ByID<DepartmentPlace>, flags: [KPIID: [Flag]]) {
    self.name = name
    self.places = places
    self.flags = flags
  }

  func write(to stored: inout StoredWriter) {
    stored.string(name)
    places.write(to: &stored) { $1.write(to: &$0) }
    stored.list(flags.sorted { $0.key < $1.key }) { stored, entry in
      stored.id(entry.key)
      stored.list(entry.value) { stored, flag in
        stored.choice(flag.kind)
        stored.string(flag.reason)
      }
    }
  }

  init(from stored: inout StoredReader) throws(StoredFault) {
    name = try stored.string()
    places = try ByID(from: &stored) { stored throws(StoredFault) in try DepartmentPlace(from: &stored) }
    var flags: [KPIID: [Flag]] = [:]
    for _ in 0..<(try stored.count()) {
      let id = try stored.id()
      flags[id] = try stored.list { stored throws(StoredFault) in
        Flag(try stored.choice(Flag.Kind.self), try stored.string())
      }
    }
    self.flags = flags
  }
}

/// Which edition of a view was last written down, and the departments of which a line has changed since.
struct EditionRows {
  let view: Int64
  let database: Database

  /// The note of the edition of that name; nil where another one was written since, or none.
  func note(named name: String?) throws -> EditionNote? {
    guard let name else { return nil }
    let row = try Row.fetchOne(database, sql: "SELECT note FROM edition WHERE view = ?", arguments: [view])
    let note = try row.map { try $0.withUnsafeData(atIndex: 0) { try Sealed.value(EditionNote.self, $0) } }
    return note?.name == name ? note : nil
  }

  /// The departments with a line that has changed since the edition.
  func touched() throws -> Set<String> {
    try String.fetchSet(database, sql: "SELECT department FROM touched WHERE view = ?", arguments: [view])
  }

  /// A line of the department has changed.
  func touch(_ department: String) throws {
    try database.cachedStatement(sql: "INSERT OR IGNORE INTO touched (view, department) VALUES (?, ?)")
      .execute(arguments: [view, department])
  }

  /// Everything is written down now.
  func keep(_ note: EditionNote) throws {
    try forget()
    try database.execute(
      sql: "INSERT INTO edition (view, note) VALUES (?, ?)", arguments: [view, Data(Sealed.sealed(note.stored()))])
  }

  /// Nothing is known of what was written down.
  func forget() throws {
    for table in ["edition", "touched"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE view = ?", arguments: [view])
    }
  }
}

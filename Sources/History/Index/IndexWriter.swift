import Foundation
import GRDB
import Git
import LedgerFiles
import LedgerModel

/// Writes steps of the main line into the index, oldest first, within one transaction.
struct IndexWriter {
  private let database: Database
  private var people: [Author: Int64] = [:]
  private var keys: [String: Int64] = [:]
  private var files: [String: Int64] = [:]
  private var commits: [ObjectID: Int64] = [:]
  private var nextChange: Int64
  private let insertChange: Statement

  /// A commit of the main line with what it changed.
  struct Step: Sendable {
    let commit: Commit
    var changes: [Change]

    init(_ commit: Commit, _ entries: [AuditEntry]) {
      self.commit = commit
      changes = entries.map(Change.init)
    }
  }

  /// A change as the index keeps it, made on any thread.
  struct Change: Sendable {
    let enteredIn: ObjectID
    let file: String
    let key: String
    let from: String?
    let to: String?
    let flags: Int64
    /// As its own commit says, where it was held: a list, since there are a million changes that have none.
    let settlements: [Settlement]

    init(_ entry: AuditEntry) {
      enteredIn = entry.commit
      file = entry.file
      key = entry.key.text
      from = IndexedValue.text(entry.from)
      to = IndexedValue.text(entry.to)
      flags = (entry.isVerified ? 1 : 0) | (entry.isNewFile ? 2 : 0)
      settlements = entry.settlement.map { [$0] } ?? []
    }
  }

  init(_ database: Database) throws {
    self.database = database
    nextChange = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM changes") ?? 0) + 1
    insertChange = try database.makeStatement(
      sql: """
        INSERT INTO changes (id, sync, commit_id, file, key, from_value, to_value, flags)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// Adds a commit of the main line, which has the next number, and what it changed.
  mutating func add(_ step: Step, as number: Int, from objects: ObjectDatabase) throws {
    try execute(
      "INSERT INTO syncs (number, commit_id, committed_at, first_change) VALUES (?, ?, ?, ?)",
      [number, try id(of: step.commit), step.commit.committer.time.seconds, nextChange])
    for change in step.changes { try add(change, to: number, in: objects) }
  }

  private mutating func add(_ change: Change, to number: Int, in objects: ObjectDatabase) throws {
    let known = commits[change.enteredIn]
    let commit = try known ?? id(of: objects.commit(change.enteredIn))
    insertChange.setUncheckedArguments([
      nextChange, number, commit, try id(ofFile: change.file), try id(ofKey: change.key), change.from, change.to,
      change.flags,
    ])
    try insertChange.execute()
    for settlement in change.settlements {
      try execute(
        "INSERT INTO settlements (change, outcome, proposal, proposed_by, proposed_in) VALUES (?, ?, ?, ?, ?)",
        [
          nextChange, settlement.outcome.rawValue, settlement.proposal, try id(ofPerson: settlement.proposedBy),
          Data(settlement.proposedIn.bytes),
        ])
    }
    nextChange += 1
  }

  private mutating func id(of commit: Commit) throws -> Int64 {
    if let known = commits[commit.id] { return known }
    let hash = Data(commit.id.bytes)
    try execute(
      """
      INSERT INTO commits (hash, author, committer, claimed_at, claimed_offset, message)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING
      """,
      [
        hash, try id(ofPerson: commit.author.person),
        try id(ofPerson: commit.committer.person),
        commit.author.time.seconds, commit.author.time.offsetMinutes, commit.message.trimmedLines,
      ])
    var id = database.lastInsertedRowID
    if database.changesCount == 0 {
      let select = try database.cachedStatement(sql: "SELECT id FROM commits WHERE hash = ?")
      id = try Int64.fetchOne(select, arguments: [hash]) ?? id
    }
    if commits.count > 100_000 { commits = [:] }
    commits[commit.id] = id
    return id
  }

  private mutating func id(ofPerson author: Author) throws -> Int64 {
    if let known = people[author] { return known }
    let id = try self.id(
      "SELECT id FROM people WHERE email = ? AND name = ?", "INSERT INTO people (email, name) VALUES (?, ?)",
      [author.email, author.name])
    people[author] = id
    return id
  }

  private mutating func id(ofKey text: String) throws -> Int64 {
    if let known = keys[text] { return known }
    let id = try self.id("SELECT id FROM keys WHERE text = ?", "INSERT INTO keys (text) VALUES (?)", [text])
    keys[text] = id
    return id
  }

  private mutating func id(ofFile path: String) throws -> Int64 {
    if let known = files[path] { return known }
    let select = try database.cachedStatement(sql: "SELECT id FROM files WHERE path = ?")
    var found = try Int64.fetchOne(select, arguments: [path])
    if found == nil {
      let place = LedgerPath(path)
      try execute(
        "INSERT INTO files (path, kind, department, kpi) VALUES (?, ?, ?, ?)",
        [path, place.indexedKind, place.departmentConcerned, place.kpiConcerned?.description])
      found = database.lastInsertedRowID
    }
    files[path] = found
    return found ?? 0
  }

  private func id(_ select: String, _ insert: String, _ arguments: StatementArguments) throws -> Int64 {
    let statement = try database.cachedStatement(sql: select)
    if let found = try Int64.fetchOne(statement, arguments: arguments) { return found }
    try execute(insert, arguments)
    return database.lastInsertedRowID
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}

extension LedgerPath {
  /// What the index calls the kind of file; a proposal is of the kind of its file.
  var indexedKind: String {
    switch self {
    case .settings: "settings"
    case .people: "people"
    case .goals: "goals"
    case .rates: "rates"
    case .department: "department"
    case .definition: "definition"
    case .actuals: "actuals"
    case .action: "action"
    case .review: "review"
    case .close: "close"
    case .proposal(let file, _): "proposal of " + LedgerPath(file).indexedKind
    case .other: "other"
    }
  }

  /// The department that a file belongs to; a proposal belongs to that of its file.
  var departmentConcerned: String? {
    switch self {
    case .department(let id): id
    case .definition(let id), .actuals(let id): id.department
    case .action(let department, _), .review(let department, _): department
    case .proposal(let file, _): LedgerPath(file).departmentConcerned
    case .settings, .people, .goals, .rates, .close, .other: nil
    }
  }
}

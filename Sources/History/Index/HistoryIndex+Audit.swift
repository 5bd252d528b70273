import Consolidation
import Foundation
import GRDB
public import Git
import LedgerFiles
import LedgerModel

extension HistoryIndex {
  /// The changes that came into force or were held, the newest first, as ``Audit`` gives them.
  /// - Parameters:
  ///   - tip: where the main line ends
  ///   - hub: what the hub is known to have; nil: everything is taken to be there
  ///   - query: what is asked for
  /// - Throws: `GitError` where the history cannot be read; what SQLite throws where the index cannot be
  public func entries(endingAt tip: ObjectID, hub: ObjectID?, _ query: AuditQuery) throws -> [AuditEntry] {
    func found(_ query: AuditQuery) throws -> [AuditEntry] { try self.found(endingAt: tip, hub: hub, query) }
    return try Settlements.completing(found(query), of: query, asking: found)
  }

  /// The newest commit of the main line that was made up to a moment, as ``MainLine`` finds it; nil where the ledger is
  /// younger.
  /// - Parameters:
  ///   - seconds: the last second that counts, since 1970
  ///   - tip: where the main line ends
  /// - Throws: `GitError` where the history cannot be read; what SQLite throws where the index cannot be
  public func commit(upTo seconds: Int64, from tip: ObjectID) throws -> ObjectID? {
    try file.read { database in
      var newest: Int?
      let met = try RevWalk(objects).firstParent(from: tip) { commit in
        newest = try number(of: commit, in: database)
        return try newest != nil || objects.commit(commit).committer.time.seconds <= seconds
      }
      guard let newest else { return met }
      let statement = try database.cachedStatement(
        sql: """
          SELECT hash FROM syncs JOIN commits ON commits.id = syncs.commit_id
          WHERE committed_at <= ? AND number <= ? ORDER BY number DESC LIMIT 1
          """)
      return try Data.fetchOne(statement, arguments: [seconds, newest]).flatMap { ObjectID(bytes: $0) }
    }
  }

  /// Each change with what its own commit says of settlements.
  private func found(endingAt tip: ObjectID, hub: ObjectID?, _ query: AuditQuery) throws -> [AuditEntry] {
    let (waiting, newest) = try file.read { database in
      var newest: Int?
      let (steps, _) = try MainLineStep.steps(endingAt: tip, since: query.since, in: objects) { commit in
        newest = try number(of: commit, in: database)
        return newest != nil
      }
      return (steps, newest ?? 0)
    }
    let entries = try Audit(objects, proof: proof).entries(of: waiting, endingAt: tip, hub: hub, query)
    let indexed = try file.read { database in
      try IndexQuery(query, upTo: newest).entries(in: database)
    }
    return entries + indexed
  }
}

/// A question to the index.
struct IndexQuery {
  private let query: AuditQuery
  private var conditions: [String] = ["changes.sync <= ?"]
  private var arguments: StatementArguments

  /// - Parameter number: the newest sync that counts
  init(_ query: AuditQuery, upTo number: Int) {
    self.query = query
    arguments = [number]
    if let files = query.files {
      conditions.append("changes.file IN (SELECT id FROM files WHERE path IN (SELECT value FROM json_each(?)))")
      arguments += [Self.list(files)]
    } else if query.kpis != nil || query.departments != nil {
      let kpis = (query.kpis ?? []).map(\.description)
      let folders = query.folders.flatMap { [$0, $0 + "/*"] }
      let isAsked = (["kpi IN (SELECT value FROM json_each(?))"] + folders.map { _ in "path GLOB ?" }).joined(
        separator: " OR ")
      conditions.append("changes.file IN (SELECT id FROM files WHERE \(isAsked))")
      arguments += StatementArguments([Self.list(kpis)] + folders)
    }
    // What the ledger began with is no change that a report is about, and may be most of the index.
    if query.report != nil { conditions.append("changes.sync > 1") }
    if let since = query.since {
      // The last sync of before then, as a walk from the newest meets it.
      conditions.append(
        """
        changes.id >= (SELECT first_change FROM syncs WHERE number = 1
          + ifnull((SELECT number FROM syncs WHERE committed_at < ? AND number <= ? ORDER BY number DESC LIMIT 1), 0))
        """)
      arguments += [since, number]
    }
  }

  /// As many as there may be: SQLite takes some thousand arguments only.
  private static func list(_ texts: [String]) -> String {
    var json = JSONWriter()
    json.array(inline: true) { json in for text in texts { json.string(text) } }
    return json.text
  }

  private var sql: String {
    """
    SELECT changes.sync, brought.hash, sender.name, sender.email, entered.hash, author.name, author.email,
      entered.claimed_at, entered.claimed_offset, entered.message, files.path, keys.text, from_value, to_value, flags,
      outcome, proposal, proposer.name, proposer.email, proposed_in
    FROM changes CROSS JOIN syncs ON syncs.number = changes.sync
      CROSS JOIN commits AS brought ON brought.id = syncs.commit_id
      CROSS JOIN people AS sender ON sender.id = brought.committer
      CROSS JOIN commits AS entered ON entered.id = changes.commit_id
      CROSS JOIN people AS author ON author.id = entered.author
      CROSS JOIN files ON files.id = changes.file CROSS JOIN keys ON keys.id = changes.key
      LEFT JOIN settlements ON settlements.change = changes.id
      LEFT JOIN people AS proposer ON proposer.id = settlements.proposed_by
    WHERE \(conditions.joined(separator: " AND ")) ORDER BY changes.id
    """
  }

  /// Newest first, within a sync as they were put in.
  func entries(in database: Database) throws -> [AuditEntry] {
    var found: [(sync: Int, entry: AuditEntry)] = []
    let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
    while let row = try rows.next() {
      let key = Key(row[11] as String)
      let author = Author(name: row[5], email: row[6])
      guard query.takes(key, in: row[10]), query.takes(author) else { continue }
      found.append((row[0], try Self.entry(row, key, author)))
    }
    // Stable: the rows of a sync come in the order of their ids.
    return found.enumerated().sorted {
      ($1.element.sync, $0.offset) < ($0.element.sync, $1.offset)
    }.map(\.element.entry)
  }

  private static func entry(_ row: Row, _ key: Key, _ author: Author) throws -> AuditEntry {
    guard let sync = ObjectID(bytes: row[1] as Data), let commit = ObjectID(bytes: row[4] as Data) else {
      throw StoredFault()
    }
    let (path, flags): (String, Int) = (row[10], row[14])
    var entry = AuditEntry(
      at: GitTime(seconds: row[7], offsetMinutes: row[8]), by: author, isVerified: flags & 1 != 0,
      broughtBy: Author(name: row[2], email: row[3]), file: path, kpi: LedgerPath(path).kpiConcerned, key: key,
      from: IndexedValue.value(row[12]), to: IndexedValue.value(row[13]), commit: commit, sync: sync,
      message: row[9], isNewFile: flags & 2 != 0)
    entry.settlement = try settlement(row).map { $0.outcome == .waiting ? $0 : $0.settled(by: entry) }
    return entry
  }

  /// nil where nothing was held.
  private static func settlement(_ row: Row) throws -> Settlement? {
    guard let name = row[15] as String? else { return nil }
    guard let outcome = Settlement.Outcome(rawValue: name), let commit = ObjectID(bytes: row[19] as Data) else {
      throw StoredFault()
    }
    return Settlement(
      proposal: row[16], proposedBy: Author(name: row[17], email: row[18]), proposedIn: commit, outcome: outcome)
  }
}

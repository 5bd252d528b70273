import Consolidation
import Foundation
import GRDB

/// An SQLite file in which a clone keeps what it can make again. It is thrown away when it is damaged, or of another
/// format; two processes at once do not hurt each other.
final class KeptFile: Sendable {
  /// What a file is and holds.
  struct Plan: Sendable {
    /// As `roll-up.sqlite`.
    let name: String
    /// One more whenever what is stored changes, or what it means.
    let format: Int
    /// The tables, made in a new file.
    let schema: String
    /// How much SQLite does for what a crash of the machine may leave: `OFF` where its rows have checksums of their own.
    let synchronous: String
  }

  private let queue: DatabaseQueue
  private let folder: String
  private let plan: Plan

  /// Opens, or makes, the file in a folder, which is made.
  /// - Throws: where that cannot be
  init(_ plan: Plan, in folder: String) throws {
    self.plan = plan
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    do {
      queue = try Self.open(plan, folder)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw error
    } catch {
      Self.remove(plan, from: folder)
      queue = try Self.open(plan, folder)
    }
  }

  /// Throws the file away.
  func removeFile() { Self.remove(plan, from: folder) }

  /// Throws away the file in a folder.
  static func remove(_ plan: Plan, from folder: String) {
    for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: "\(folder)/\(plan.name)\(suffix)") }
  }

  /// Everything in one transaction, so that another process sees all of it or nothing.
  func change<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.inDatabase { database in
      var result: Result?
      try database.inTransaction(.immediate) {
        result = try body(database)
        return .commit
      }
      guard let result else { throw StoredFault() }
      return result
    }
  }

  /// What is there at one moment.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.read(body) }

  private static func open(_ plan: Plan, _ folder: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // A killed process is rolled back by the journal. Most commands only read, for which a journal of its own costs
      // least. Up to 64 MiB of pages are remembered, so that a large change is not written and read again on the way.
      try database.execute(
        sql: "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = \(plan.synchronous); PRAGMA cache_size = -65536")
    }
    let queue = try DatabaseQueue(path: "\(folder)/\(plan.name)", configuration: configuration)
    try queue.inDatabase { database in
      let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard found != plan.format else { return }
      guard found == 0 else { throw StoredFault() }
      try database.inTransaction(.immediate) {
        if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
          try database.execute(sql: plan.schema + "\nPRAGMA user_version = \(plan.format);")
        }
        return .commit
      }
    }
    return queue
  }
}

extension DatabaseError {
  /// Whether the file itself is no use any more.
  var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) }
}

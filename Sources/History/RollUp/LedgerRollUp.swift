public import Calculation
public import Consolidation
public import Git
import GRDB
import LedgerFiles
import LedgerModel
import LedgerStore

/// The roll-up of a ledger's version, kept from one look to the next: after a change only the KPIs that changed, and
/// those made of them, are measured again.
///
/// What it says is what `Consolidation` says of the whole ledger, to the last byte. Without a folder to keep things in,
/// or where that cannot be used, everything is read and measured. For one thread.
public final class LedgerRollUp {
  private let commit: ObjectID
  private let tree: ObjectID
  private let objects: ObjectDatabase
  private let program: String
  private let isPast: Bool
  private let differences: Differences
  private var store: RollUpStore?
  private var wholeLedger: LedgerTree?
  /// The files with errors, which are left out in part or whole; known once something was asked for.
  public private(set) var faulty: [String] = []

  /// - Parameters:
  ///   - commit: the version
  ///   - cache: the folder to keep things in; nil for none
  ///   - program: names the program exactly: another one may calculate otherwise
  ///   - isPast: whether others followed the version: what is kept of it stands beside what is kept of the newest, and is
  ///     not moved to another
  /// - Throws: `GitError` where there is no such commit
  public init(
    of commit: ObjectID, in objects: ObjectDatabase, cache: String?, program: String, isPast: Bool = false
  ) throws {
    self.commit = commit
    self.isPast = isPast
    tree = try objects.commit(commit).tree
    self.objects = objects
    self.program = program
    differences = Differences(to: tree, in: objects)
    store = cache.flatMap { try? RollUpStore(folder: $0) }
  }

  /// The period that a scorecard is of when nobody names one: `ReportingPeriod`.
  /// - Throws: `GitError` where the ledger cannot be read
  public func newestPeriod(asOf day: Day, calendar: FiscalCalendar) throws -> Period {
    let kept = try keeping {
      try MonthsView(differences, objects: objects, asOf: day, calendar, program, isPast: isPast).newest($0, whole)
    }
    return try kept ?? ReportingPeriod.newest(of: whole().ledger, asOf: day)
  }

  /// The company's scorecard, or that of a department with those below it; nil where there is no such department.
  /// - Parameters:
  ///   - limit: above so many KPIs only those that need attention first; nil for all
  /// - Throws: `GitError` where the ledger cannot be read
  public func scorecard(
    of period: Period, asOf: Day, department: String? = nil, limit: Int? = nil
  ) throws -> Scorecard? {
    let view = view(of: period, asOf)
    let kept = try keeping { store in
      let answer = try view.scorecard(store, department: department, limit: limit, whole: whole)
      faulty = answer.faulty
      return answer
    }
    if let kept { return kept.scorecard }
    let read = try whole()
    faulty = Set(read.findings.lazy.filter { $0.severity == .error }.map(\.file)).sorted()
    let consolidation = try Consolidation(of: read.ledger, at: commit, in: objects, for: period, asOf: asOf)
    return department.map { consolidation.department($0, limit: limit) } ?? consolidation.company(limit: limit)
  }

  /// Calls the closure with the scorecards of a period and day, to be read one after another.
  ///
  /// It is called a second time where what is kept turns out to be damaged.
  /// - Parameter edition: the name under which they were last written down (`note`): what has not changed since then is
  ///   named
  /// - Throws: `GitError` where the ledger cannot be read; what the closure throws
  public func scorecards<Result>(
    of period: Period, asOf: Day, since edition: String?, _ body: (ScorecardReading) throws -> Result
  ) throws -> Result {
    let view = view(of: period, asOf)
    let kept = try keeping { store in
      try view.read(store, since: edition, whole: whole) { try body(ScorecardReading($0, changed: $1)) }
    }
    if let kept { return kept }
    let consolidation = try Consolidation(of: whole().ledger, at: commit, in: objects, for: period, asOf: asOf)
    return try body(ScorecardReading(consolidation))
  }

  /// Takes down that the scorecards of a period and day are written down now, under a name.
  public func note(_ edition: String, of period: Period, asOf: Day) throws {
    let view = view(of: period, asOf)
    _ = try keeping { try view.note(edition, $0) }
  }

  private func view(of period: Period, _ day: Day) -> LinesView {
    LinesView(commit, differences, objects: objects, period: period, asOf: day, program: program, isPast: isPast)
  }

  /// What the store says; nil where it cannot be used. A damaged one is thrown away.
  private func keeping<Answer>(_ body: (RollUpStore) throws -> Answer) throws -> Answer? {
    guard let store else { return nil }
    do {
      return try body(store)
    } catch let error as GitError {
      throw error
    } catch {
      self.store = nil
      if error is StoredFault || (error as? DatabaseError)?.isDamage == true { store.removeFile() }
      return nil
    }
  }

  private func whole() throws -> LedgerTree {
    if let wholeLedger { return wholeLedger }
    let read = try LedgerTree(tree, in: objects)
    wholeLedger = read
    return read
  }
}

/// What differs between a version and those that views were made of: found out once for each.
final class Differences {
  let tree: ObjectID
  private let objects: ObjectDatabase
  private var known: [String: [TreeChange]] = [:]

  init(to tree: ObjectID, in objects: ObjectDatabase) {
    self.tree = tree
    self.objects = objects
  }

  /// The changes since a version, named by its tree; nil where that is not here any more.
  func since(_ old: String) -> [TreeChange]? {
    if let known = known[old] { return known }
    guard let id = ObjectID(old), let changes = try? TreeDiff.between(id, tree, in: objects) else { return nil }
    known[old] = changes
    return changes
  }
}

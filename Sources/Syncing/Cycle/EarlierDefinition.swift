import Calculation
public import Git
public import History
import LedgerFiles
public import LedgerModel
import LedgerStore
import Merging
import Policy

/// The rows of a clone that were recorded under an earlier definition, and who confirms them: the KPI's data owner or
/// its deputy. Where nobody has that part, whoever may record.
public struct EarlierDefinition {
  private let tip: ObjectID
  private let objects: ObjectDatabase
  private let authority: any Authority
  private let view: LedgerView
  private let day: Day

  /// As the files of a commit say.
  /// - Throws: `GitError` where the ledger cannot be read
  public init(at tip: ObjectID, in objects: ObjectDatabase) throws {
    let history = GitHistory(objects)
    self.tip = tip
    self.objects = objects
    authority = try LedgerAuthority.at(ContentID(tip), in: history)
    view = LedgerView(try history.source(of: ContentID(tip)))
    day = UTCTime.day(try history.commit(ContentID(tip)).committedAt)
  }

  /// The rows in force of some KPIs that were recorded under an earlier definition and not confirmed since.
  /// - Parameter since: the first second that counts, of the history's own clock; nil: from the beginning
  /// - Throws: `GitError` where the history cannot be read
  public func rows(of ids: [KPIID], since: Int64? = nil) throws -> [EarlierRecording] {
    try EarlierRecordings(at: tip, in: objects, proof: AuthorProofs.maker(objects)).rows(
      of: ids, since: since, confirms: mayConfirm)
  }

  /// Whether somebody answers for the data of a KPI.
  public func mayConfirm(_ id: KPIID, _ author: Author) -> Bool {
    let row = Subject(file: id.actualsPath, key: "row")
    if holder(of: id) == nil { return authority.mayChange(row, author: author) }
    return authority.isOwner(of: row, author: author)
  }

  /// Who confirms, as `sales-operations (Ana Ruiz)`; nil where nobody is named.
  public func whoConfirms(_ id: KPIID) -> String? {
    holder(of: id).map { "\($0.role) (\($0.name))" }
  }

  private func holder(of id: KPIID) -> (role: String, name: String)? {
    guard let role = view.definition(id).value?.dataOwner, let people = view.people.value,
      let person = people.roles[role]?.holders(on: day).first
    else { return nil }
    return (role, people.people[person]?.name ?? person)
  }

  /// The rows that met another calculation in a sync: the one side's rows and the other's definition.
  /// - Parameters:
  ///   - sent: the files that this clone sent, and those that came from others.
  ///   - since: when the two sides parted, of the history's own clock.
  static func met(
    at merge: ObjectID, sent: [String], received: [String], since: Int64, in objects: ObjectDatabase
  ) throws -> [EarlierRecording] {
    let (ours, theirs) = (Files(sent), Files(received))
    let both = ours.rows.intersection(theirs.definitions).union(theirs.rows.intersection(ours.definitions))
    guard !both.isEmpty else { return [] }
    return try EarlierDefinition(at: merge, in: objects).rows(of: both.sorted(), since: since)
  }

  /// Which KPIs some files are of.
  private struct Files {
    var rows: Set<KPIID> = []
    var definitions: Set<KPIID> = []

    init(_ paths: [String]) {
      for path in paths {
        switch LedgerPath(path) {
        case .actuals(let id): rows.insert(id)
        case .definition(let id): definitions.insert(id)
        default: break
        }
      }
    }
  }
}

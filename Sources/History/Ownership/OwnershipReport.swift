import Calculation
public import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// What changed hands: roles, KPIs, goals and departments.
///
/// What a ledger or a KPI begins with changes no hands. A role that somebody else holds hands over all that it answers
/// for: `kpis` says how much that is. A KPI that changes its owner as it moves has a line for each.
public struct OwnershipReport {
  private let objects: ObjectDatabase
  private let decoded = DecodedFiles()
  private let duties: RoleKPIs

  /// Reads what was whose out of a repository's objects.
  public init(_ objects: ObjectDatabase) {
    self.objects = objects
    duties = RoleKPIs(objects)
  }

  /// The changes, the newest first.
  /// - Parameters:
  ///   - entries: what an audit finds of ``AuditQuery/gathering(for:)``
  ///   - query: what is asked for; of one KPI or department, the roles that have to do with it count; it has no period
  /// - Throws: `GitError` where the history cannot be read
  public func changes(
    in entries: [AuditEntry], asked query: AuditQuery, progress: ReportProgress = { _, _ in }
  ) throws -> [OwnershipChange] {
    let syncs = SyncChanges.all(of: entries)
    var found: [OwnershipChange] = []
    for (done, sync) in syncs.enumerated() {
      if done % 2048 == 2047 { progress(done + 1, syncs.count) }
      guard let place = try SyncPlace(sync.commit, in: objects) else { continue }
      let hands = Hands(place, objects, remembering: decoded)
      let changes = sync.moves.compactMap(hands.move) + sync.changes.compactMap { hands.change($0, in: sync) }
      found += try changes.filter { query.takes($0.change.by) }.compactMap { try counted($0, place, query) }
    }
    return found
  }

  /// A role's change with the KPIs that it concerns; nil where none of those asked for is.
  private func counted(
    _ change: OwnershipChange, _ place: SyncPlace, _ query: AuditQuery
  ) throws -> OwnershipChange? {
    guard [.holder, .deputy, .next].contains(change.kind) else { return change }
    let (kpis, departments) = (query.kpis.map { Set($0) }, query.departments)
    var change = change
    change.kpis = try duties.count(of: change.subject, in: place.tree) { id in
      kpis == nil && departments == nil || kpis?.contains(id) ?? false || departments?.contains(id.department) ?? false
    }
    if kpis == nil && departments == nil || change.kpis != 0 { return change }
    let view = LedgerView(TreeSource(objects, tree: place.tree, remembering: decoded))
    return departments?.contains { view.department($0).value?.head == change.subject } ?? false ? change : nil
  }
}

/// What one commit of the main line handed over. For one thread.
private struct Hands {
  private let place: SyncPlace
  private let before: LedgerView
  private let after: LedgerView

  init(_ place: SyncPlace, _ objects: ObjectDatabase, remembering decoded: DecodedFiles) {
    self.place = place
    before = LedgerView(TreeSource(objects, tree: place.oldTree, remembering: decoded))
    after = LedgerView(TreeSource(objects, tree: place.tree, remembering: decoded))
  }

  func move(_ move: SyncChanges.Move) -> OwnershipChange? {
    guard move.from.department != move.to.department else { return nil }
    func department(_ id: KPIID, _ view: LedgerView) -> OwnershipChange.Party {
      let head = view.department(id.department).value?.head
      return OwnershipChange.Party(id: id.department, person: head.flatMap { role($0, view).person })
    }
    return OwnershipChange(
      kind: .moved, subject: move.to.description, from: department(move.from, before),
      to: department(move.to, after), seconds: place.seconds, change: move.entry)
  }

  func change(_ change: KeyChange, in sync: SyncChanges) -> OwnershipChange? {
    switch LedgerPath(change.file) {
    case .people: return roleChange(change)
    case .department(let id): return departmentChange(change, id, isNew: sync.newFiles.contains(change.file))
    case .goals:
      guard let goal = change.key.entry(of: "goals", field: "owner") else { return nil }
      return line(.goalOwner, goal, change, role)
    case .definition(let id) where !sync.isNew(id):
      switch change.key.field {
      case "owner": return line(.owner, id.description, change, role)
      case "data_owner": return line(.dataOwner, id.description, change, role)
      default: return nil
      }
    default: return nil
    }
  }

  private func departmentChange(_ change: KeyChange, _ id: String, isNew: Bool) -> OwnershipChange? {
    if change.key.field == "head" { return line(.head, id, change, role) }
    guard !isNew, let member = change.key.rest(of: "members has ") else { return nil }
    let name = YAMLValue.string(member)
    return line(.member, id, from: change.from.map { _ in name }, to: change.to.map { _ in name }, change, person)
  }

  private func roleChange(_ change: KeyChange) -> OwnershipChange? {
    if let role = change.key.entry(of: "roles", field: "holder") {
      // Who had taken it over by then is who it comes from, or nobody new.
      let holder = before.people.value?.roles[role]?.holder(on: place.day).map { YAMLValue.string($0) }
      return line(.holder, role, from: holder, to: change.to, change, person)
    }
    if let role = change.key.entry(of: "roles", field: "deputy") { return line(.deputy, role, change, person) }
    guard let role = change.key.entry(of: "roles", field: "next") else { return nil }
    // It comes from whoever holds the role, or falls back to them.
    let holder = before.people.value?.roles[role]?.holder.map { YAMLValue.string($0) }
    let (from, to) = (change.from?["holder"] ?? holder, change.to?["holder"])
    // That it is done now is the holder's change.
    guard to != nil || after.people.value?.roles[role]?.holder != from?.id else { return nil }
    var found = line(.next, role, from: from, to: to ?? holder, change, person)
    found?.day = change.to?["from"].flatMap(\.id).flatMap { Day($0) }
    return found
  }

  // MARK: Lines

  private typealias Naming = (String, LedgerView) -> OwnershipChange.Party

  private func line(
    _ kind: OwnershipChange.Kind, _ subject: String, _ change: KeyChange, _ naming: Naming
  ) -> OwnershipChange? {
    line(kind, subject, from: change.from, to: change.to, change, naming)
  }

  private func line(
    _ kind: OwnershipChange.Kind, _ subject: String, from: YAMLValue?, to: YAMLValue?, _ change: KeyChange,
    _ naming: Naming
  ) -> OwnershipChange? {
    let (from, to) = (from?.id.map { naming($0, before) }, to?.id.map { naming($0, after) })
    guard from?.id != to?.id else { return nil }
    return OwnershipChange(
      kind: kind, subject: subject, from: from, to: to, seconds: place.seconds, change: change.entry)
  }

  /// A person by name, also one who came or went with this commit.
  private func person(_ id: String, _ view: LedgerView) -> OwnershipChange.Party {
    let known = [view, before, after].compactMap { $0.people.value?.people[id]?.name }.first
    return OwnershipChange.Party(id: id, person: known)
  }

  /// A role with its holder on the day of the change.
  private func role(_ id: String, _ view: LedgerView) -> OwnershipChange.Party {
    let holder = view.people.value?.roles[id]?.holder(on: place.day)
    return OwnershipChange.Party(id: id, person: holder.flatMap { person($0, view).person })
  }
}

extension Key {
  /// The name of the entry of a list that the key is a field of, as the role of `roles.head-of-sales.holder`.
  fileprivate func entry(of list: String, field: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == list && parts[2] == field ? String(parts[1]) : nil
  }
}

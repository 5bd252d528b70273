import Git
import LedgerFiles
import LedgerModel
import LedgerStore

extension StepAudit {
  /// A proposal that was held, or settled.
  func proposalEntries(_ file: FileStep, _ sync: Sync) throws -> [AuditEntry] {
    guard let content = file.new ?? file.old, let proposal = try proposal(file.path, content) else { return [] }
    let isHeld = file.new != nil
    let origin = (isHeld ? commit(of: proposal) : nil) ?? file.ending
    let held = settlement(of: proposal, otherwise: origin)
    let decisions = isHeld ? [] : try self.decisions(on: proposal, by: origin)
    return try proposal.changes.enumerated().map { place, change in
      var entry = try sync.entry(
        file, Key("proposal " + change.key), from: isHeld ? change.seenValue : change.proposedValue,
        to: isHeld ? change.proposedValue : nil, enteredIn: origin)
      entry.settlement = isHeld ? held : decisions[place].settlement.settled(by: entry)
      return entry
    }
  }

  /// What a value that came into force owes to the proposal that was accepted with it; nil for any other.
  func acceptance(_ entry: AuditEntry, _ sync: Sync) throws -> Settlement? {
    let found = try decisions(by: entry.commit)?[entry.key.concerned]?.first { decision in
      try decision.settlement.outcome == .accepted && isSame(decision.file, entry, sync)
    }
    return found?.settlement.settled(by: entry)
  }

  /// Whether an entry is of a file that a decision named so, maybe before the KPI moved.
  private func isSame(_ file: String, _ entry: AuditEntry, _ sync: Sync) throws -> Bool {
    if file == entry.file { return true }
    guard let id = LedgerPath(file).kpi, let kpi = entry.kpi,
      try names(of: kpi, in: sync.commit)?.was.contains(id) == true
    else { return false }
    return (file == id.definitionPath) == (entry.file == kpi.definitionPath)
  }

  // MARK: Decisions

  /// What a commit that is no merge decided; nil where it was nothing.
  private func decisions(by id: ObjectID) throws -> [Key: [Decision]]? {
    if let known = decided[id] { return known.isEmpty ? nil : known }
    let commit = try stored(id)
    var found: [Key: [Decision]] = [:]
    if commit.parents.count == 1, let parent = try commit.parents.first.map(stored) {
      for change in try proposals.changes(parent.tree, commit.tree) where change.new == nil {
        guard let content = change.old?.id, let proposal = try proposal(change.path, content) else { continue }
        for decision in try decisions(on: proposal, by: commit) { found[decision.key, default: []].append(decision) }
      }
    }
    decided[commit.id] = found
    return found
  }

  /// What the commit that deleted a proposal decided about each of its changes.
  private func decisions(on proposal: Proposal, by commit: Commit) throws -> [Decision] {
    let held = settlement(of: proposal, otherwise: commit)
    let (before, after) = try versions(of: proposal.file, around: commit)
    let isOwn = commit.author.person.isSame(as: held.proposedBy)
    return proposal.changes.map { change in
      var settlement = held
      settlement.outcome = Decision.outcome(
        of: change, before: before, after: after, isMerge: commit.parents.count > 1, isOwn: isOwn)
      return Decision(key: Key(change.key), file: after.path, settlement: settlement)
    }
  }

  /// A file before and after a commit, under the names that it has in them, read alike.
  private func versions(of path: String, around commit: Commit) throws -> (before: DecidedFile, after: DecidedFile) {
    let commits = try [commit.parents.first.map(stored), commit]
    let places = try commits.map { commit -> (path: String, content: ObjectID?) in
      guard let commit else { return (path, nil) }
      let path = LedgerView(TreeSource(objects, tree: commit.tree)).currentPath(of: path)
      return (path, try objects.entry(at: path, in: commit.tree).flatMap { $0.mode.isBlob ? $0.id : nil })
    }
    var contents: [ObjectID: [UInt8]] = [:]
    for case .some(let content) in places.map(\.content) { contents[content] = try objects.blob(content) }
    let shape = try rowShape(of: places[1].path, commit)
    let documents = FileVersions(contents: contents, steps: []).read(path: places[1].path, rowShape: shape).documents
    let files = places.map { DecidedFile(path: $0.path, document: $0.content.flatMap { documents[$0] }) }
    return (files[0], files[1])
  }

  // MARK: What a proposal says

  private func proposal(_ path: String, _ content: ObjectID) throws -> Proposal? {
    let file = LedgerReader.decode(path: path, bytes: try objects.blob(content))
    if case .proposal(let proposal)? = file.content { return proposal }
    return nil
  }

  /// Where it was entered; nil where that is not in the history.
  private func commit(of proposal: Proposal) -> Commit? {
    ObjectID(proposal.commit).flatMap { try? stored($0) }
  }

  /// A proposal that waits.
  /// - Parameter origin: stands in where the history does not say who entered it
  private func settlement(of proposal: Proposal, otherwise origin: Commit) -> Settlement {
    let by = commit(of: proposal)?.author.person ?? Author(proposal.by) ?? origin.author.person
    return Settlement(
      proposal: proposal.id, proposedBy: by, proposedIn: ObjectID(proposal.commit) ?? origin.id, outcome: .waiting)
  }
}

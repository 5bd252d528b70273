import LedgerFiles
import LedgerModel
import Policy

/// DESIGN section 5 on the files that need it key by key: collapse, then M0 to M8, then removals.
///
/// Keys of one file do not meet those of another but for closes and for the check, so each is settled by itself, its
/// changes in topological order.
final class MergeRun {
  let line: UnsentLine
  let authority: any Authority
  let provenance: Provenance
  let settlements: Settlements
  let closes: Closes
  /// Whether a period is closed in any commit that the merge has to do with.
  let hasCloses: Bool
  let history: any LedgerHistory
  let hub: ContentID
  let documents: DocumentReader
  let parts: MergeParts
  var files: [FileLine]
  /// The files that are not looked at key by key.
  var taken: [String: FileVersion] = [:]
  /// What had been in force at the hub and gave way to a change (M6 and M7), to be held.
  private(set) var displaced: [Displaced] = []
  private(set) var causes: [Slot: Proposal.Cause] = [:]
  private var refusals: [Slot: Proposal.Cause?] = [:]

  /// A hub's value that gave way.
  struct Displaced {
    let file: Int
    let key: Key
    let value: KeyValue?
    let enteredIn: CommitRecord
    let because: Proposal.Cause
  }

  /// A commit's change of a key of a file.
  struct Slot: Hashable {
    let file: Int
    let key: Key
    let commit: Int
  }

  init(_ setting: Setting, files: [FileLine]) {
    line = setting.line
    hub = setting.hub
    history = setting.history
    documents = setting.documents
    authority = setting.authority
    provenance = setting.provenance
    settlements = setting.settlements
    closes = setting.closes
    hasCloses = setting.hasCloses
    parts = setting.parts
    self.files = files
  }

  /// What a merge goes by.
  struct Setting {
    let hub: ContentID
    let line: UnsentLine
    let history: any LedgerHistory
    let documents: DocumentReader
    let settlements: Settlements
    let provenance: Provenance
    let authority: any Authority
    let closes: Closes
    let parts: MergeParts
    var hasCloses = false
  }

  func run() throws {
    let order = files.indices.sorted { (turn($0), files[$0].path) < (turn($1), files[$1].path) }
    for file in order {
      for key in files[file].changedKeys { try settle(file, key) }
      try settleStructure(file)
    }
    for file in order { try settleRemoval(file) }
    while try holdOvertakenCloses() {}
  }

  /// Notes that the hub's value gives way, so that it is held.
  func displace(_ file: Int, _ key: Key, because cause: Proposal.Cause) throws {
    let value = files[file].value(key)
    displaced.append(
      Displaced(file: file, key: key, value: value, enteredIn: try enteredBy(file, key), because: cause))
  }

  /// Settles a file that was not looked at before.
  /// - Returns: its place among the files.
  func add(_ file: FileLine) throws -> Int {
    files.append(file)
    let index = files.count - 1
    for key in file.changedKeys { try settle(index, key) }
    try settleStructure(index)
    try settleRemoval(index)
    return index
  }

  /// Gives the file back to the hub with all that the merge would change in it, its removal too.
  /// - Returns: whether there was anything to give back.
  func holdAll(_ file: Int, because cause: Proposal.Cause) -> Bool {
    let target = files[file]
    if let commit = target.removedBy {
      target.takeBackRemoval()
      causes[Slot(file: file, key: .file, commit: commit)] = cause
      return true
    }
    let keys = target.put.keys.sorted()
    for key in keys { hold(file, key, because: cause) }
    return !keys.isEmpty
  }

  /// Gives a key back to the hub, its change being held, and what gave way to it no longer.
  func hold(_ file: Int, _ key: Key, because cause: Proposal.Cause) {
    guard let commit = files[file].put[key]?.commit else { return }
    files[file].takeBack(key)
    causes[Slot(file: file, key: key, commit: commit)] = cause
    displaced.removeAll { $0.file == file && $0.key == key }
  }

  /// Moves after what may stand where they go, closes after rows.
  private func turn(_ file: Int) -> Int { isClose(file) ? 2 : files[file].moved == nil ? 0 : 1 }

  func isClose(_ file: Int) -> Bool {
    if case .close = LedgerPath(files[file].path) { return true }
    return false
  }

  // MARK: Who may

  /// Whether M1 lets the change through.
  func isAuthorised(_ file: Int, _ key: Key, _ commit: Int) throws -> Bool {
    try refusal(file, key, commit) == nil
  }

  /// Why M1 holds a change; nil where its author may make it, or may settle a proposal of it that the hub has.
  private func refusal(_ file: Int, _ key: Key, _ commit: Int) throws -> Proposal.Cause? {
    let slot = Slot(file: file, key: key, commit: commit)
    if let known = refusals[slot] { return known }
    let refusal = try findRefusal(file, key, commit)
    refusals[slot] = .some(refusal)
    return refusal
  }

  private func findRefusal(_ file: Int, _ key: Key, _ commit: Int) throws -> Proposal.Cause? {
    let target = files[file]
    let author = line.commits[commit].author
    let touch = target.touches.first { $0.commit == commit }
    if let touch, let mayChange = try mayChangeClosed(file, key, touch) { return mayChange ? nil : .periodClosed }
    let subject = target.subject(key, touch)
    if authority.mayChange(subject, author: author) { return nil }
    guard authority.maySettle(subject, author: author) else { return .noAuthority }
    let settles = try settlements.settled(by: line.commits[commit], file: target.names, key: key).contains {
      settlements.isAtHub($0) && (!parts.contains(.fourEyes) || !isProposer(author, of: $0))
    }
    return settles ? nil : .noAuthority
  }

  /// Whether a proposal is somebody's own.
  func isProposer(_ author: Author, of paper: Settlements.Paper) -> Bool {
    guard let by = Author(paper.proposal.by) else { return false }
    return authority.isSamePerson(by, author)
  }

  // MARK: Collapse

  /// The changes of a key that no later change of the line replaces, oldest first.
  func remaining(_ file: Int, _ key: Key) throws -> [FileLine.Touch] {
    let touches = files[file].touches
    guard touches.count > 1 else { return files[file].changes(of: key) }
    let crosses = parts.contains(.removalIsAllKeys)
    return try files[file].changes(of: key).filter { change in
      try !touches.contains { later in
        if key == .file && !later.keySet.contains(.file) {
          return try crosses && later.createsFile
            && gives(way: change, key, to: later, later.keys.first ?? .file, in: file)
        }
        if later.keySet.contains(key) { return try gives(way: change, key, to: later, key, in: file) }
        return try crosses && later.removesFile && gives(way: change, key, to: later, .file, in: file)
      }
    }
  }

  private func gives(
    way earlier: FileLine.Touch, _ key: Key, to later: FileLine.Touch, _ laterKey: Key, in file: Int
  ) throws -> Bool {
    guard earlier.commit != later.commit, line.descends(later.commit, from: earlier.commit) else { return false }
    guard parts.contains(.authorisedGiveWay) else { return true }
    if try isAuthorised(file, laterKey, later.commit) { return true }
    guard try !isAuthorised(file, key, earlier.commit) else { return false }
    return !parts.contains(.onePersonsLine) || isOnePerson(later.commit, earlier.commit)
  }

  private func isOnePerson(_ one: Int, _ other: Int) -> Bool {
    authority.isSamePerson(line.commits[one].author, line.commits[other].author)
  }

  /// Whether a change only puts back what the hub had when the line left it, while the hub has a newer value that the
  /// author had not seen.
  func isPutBack(_ file: Int, _ key: Key, _ change: FileLine.Touch, among remaining: [FileLine.Touch]) throws -> Bool {
    let target = files[file]
    func isForks(_ touch: FileLine.Touch) -> Bool { touch.forkValue(key) == change.value(key) }
    guard parts.contains(.putBackIsDropped), key != .file, isForks(change), target.hubValue(key) != change.value(key),
      try !provenance.hasSeenHubs(key, of: target, line.commits[change.commit])
    else { return false }
    let before = target.changes(of: key).filter { line.descends(change.commit, from: $0.commit) }
    guard before.allSatisfy(isForks) else { return false }
    return try !before.contains { earlier in
      guard earlier.commit != change.commit, try isAuthorised(file, key, earlier.commit) else { return false }
      return remaining.contains { $0.commit == earlier.commit } || !isOnePerson(earlier.commit, change.commit)
    }
  }

  /// "The hub is unchanged" for a change: its value equals the fork's, or was entered by an ancestor of the change.
  func hubIsUnchanged(_ file: Int, _ key: Key, for change: FileLine.Touch) throws -> Bool {
    let target = files[file]
    guard parts.contains(.seenByAncestry) else { return isSame(key, target.hub, as: target.touches.last?.fork) }
    if isSame(key, target.hub, as: change.fork) { return true }
    return try provenance.hasSeenHubs(key, of: target, line.commits[change.commit])
  }

  // MARK: M0 to M8

  private func settle(_ file: Int, _ key: Key) throws {
    let remaining = try remaining(file, key)
    for change in remaining {
      if let cause = try decide(file, key, change, among: remaining) {
        causes[Slot(file: file, key: key, commit: change.commit)] = cause
      }
    }
  }

  /// Puts a change in force, or says why it is held.
  private func decide(
    _ file: Int, _ key: Key, _ change: FileLine.Touch, among remaining: [FileLine.Touch]
  ) throws -> Proposal.Cause? {
    let target = files[file]
    let commit = line.commits[change.commit]
    if let refusal = try refusal(file, key, change.commit) {  // M1
      guard try !parts.contains(.authorityFirst) && !hubIsUnchanged(file, key, for: change) else { return refusal }
    }
    if target.isInForce(key, of: change) { return nil }  // M0
    if try isPutBack(file, key, change, among: remaining) { return nil }
    if try fileIsGone(target, for: change) { return .removedButChanged }
    if try change.value(key) != nil && !seesItsRows(file, change.commit) { return .changedOnBothSides }
    if try key == .place && isTaken(change, file) { return .changedOnBothSides }
    let isFirst = target.put[key] == nil
    if try isLost(commit, target, key) { return .alreadySettled }  // M2
    if try isFirst && hubIsUnchanged(file, key, for: change) {  // M3
      target.putInForce(key, of: change)
      return nil
    }
    if try isFirst && parts.contains(.settledStands) && provenance.cameFromSettlement(key, of: target) {
      return .alreadySettled
    }  // M4
    return try decideBetweenBoth(file, key, change, commit)
  }

  private func isLost(_ commit: CommitRecord, _ target: FileLine, _ key: Key) throws -> Bool {
    try parts.contains(.settledOnce) && settlements.isLost(by: commit, file: target.names, key: key)
  }

  /// M5 to M8: both sides changed the key. M5 needs no line of its own: a set's elements are keys.
  private func decideBetweenBoth(
    _ file: Int, _ key: Key, _ change: FileLine.Touch, _ commit: CommitRecord
  ) throws -> Proposal.Cause? {
    let target = files[file]
    if change.value(key) == nil { return .removedButChanged }  // M6
    if target.value(key) == nil {
      try displace(file, key, because: .removedButChanged)
      target.putInForce(key, of: change)
      return nil
    }
    let subject = target.subject(key, change)
    if authority.isOwner(of: subject, author: commit.author), !isOnlyRemark(change, target, key),
      try !authority.isOwner(of: subject, author: enteredBy(file, key).author)
    {  // M7
      try displace(file, key, because: .changedOnBothSides)
      target.putInForce(key, of: change)
      return nil
    }
    return .changedOnBothSides  // M8
  }

  /// Whether here just the key's comment was changed and there its value: an owner's remark takes back nobody's value.
  private func isOnlyRemark(_ change: FileLine.Touch, _ target: FileLine, _ key: Key) -> Bool {
    let value = change.value(key)?.meaning
    return value == change.forkValue(key)?.meaning && value != target.value(key)?.meaning
  }

  /// Whether another file stands where a change moves a KPI to.
  private func isTaken(_ change: FileLine.Touch, _ file: Int) throws -> Bool {
    guard files[file].hub != nil, change.path != files[file].path else { return false }
    if try history.content(of: change.path, in: hub) != nil { return true }
    return files.indices.contains { other in
      other != file && files[other].exists && outputPath(other) == change.path
    } || taken[change.path].map { $0 != .removed } ?? false
  }

  /// Who entered the value that is in force as the merge stands.
  private func enteredBy(_ file: Int, _ key: Key) throws -> CommitRecord {
    if let put = files[file].put[key] { return line.commits[put.commit] }
    return try provenance.entered(key, of: files[file].path)
  }

  /// Whether the hub has no file to change: its author had not seen the removal, or had the file again without anybody
  /// having made it again, as a merge by lines may leave it.
  private func fileIsGone(_ target: FileLine, for change: FileLine.Touch) throws -> Bool {
    guard target.hub == nil, parts.contains(.removalIsAllKeys) else { return false }
    let isMade = target.touches.contains { $0.createsFile && line.descends(change.commit, from: $0.commit) }
    return try !isMade || change.fork != nil && !provenance.hasSeenHubs(.file, of: target, line.commits[change.commit])
  }

  // MARK: Removals of files

  private func settleRemoval(_ file: Int) throws {
    let target = files[file]
    for change in try remaining(file, .file) where change.removesFile && target.exists {
      let slot = Slot(file: file, key: .file, commit: change.commit)
      let commit = line.commits[change.commit]
      if let refusal = try refusal(file, .file, change.commit) {
        causes[slot] = refusal
      } else if try isLost(commit, target, .file) {
        causes[slot] = .alreadySettled
      } else if try parts.contains(.removalIsAllKeys)
        && (target.hub == nil || !target.put.isEmpty || !hubIsUnchangedThroughout(file, for: change))
      {
        causes[slot] = .removedButChanged
      } else {
        target.remove(by: change.commit)
      }
    }
  }

  private func hubIsUnchangedThroughout(_ file: Int, for change: FileLine.Touch) throws -> Bool {
    let keys = Set(files[file].hub?.keys ?? []).union(change.fork?.keys ?? [])
    return try keys.sorted().allSatisfy { try hubIsUnchanged(file, $0, for: change) }
  }
}

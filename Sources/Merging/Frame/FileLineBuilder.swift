import LedgerFiles
import LedgerModel
import Policy

/// Builds what a merge needs to know of each file that it touches.
struct FileLineBuilder {
  let setting: MergeRun.Setting
  /// The files of which an unsent commit settles a proposal, even one that the hub has no more (M2).
  let settledFiles: Set<String>
  var hub: ContentID { setting.hub }
  var line: UnsentLine { setting.line }
  var history: any LedgerHistory { setting.history }
  var settlements: Settlements { setting.settlements }

  init(_ setting: MergeRun.Setting, settledFiles: Set<String>) {
    self.setting = setting
    self.settledFiles = settledFiles
  }

  func fileLine(_ file: TouchedFile) throws -> FileLine {
    let read = try fileLineAsItIs(file)
    guard setting.documents.isWhole(file.path), let mended = try withoutBrokenVersions(file) else { return read }
    setting.documents.forget(file.names.union([file.path]))
    return try fileLineAsItIs(mended)
  }

  /// The file without versions that could not be read and that the same line has mended, or dropped in a merge of its
  /// own, since: what somebody may not change is not theirs by breaking the file and mending it. Nil where there are none.
  private func withoutBrokenVersions(_ file: TouchedFile) throws -> TouchedFile? {
    var instead: [ContentID: ContentID?] = [:]
    func replaced(_ content: ContentID?) -> ContentID? { content.flatMap { instead[$0] ?? $0 } }
    func isReadable(_ content: ContentID) throws -> Bool { try setting.documents.isReadable(file.path, content) }
    func isDropped(_ content: ContentID, at path: String) throws -> Bool {
      guard let tip = line.commits.last, let last = try history.content(of: path, in: tip.id) else { return false }
      return try last != content && isReadable(last)
    }
    var stillBroken: Set<ContentID> = []
    for change in file.changes {
      guard let content = change.change.after, try !isReadable(content) else { continue }
      let isMended = try file.changes.contains { later in
        guard let after = later.change.after else { return false }
        return try line.descends(later.commit, from: change.commit) && isReadable(after)
      }
      if try isMended || isDropped(content, at: change.change.path) {
        instead[content] = .some(replaced(change.change.before.first ?? nil))
      } else {
        stillBroken.insert(content)
      }
    }
    for content in stillBroken { instead[content] = nil }
    guard !instead.isEmpty else { return nil }
    var mended = file
    for place in mended.changes.indices {
      let change = mended.changes[place].change
      mended.changes[place].change = FileChange(
        path: change.path, before: change.before.map(replaced), after: replaced(change.after))
    }
    return mended
  }

  private func fileLineAsItIs(_ file: TouchedFile) throws -> FileLine {
    var contents: [ContentID?] = [try content(of: file, at: file.path, in: hub)]
    var steps: [(older: Int, newer: Int)] = []
    var peers: [(hub: Int, local: Int)] = []
    let forks = try file.changes.map { try history.fork(of: line.commits[$0.commit].id, hub: hub) }
    let forkPaths = try forks.map { try $0.flatMap { try path(of: file, in: $0) } }
    for (place, change) in file.changes.enumerated() {
      let fork = contents.count
      let atFork = try forks[place].flatMap { commit in
        try forkPaths[place].flatMap { try content(of: file, at: $0, in: commit) }
      }
      contents += [atFork, change.change.after] + change.change.before
      steps.append((fork, 0))
      peers.append((0, fork + 1))
      steps += change.change.before.indices.map { (fork + 2 + $0, fork + 1) }
    }
    let isMadeHere = file.changes.contains { $0.change.before.allSatisfy { $0 == nil } && $0.change.after != nil }
    let read = try setting.documents.read(file.path, contents, steps: steps, peers: peers)
    for name in file.names { setting.documents.read(name, as: file.path) }
    var place = 1
    let touches = file.changes.indices.map { index in
      let change = file.changes[index]
      let before = Array(read[(place + 2)...].prefix(change.change.before.count))
      defer { place += 2 + before.count }
      return touch(
        change, of: file, after: read[place + 1], before: before, fork: read[place], forkPath: forkPaths[index],
        isKnown: !isMadeHere || read[0] != nil || forkPaths.contains { $0 != nil })
    }
    return FileLine(
      path: file.path, hub: placed(read[0], file, file.path), touches: touches, moved: file.moved,
      names: try names(of: file, hub: read[0]))
  }

  private func touch(
    _ change: TouchedFile.Change, of file: TouchedFile, after: (any KeyedDocument)?, before: [(any KeyedDocument)?],
    fork: (any KeyedDocument)?, forkPath: String?, isKnown: Bool
  ) -> FileLine.Touch {
    guard file.moved != nil else {
      return FileLine.Touch(
        commit: change.commit, path: change.path, after: after, before: before, fork: fork,
        keys: Self.changedKeys(after, before))
    }
    let after = placed(after, file, change.id)
    let before = zip(before, change.idsBefore).map { placed($0, file, $1) }
    let keys = Self.changedKeys(after, before)
    let implied = keys.contains(.place) ? impliedByMove(change) : []
    // Where a KPI stands that the hub never had is no change of anything there.
    guard isKnown else {
      return FileLine.Touch(
        commit: change.commit, path: change.path, after: after, before: before, fork: nil,
        keys: keys.filter { $0 != .place && !implied.contains($0) })
    }
    return FileLine.Touch(
      commit: change.commit, path: change.path, after: after, before: before, fork: placed(fork, file, forkPath),
      keys: keys.filter { !implied.contains($0) })
  }

  /// A definition that knows its place; of any other file just the file.
  private func placed(_ document: (any KeyedDocument)?, _ file: TouchedFile, _ id: KPIID?) -> (any KeyedDocument)? {
    guard file.moved != nil, let id, let keys = document as? YAMLKeys else { return document }
    return keys.placed(as: id)
  }

  private func placed(_ document: (any KeyedDocument)?, _ file: TouchedFile, _ path: String?) -> (any KeyedDocument)? {
    guard let path, case .definition(let id) = LedgerPath(path) else { return document }
    return placed(document, file, id)
  }

  /// What a move says of the old id in `was` comes and goes with the move.
  private func impliedByMove(_ change: TouchedFile.Change) -> Set<Key> {
    Set(
      (change.idsBefore + [change.id]).compactMap(\.self).map { Key.element($0.description, of: "was") } + [Key("was")])
  }

  private func content(of file: TouchedFile, at path: String, in commit: ContentID) throws -> ContentID? {
    guard let namesake = file.namesake else { return try history.content(of: path, in: commit) }
    return try namesake.othersContent(of: path, in: commit)
  }

  private func path(of file: TouchedFile, in commit: ContentID) throws -> String? {
    guard let moved = file.moved else { return file.path }
    guard let id = try moved.id(in: commit) else { return nil }
    if case .definition = LedgerPath(file.path) { return id.definitionPath }
    return id.actualsPath
  }

  /// The names under which proposals may know the file: those of this merge, and those of before a move of the past.
  func names(of file: TouchedFile, hub document: (any KeyedDocument)?) throws -> Set<String> {
    guard try settlements.hasStray(settledFiles) else { return file.names }
    let definition: [UInt8]?
    let path: KeyPath<KPIID, String>
    switch LedgerPath(file.path) {
    case .definition(let id):
      path = \.definitionPath
      let last = try file.changes.last?.change.after.map { try history.bytes(of: $0) }
      definition = document?.bytes ?? last
      return file.names.union((definition.map(FormerIDs.read) ?? []).map { $0[keyPath: path] }).union([
        id.definitionPath
      ])
    case .actuals(let id):
      path = \.actualsPath
      definition = try history.content(of: id.definitionPath, in: hub).map { try history.bytes(of: $0) }
      return file.names.union((definition.map(FormerIDs.read) ?? []).map { $0[keyPath: path] })
    default: return file.names
    }
  }

  func content(_ path: String, atForkOf commit: CommitRecord) throws -> ContentID? {
    guard let fork = try history.fork(of: commit.id, hub: hub) else { return nil }
    return try history.content(of: path, in: fork)
  }

  /// The keys in which a version differs from every one before it; `file` alone where it is no more.
  static func changedKeys(_ after: (any KeyedDocument)?, _ before: [(any KeyedDocument)?]) -> [Key] {
    guard let after else { return before.contains { $0 == nil } ? [] : [.file] }
    guard let first = before.first ?? nil else {
      return after.keys.filter { key in before.allSatisfy { !isSame(key, after, as: $0) } }
    }
    let others = before.dropFirst()
    return after.changedKeys(from: first).filter { key in others.allSatisfy { !isSame(key, after, as: $0) } }
  }
}

import LedgerFiles
import LedgerModel
import Policy

/// Files that need no look at their keys: most of what a sync brings.
extension FileLineBuilder {
  /// What becomes of a file that one line of commits changed, beginning with what every fork had, where nothing about it
  /// needs a decision: their authors may make all of it, nothing of it may be closed, and no proposal waits for it or is
  /// settled. The line's last version, where the hub has the file as it was; of a definition in which the hub changed
  /// other fields, the hub's with the line's. Nil where its keys have to be looked at.
  func taken(_ file: TouchedFile) throws -> FileVersion? {
    guard file.moved == nil, file.namesake == nil, !settledFiles.contains(file.path), let first = file.changes.first,
      let last = file.changes.last
    else { return nil }
    for (earlier, later) in zip(file.changes, file.changes.dropFirst()) {
      // A removal that gives way to a new file leaves the hub's keys in force that the new file does not name.
      guard earlier.change.after != nil, line.descends(later.commit, from: earlier.commit) else { return nil }
    }
    let atHub = try history.content(of: file.path, in: hub)
    let atFork = try content(file.path, atForkOf: line.commits[first.commit])
    guard atHub == atFork || file.changes.count == 1 && atHub != nil && atFork != nil && last.change.after != nil else {
      return nil
    }
    var previous = atFork
    for change in file.changes {
      // What the line had before may hold what has reached the hub another way, and is gone there again.
      guard change.change.before.allSatisfy({ $0 == previous }),
        try change.commit == first.commit || atFork == content(file.path, atForkOf: line.commits[change.commit]),
        try needsNoLook(change, of: file.path)
      else { return nil }
      previous = change.change.after
    }
    guard try settlements.waiting(for: names(of: file, hub: nil)).isEmpty else { return nil }
    guard atHub != atFork, let atHub, let atFork, let content = last.change.after else {
      return last.change.after.map { .content($0) } ?? .removed
    }
    return try merged(hub: atHub, fork: atFork, local: content, of: file.path).map { .bytes($0) }
  }

  /// Whether a commit's author may make its whole change of a file, and no close can cover it.
  private func needsNoLook(_ change: TouchedFile.Change, of path: String) throws -> Bool {
    let author = line.commits[change.commit].author
    let mayAll = setting.authority.mayChangeAnything(in: path, author: author)
    switch LedgerPath(path) {
    case .close: return false
    case .definition: return try needsNoLook(definition: change, path, author, mayAll: mayAll)
    case .actuals where setting.hasCloses: return false
    default: return try mayAll && (change.change.after != nil || mayRemove(path, author))
    }
  }

  private func needsNoLook(
    definition change: TouchedFile.Change, _ path: String, _ author: Author, mayAll: Bool
  ) throws -> Bool {
    guard let content = change.change.after else {
      return try mayAll && !setting.hasCloses && mayRemove(path, author)
    }
    let bytes = try history.bytes(of: content)
    // Which KPIs it was before is for their heads, too.
    let isAnother = TextSearch.contains(Array("was".utf8), in: bytes)
    guard let old = change.change.before.first ?? nil else { return mayAll && !isAnother }
    if mayAll && !setting.hasCloses && !isAnother { return true }
    guard let after = TopLevelFields(bytes), let before = TopLevelFields(try history.bytes(of: old)),
      let fields = after.changed(from: before)
    else {
      return false
    }
    return fields.allSatisfy { field in
      field != "was" && !(setting.hasCloses && Self.closable.contains(field))
        && (mayAll || setting.authority.mayChange(Self.subject(path, field), author: author))
    }
  }

  private func mayRemove(_ path: String, _ author: Author) throws -> Bool {
    setting.authority.mayChange(Subject(file: path, key: Key.file.text), author: author)
  }

  /// The fields that a close may cover.
  private static let closable = Set(Shape.calculationFields).union(["targets"])

  private static func subject(_ path: String, _ field: String) -> Subject {
    let key = Shape.calculationFields.contains(field) ? Key.calculation : Key.path([field])
    return Subject(file: path, key: key.text, fields: [field])
  }

  /// The hub's definition with the fields that the line changed, where the two changed different ones.
  private func merged(hub: ContentID, fork: ContentID, local: ContentID, of path: String) throws -> [UInt8]? {
    guard case .definition = LedgerPath(path), let hub = TopLevelFields(try history.bytes(of: hub)),
      let fork = TopLevelFields(try history.bytes(of: fork)), let local = TopLevelFields(try history.bytes(of: local))
    else { return nil }
    return hub.taking(local, since: fork, as: .definition)
  }
}

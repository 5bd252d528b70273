import Calculation
import Git
import LedgerFiles
import LedgerModel

extension StepAudit {
  /// What changed in one file, key by key.
  func entries(of file: FileStep, _ sync: Sync) throws -> [AuditEntry] {
    if case .proposal = LedgerPath(file.path) { return try proposalEntries(file, sync) }
    let versions = try read(file, sync)
    let (old, new) = (file.old.flatMap { versions[$0] }, file.new.flatMap { versions[$0] })
    var entries: [AuditEntry] = []
    for key in changedKeys(old, new) where query.takes(key, in: file.path) {
      entries += try self.entries(of: key, file, versions, (old, new), sync)
    }
    for place in entries.indices { entries[place].settlement = try acceptance(entries[place], sync) }
    return entries
  }

  /// The contents that an audit of the file compares, read alike.
  private func read(_ file: FileStep, _ sync: Sync) throws -> [ObjectID: any KeyedDocument] {
    if let cut = try differingLines(file) { return cut }
    var contents: [ObjectID: [UInt8]] = [:]
    var steps: [(older: ObjectID, newer: ObjectID)] = []
    func add(_ ids: [ObjectID?]) throws {
      for case .some(let id) in ids where contents[id] == nil { contents[id] = try objects.blob(id) }
    }
    func step(_ old: ObjectID?, _ new: ObjectID?) {
      if let old, let new, old != new { steps.append((old, new)) }
    }
    try add([file.old, file.new])
    for touch in file.touches {
      try add(touch.before + [touch.after])
      for before in touch.before { step(before, touch.after) }
    }
    step(file.old, file.new)
    let shape = try rowShape(of: file.path, sync.commit)
    return FileVersions(contents: contents, steps: steps).read(path: file.path, rowShape: shape).documents
  }

  /// Actuals that somebody changed on the main line itself, as far as they differ; nil for anything else.
  private func differingLines(_ file: FileStep) throws -> [ObjectID: any KeyedDocument]? {
    guard file.touches.isEmpty, let old = file.old, let new = file.new, case .actuals = LedgerPath(file.path),
      let lines = RowChanges.differingLines(try objects.blob(old), try objects.blob(new))
    else { return nil }
    // Of one header and without a row twice, all are read alike.
    let header = lines.old.prefix { $0 != 0x0A }
    if let kind = simpleActuals[header], let before = kind.document(lines.old) as? CSVKeys,
      let after = kind.document(lines.new) as? CSVKeys
    {
      return [old: before, new: after]
    }
    let read = FileVersions(contents: [old: lines.old, new: lines.new], steps: [(old, new)])
      .read(path: file.path, rowShape: .actuals(dimensions: []))
    if case .csv = read.kind { simpleActuals[Array(header)[...]] = read.kind }
    return read.documents
  }

  func rowShape(of path: String, _ commit: Commit) throws -> RowShape {
    switch LedgerPath(path) {
    case .actuals(let id): return .actuals(dimensions: try names(of: id, in: commit)?.dimensions ?? [])
    case .rates: return .keyed(["period"])
    default: return .allButLast
    }
  }

  /// What a commit's definition of a KPI says of its files; nil where there is none.
  func names(of id: KPIID, in commit: Commit) throws -> DefinitionNames? {
    guard let entry = try objects.entry(at: id.definitionPath, in: commit.tree), entry.mode.isBlob else { return nil }
    if let known = definitions[entry.id] { return known }
    let file = LedgerReader.decode(path: id.definitionPath, bytes: try objects.blob(entry.id))
    var names = DefinitionNames(dimensions: [], was: [])
    if case .definition(let definition)? = file.content {
      names = DefinitionNames(dimensions: definition.calculation.dimensions, was: definition.was)
    }
    if definitions.count > 1000 { definitions = [:] }
    definitions[entry.id] = names
    return names
  }

  /// What a sync brought of a file, also under the names that its KPI had before: of one that moved, or that others
  /// still knew by such a name.
  func touches(of change: TreeChange, _ brought: Brought, _ sync: Commit) throws -> [Touch] {
    guard !brought.isEmpty else { return [] }
    let own = brought.touches[change.path] ?? []
    let isMoved = change.old == nil || own.isEmpty || own.contains { $0.after == nil }
    guard isMoved, let id = LedgerPath(change.path).kpi else { return own }
    return brought.touches(of: change.path, alsoKnownAs: try names(of: id, in: sync)?.was ?? [])
  }

  private func changedKeys(_ old: (any KeyedDocument)?, _ new: (any KeyedDocument)?) -> [Key] {
    switch (old, new) {
    case (let old?, let new?): new.changedKeys(from: old)
    case (nil, let new?): [.file] + new.keys
    case (let old?, nil): [.file] + old.keys
    case (nil, nil): []
    }
  }

  // MARK: One key

  /// The value that came into force, and the values before it that the same people had replaced themselves.
  private func entries(
    of key: Key, _ file: FileStep, _ versions: [ObjectID: any KeyedDocument],
    _ line: (old: (any KeyedDocument)?, new: (any KeyedDocument)?), _ sync: Sync
  ) throws -> [AuditEntry] {
    let chain = try chain(to: key, file, versions, line.new)
    var entries: [AuditEntry] = []
    var before = line.old
    for touch in chain {
      let after = touch.after.flatMap { versions[$0] }
      guard !Self.isSame(key, after, before) else { continue }
      let isNew = touch.before.allSatisfy { $0 == nil }
      entries.append(try Self.entry(key, before, after, file, touch.commit, sync, isNewFile: isNew))
      before = after
    }
    if !Self.isSame(key, line.new, before) || entries.isEmpty {
      let origin = chain.last?.commit ?? file.ending
      entries.append(try Self.entry(key, before, line.new, file, origin, sync, isNewFile: before == nil))
    }
    return entries
  }

  /// The changes of a key that lead to its value in a version, oldest first: the last one that entered this value, and
  /// those that it descends from.
  private func chain(
    to key: Key, _ file: FileStep, _ versions: [ObjectID: any KeyedDocument], _ new: (any KeyedDocument)?
  ) throws -> [Touch] {
    guard !file.touches.isEmpty else { return [] }
    let changing = file.touches.filter { touch in
      let after = touch.after.flatMap { versions[$0] }
      return touch.before.allSatisfy { !Self.isSame(key, after, $0.flatMap { versions[$0] }) }
    }
    guard let last = changing.lastIndex(where: { Self.isSame(key, $0.after.flatMap { versions[$0] }, new) }) else {
      return []
    }
    let origin = changing[last]
    return try changing[..<last].filter { try isAncestor($0.commit.id, of: origin.commit.id) } + [origin]
  }

  private static func isSame(_ key: Key, _ one: (any KeyedDocument)?, _ other: (any KeyedDocument)?) -> Bool {
    guard key != .file, let one, let other else { return one?.has(key) ?? false == other?.has(key) ?? false }
    return one.isSame(key, as: other)
  }

  private static func entry(
    _ key: Key, _ old: (any KeyedDocument)?, _ new: (any KeyedDocument)?, _ file: FileStep, _ origin: Commit,
    _ sync: Sync, isNewFile: Bool
  ) throws -> AuditEntry {
    let (before, after) = (old?.shown(key), new?.shown(key))
    guard let before, let after, before.meaning == after.meaning else {
      return try sync.entry(
        file, key, from: before?.meaning, to: after?.meaning, enteredIn: origin, isNewFile: isNewFile)
    }
    // Only what is written beside the value has changed.
    return try sync.entry(
      file, Key("comment of " + key.text), from: .string(before.comment), to: .string(after.comment),
      enteredIn: origin)
  }
}

extension KeyedDocument {
  fileprivate func has(_ key: Key) -> Bool { key == .file || value(key) != nil }

  /// What to show of a key: a comment that stands alone is its own value.
  fileprivate func shown(_ key: Key) -> KeyValue? {
    if key == .file { return KeyValue(.bool(true)) }
    guard let value = value(key) else { return nil }
    return value.meaning == .null && !value.comment.isEmpty ? KeyValue(.string(value.comment)) : value
  }
}

import LedgerFiles
import LedgerModel
import Policy

/// One file in a merge: as the hub has it, as each fork had it, and what each unsent commit made of it.
final class FileLine {
  /// What one unsent commit did to the file.
  struct Touch {
    /// The commit's place among the unsent, oldest first.
    let commit: Int
    /// The file's path after the commit; before it, where the commit removed the file.
    let path: String
    let after: (any KeyedDocument)?
    let before: [(any KeyedDocument)?]
    let fork: (any KeyedDocument)?
    /// The keys in which the commit differs from every parent; `file` alone where it removed the file.
    let keys: [Key]
    let keySet: Set<Key>

    init(
      commit: Int, path: String, after: (any KeyedDocument)?, before: [(any KeyedDocument)?],
      fork: (any KeyedDocument)?, keys: [Key]
    ) {
      self.commit = commit
      self.path = path
      self.after = after
      self.before = before
      self.fork = fork
      self.keys = keys
      keySet = Set(keys)
    }

    var removesFile: Bool { after == nil }
    /// Whether the version is a definition that is no more than a draft.
    var isDraft: Bool { after?.value(Key("status"))?.meaning == .string("draft") }
    var createsFile: Bool { after != nil && before.allSatisfy { $0 == nil } }

    func value(_ key: Key) -> KeyValue? { FileLine.value(key, in: after) }
    func forkValue(_ key: Key) -> KeyValue? { FileLine.value(key, in: fork) }
    /// What the author saw before the change.
    func seenValue(_ key: Key) -> KeyValue? { FileLine.value(key, in: before.first ?? nil) }
  }

  let path: String
  /// The file as it stands at the hub.
  let hub: (any KeyedDocument)?
  let touches: [Touch]
  /// The KPI that it is of, where that moved while the two sides were apart.
  let moved: MovedKPI?
  /// The names under which proposals may know the file.
  let names: Set<String>
  /// What the merge has put in force so far, by key: the document that has the value, and the commit it is of.
  private(set) var put: [Key: (source: (any KeyedDocument)?, commit: Int)] = [:]
  /// Columns that the hub removed and that come back with a cell which was changed in them.
  private(set) var revived: Set<Key> = []
  /// Maps and lists that one side emptied and in which the other has something.
  private(set) var filled: Set<Key> = []
  /// Whether the merge removes the file, and by which commit.
  private(set) var removedBy: Int?

  init(
    path: String, hub: (any KeyedDocument)?, touches: [Touch], moved: MovedKPI? = nil, names: Set<String>
  ) {
    self.moved = moved
    self.names = names
    self.path = path
    self.hub = hub
    self.touches = touches
  }

  static func value(_ key: Key, in document: (any KeyedDocument)?) -> KeyValue? {
    guard let document else { return nil }
    return key == .file ? KeyValue(.bool(true)) : document.value(key)
  }

  /// The touches that changed a key, oldest first.
  func changes(of key: Key) -> [Touch] { touches.filter { $0.keySet.contains(key) } }

  /// The keys that anybody changed, in the order in which they were met, without `file`.
  var changedKeys: [Key] {
    var met: Set<Key> = [.file]
    return touches.flatMap(\.keys).filter { met.insert($0).inserted }
  }

  /// What a change is, for whoever says who may make it.
  func subject(_ key: Key, _ touch: Touch?) -> Subject {
    let isNew = hub == nil
    let moves = key == .place && !isNew && touch != nil
    return Subject(
      file: moves ? touch?.path ?? path : isNew ? touch?.path ?? path : path, key: key.text,
      fields: fields(key, touch), isNewFile: isNew, isNewDraft: isNew && touch?.isDraft == true,
      movedFrom: moves ? path : nil)
  }

  /// The top-level fields in which a change differs from what was there.
  private func fields(_ key: Key, _ touch: Touch?) -> [String] {
    guard hub is YAMLKeys || touch?.after is YAMLKeys else { return [] }
    guard key == .calculation else { return key.field.map { [$0] } ?? [] }
    guard let touch, let before = touch.seenValue(key)?.meaning, let after = touch.value(key)?.meaning else {
      return Shape.calculationFields
    }
    return Shape.calculationFields.filter { before[$0] != after[$0] }
  }

  func hubValue(_ key: Key) -> KeyValue? { Self.value(key, in: hub) }

  /// The document in which the key's value now in force stands.
  func source(of key: Key) -> (any KeyedDocument)? {
    if let put = put[key] { return put.source }
    return hub
  }

  /// The value in force as the merge stands.
  func value(_ key: Key) -> KeyValue? {
    if removedBy != nil { return nil }
    if key == .file { return exists ? KeyValue(.bool(true)) : nil }
    return Self.value(key, in: source(of: key))
  }

  var exists: Bool {
    guard removedBy == nil else { return false }
    return hub != nil || put.values.contains { $0.source != nil }
  }

  func isInForce(_ key: Key, of touch: Touch) -> Bool {
    if key == .file { return (touch.after != nil) == exists }
    if filled.contains(key), touch.value(key)?.meaning.isEmptyCollection == true { return true }
    return isSame(key, touch.after, as: removedBy == nil ? source(of: key) : nil)
  }

  func putInForce(_ key: Key, of touch: Touch) {
    put[key] = (touch.after, touch.commit)
    guard key == .place, let moved else { return }
    // However many moves led there, the file says of all of them what the KPI was.
    for key in Self.saying(moved) where !isSame(key, touch.after, as: hub) { put[key] = (touch.after, touch.commit) }
  }

  /// The keys that say what a KPI was.
  private static func saying(_ moved: MovedKPI) -> [Key] {
    moved.ids.map { Key.element($0.description, of: "was") } + [Key("was")]
  }

  /// Brings back a column that the hub removed, for all rows.
  func revive(_ column: Key, of touch: Touch) {
    putInForce(column, of: touch)
    revived.insert(column)
  }

  /// Gives a key back to the hub's value.
  func takeBack(_ key: Key) {
    if key == .place, let commit = put[key]?.commit, let moved {
      for key in Self.saying(moved) where put[key]?.commit == commit { put[key] = nil }
    }
    put[key] = nil
    revived.remove(key)
  }

  /// The same file with a key as the hub has it.
  func without(_ key: Key) -> FileLine {
    let copy = FileLine(path: path, hub: hub, touches: touches, moved: moved, names: names)
    copy.put = put
    copy.revived = revived
    copy.filled = filled
    copy.takeBack(key)
    return copy
  }

  /// Leaves an empty map or list out of the merged file, because other keys stand in it.
  func fill(_ key: Key) {
    put[key] = (nil, touches.last?.commit ?? 0)
    filled.insert(key)
  }

  func remove(by commit: Int) { removedBy = commit }

  /// Leaves the file where it is.
  func takeBackRemoval() { removedBy = nil }
}

import LedgerFiles

/// A YAML file as its keys, cut as its shape says.
struct YAMLKeys: KeyedDocument {
  let document: YAMLDocument
  let shape: Shape
  let keys: [Key]
  let values: [Key: KeyValue]
  private let places: [Key: Place]

  /// Where a key stands in the text.
  enum Place: Hashable {
    /// An entry of nested maps.
    case path([String])
    /// Several top-level fields together.
    case fields([String])
    /// One element of the list in a top-level field.
    case element(of: String, YAMLValue)
    /// One entry of the list in a top-level field, which has this id.
    case listed(in: String, by: String, id: String)
    /// The comment of a field whose value is cut into smaller keys.
    case comment(of: [String])
    /// The text between the top-level fields that belongs to none of them: before a field, or at the end.
    case gap(before: String?)
  }

  /// Reads bytes as keys; nil where they are not YAML with a map at the top.
  init?(_ bytes: [UInt8], shape: Shape) {
    let document = YAMLDocument(parsing: bytes)
    guard document.findings.isEmpty else { return nil }
    self.init(document, shape: shape)
  }

  private init?(_ document: YAMLDocument, shape: Shape) {
    var cutter = YAMLCutter(shape: shape)
    guard cutter.cut(document) else { return nil }
    self.document = document
    self.shape = shape
    keys = cutter.keys
    values = cutter.values
    places = cutter.places
  }

  var bytes: [UInt8] { document.bytes }

  func place(of key: Key) -> Place? { places[key] }

  func read(_ bytes: [UInt8]) -> (any KeyedDocument)? { YAMLKeys(bytes, shape: shape) }
}

/// Cuts a YAML document into keys.
private struct YAMLCutter {
  let shape: Shape
  var keys: [Key] = []
  var values: [Key: KeyValue] = [:]
  var places: [Key: YAMLKeys.Place] = [:]

  init(shape: Shape) { self.shape = shape }

  /// False where the document's top is no map.
  mutating func cut(_ document: YAMLDocument) -> Bool {
    guard let root = document.root else {
      addGap(.foot, document.comments(in: 0..<document.bytes.count), before: nil)
      return true
    }
    guard case .mapping(let entries, _) = root.kind else { return false }
    addGaps(document, entries)
    var together: [Key: [YAMLEntry]] = [:]
    for entry in entries {
      switch shape.cut(of: entry.key) {
      case .whole: add(.path([entry.key]), entry, at: [entry.key])
      case .together(let key):
        if together[key] == nil { keys.append(key) }
        together[key, default: []].append(entry)
      case .entries: cutEntries(of: entry)
      case .listed(let by): cutList(of: entry, by: by)
      case .set: cutSet(of: entry)
      case .paths: cutPaths(of: entry, at: [entry.key])
      }
    }
    for (key, entries) in together { addTogether(key, entries) }
    return true
  }

  /// Comments that stand apart from the fields, by the field that follows them.
  private mutating func addGaps(_ document: YAMLDocument, _ entries: [YAMLEntry]) {
    var start = 0
    for (index, entry) in entries.enumerated() {
      let key = index == 0 ? Key.head : Key("comment before " + Key.path([entry.key]).text)
      addGap(key, document.comments(in: start..<entry.extent.lowerBound), before: entry.key)
      start = entry.extent.upperBound
    }
    addGap(.foot, document.comments(in: start..<document.bytes.count), before: nil)
  }

  private mutating func addGap(_ key: Key, _ text: String, before field: String?) {
    guard !text.isEmpty else { return }
    keys.append(key)
    values[key] = KeyValue(.null, comment: text)
    places[key] = .gap(before: field)
  }

  private mutating func add(_ key: Key, _ entry: YAMLEntry, at path: [String]) {
    keys.append(key)
    values[key] = KeyValue(YAMLValue(entry.value), comment: entry.commentText)
    places[key] = .path(path)
  }

  private mutating func addTogether(_ key: Key, _ entries: [YAMLEntry]) {
    values[key] = KeyValue(
      .map(entries.map { ($0.key, YAMLValue($0.value)) }),
      comment: entries.filter { !$0.commentText.isEmpty }.map { $0.key + ": " + $0.commentText }.sorted()
        .joined(separator: "\n"))
    places[key] = .fields(entries.map(\.key))
  }

  private mutating func cutEntries(of entry: YAMLEntry) {
    guard case .mapping(let inner, _) = entry.value.kind, !inner.isEmpty else {
      return add(.path([entry.key]), entry, at: [entry.key])
    }
    addHeader(entry, at: [entry.key])
    for each in inner { add(.path([entry.key, each.key]), each, at: [entry.key, each.key]) }
  }

  /// A list whose entries are maps with an id; any other list is one key.
  private mutating func cutList(of entry: YAMLEntry, by field: String) {
    guard case .sequence(let items, _) = entry.value.kind, !items.isEmpty else {
      return add(.path([entry.key]), entry, at: [entry.key])
    }
    let ids = items.map { item -> String? in
      guard case .map(let fields) = YAMLValue(item.value),
        case .string(let id)? = fields.first(where: { $0.key == field })?.value
      else { return nil }
      return id
    }
    guard !ids.contains(nil), Set(ids).count == ids.count else {
      return add(.path([entry.key]), entry, at: [entry.key])
    }
    addHeader(entry, at: [entry.key])
    for (item, id) in zip(items, ids.compactMap(\.self)) {
      let key = Key.path([entry.key, id])
      keys.append(key)
      values[key] = KeyValue(YAMLValue(item.value), comment: item.commentText)
      places[key] = .listed(in: entry.key, by: field, id: id)
    }
  }

  /// A list of different scalars; any other list is one key.
  private mutating func cutSet(of entry: YAMLEntry) {
    guard case .sequence(let items, _) = entry.value.kind else {
      return add(.path([entry.key]), entry, at: [entry.key])
    }
    let names = items.map { item -> String? in
      if case .scalar(let scalar) = item.value.kind { scalar.text } else { nil }
    }
    guard !names.contains(nil), Set(names).count == names.count else {
      return add(.path([entry.key]), entry, at: [entry.key])
    }
    addHeader(entry, at: [entry.key])
    for (item, name) in zip(items, names.compactMap(\.self)) {
      let key = Key.element(name, of: entry.key)
      keys.append(key)
      values[key] = KeyValue(.bool(true), comment: item.commentText)
      places[key] = .element(of: entry.key, YAMLValue(item.value))
    }
  }

  private mutating func cutPaths(of entry: YAMLEntry, at path: [String]) {
    guard case .mapping(let inner, _) = entry.value.kind, !inner.isEmpty else {
      return add(.path(path), entry, at: path)
    }
    addHeader(entry, at: path)
    for each in inner { cutPaths(of: each, at: path + [each.key]) }
  }

  /// The comment of a field that is cut into smaller keys is a key of its own.
  private mutating func addHeader(_ entry: YAMLEntry, at path: [String]) {
    guard !entry.commentText.isEmpty else { return }
    let key = Key("comment of " + Key.path(path).text)
    keys.append(key)
    values[key] = KeyValue(.null, comment: entry.commentText)
    places[key] = .comment(of: path)
  }
}

public import LedgerModel

/// A YAML file as its keys, cut as its shape says.
public struct YAMLKeys: KeyedDocument {
  /// The file as a document.
  public let document: YAMLDocument
  /// How it is cut.
  public let shape: Shape
  public private(set) var keys: [Key]
  private var values: [Key: KeyValue]
  private let places: [Key: Place]

  /// Where a key stands in the text.
  public enum Place: Hashable, Sendable {
    /// An entry of nested maps.
    case path([String])
    /// Several top-level fields together.
    case fields([String])
    /// One element of the list at a path, by its place in the list.
    case item(in: [String], at: Int)
    /// The comment of a field whose value is cut into smaller keys.
    case comment(of: [String])
    /// The text before the first field that belongs to none.
    case top
    /// The text between fields that belongs to none of them, before this one.
    case gap(before: [String])
    /// The text behind the last field.
    case end
  }

  /// Reads bytes as keys; nil where they are not YAML with a map at the top.
  public init?(_ bytes: [UInt8], shape: Shape) {
    let document = YAMLDocument(parsing: bytes)
    guard document.findings.isEmpty else { return nil }
    self.init(document, shape: shape)
  }

  private init?(_ document: YAMLDocument, shape: Shape) {
    var cutter = YAMLCutter(document: document, shape: shape)
    guard cutter.cut() else { return nil }
    self.document = document
    self.shape = shape
    keys = cutter.keys
    values = cutter.values
    places = cutter.places
  }

  public var bytes: [UInt8] { document.bytes }

  public func value(_ key: Key) -> KeyValue? { values[key] }

  /// Where a key stands; nil where the file has no such key.
  public func place(of key: Key) -> Place? { places[key] }

  public func keys(onLines lines: Set<Int>) -> [Key] {
    keys.filter { key in
      extents(of: key).contains { extent in
        let first = document.position(at: extent.lowerBound).line
        let last = document.position(at: max(extent.lowerBound, extent.upperBound - 1)).line
        return lines.contains { (first...last).contains($0) }
      }
    }
  }

  private func extents(of key: Key) -> [Range<Int>] {
    switch places[key] {
    case .path(let path)?: document.entry(at: path).map { [$0.extent] } ?? []
    case .fields(let names)?: names.compactMap { document.entry(at: [$0])?.extent }
    case .item(let path, let index)?: document.node(at: path)?.items.map { [$0[index].extent] } ?? []
    case .comment?, .top?, .gap?, .end?, nil: []
    }
  }

  public func read(_ bytes: [UInt8]) -> (any KeyedDocument)? {
    let read = YAMLKeys(bytes, shape: shape)
    return value(.place) == nil ? read : read?.placed(as: values[.place])
  }

  /// The same definition with its KPI's id as a key, `place`: for merging what moved.
  public func placed(as id: KPIID) -> YAMLKeys { placed(as: KeyValue(.string(id.description))) }

  private func placed(as place: KeyValue?) -> YAMLKeys {
    var copy = self
    if copy.values.updateValue(place ?? KeyValue(.null), forKey: .place) == nil { copy.keys.append(.place) }
    return copy
  }
}

/// Cuts a YAML document into keys.
private struct YAMLCutter {
  let document: YAMLDocument
  let shape: Shape
  var keys: [Key] = []
  var values: [Key: KeyValue] = [:]
  var places: [Key: YAMLKeys.Place] = [:]

  init(document: YAMLDocument, shape: Shape) {
    self.document = document
    self.shape = shape
  }

  /// False where the document's top is no map.
  mutating func cut() -> Bool {
    var together: [Key: [YAMLEntry]] = [:]
    if case .together(let key) = shape.others {
      // It is one statement, and made also by a file that says nothing more.
      keys.append(key)
      together[key] = []
    }
    guard let root = document.root else {
      addGap(.foot, .end)
      for (key, entries) in together { addTogether(key, entries) }
      return true
    }
    guard case .mapping(let entries, let style) = root.kind else { return false }
    values.reserveCapacity(entries.count)
    places.reserveCapacity(entries.count)
    keys.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      if style == .block {
        if index == 0 { addGap(.head, .top) } else { addGap(before: index, of: entries, in: nil, at: [entry.key]) }
      }
      switch shape.cut(of: entry.key) {
      case .whole: add(.path([entry.key]), entry, at: [entry.key])
      case .together(let key):
        if together[key] == nil { keys.append(key) }
        together[key, default: []].append(entry)
      case .entries: cutEntries(of: entry, at: [entry.key], deeper: false)
      case .listed(let field): cutList(of: entry, by: field)
      case .set: cutSet(of: entry)
      case .paths: cutEntries(of: entry, at: [entry.key], deeper: true)
      }
    }
    if style == .block { addGap(.foot, .end) }
    for (key, entries) in together { addTogether(key, entries) }
    return true
  }

  private mutating func put(_ key: Key, _ value: KeyValue, _ place: YAMLKeys.Place) {
    keys.append(key)
    values[key] = value
    places[key] = place
  }

  private mutating func add(_ key: Key, _ entry: YAMLEntry, at path: [String]) {
    put(key, KeyValue(YAMLValue(entry.value), comment: document.comments(of: entry)), .path(path))
  }

  /// Comments that stand apart from the fields, by the field that follows them.
  private mutating func addGap(
    before index: Int, of entries: [YAMLEntry], in holder: YAMLEntry?, at path: @autoclosure () -> [String]
  ) {
    let text = document.comments(in: document.gap(before: index, of: entries, in: holder))
    guard !text.isEmpty else { return }
    let path = path()
    put(Key("comment before " + Key.path(path).text), KeyValue(.null, comment: text), .gap(before: path))
  }

  private mutating func addGap(_ key: Key, _ place: YAMLKeys.Place) {
    let text = document.range(of: place).map { document.comments(in: $0) } ?? ""
    if !text.isEmpty { put(key, KeyValue(.null, comment: text), place) }
  }

  private mutating func addTogether(_ key: Key, _ entries: [YAMLEntry]) {
    let comments = entries.map { ($0.key, document.comments(of: $0)) }.filter { !$0.1.isEmpty }
    values[key] = KeyValue(
      .map(entries.map { ($0.key, YAMLValue($0.value)) }),
      comment: comments.map { $0 + ": " + $1 }.sorted().joined(separator: "\n"))
    places[key] = .fields(entries.map(\.key))
  }

  /// Each entry of a map, or each path below it, is a key; so is a map without entries.
  private mutating func cutEntries(of entry: YAMLEntry, at path: [String], deeper: Bool) {
    guard case .mapping(let inner, let style) = entry.value.kind else { return add(.path(path), entry, at: path) }
    if inner.isEmpty { return addEmpty(entry, at: path) }
    addHeader(entry, at: path)
    for (index, each) in inner.enumerated() {
      let path = path + [each.key]
      if style == .block { addGap(before: index, of: inner, in: entry, at: path) }
      if deeper, !shape.isUnit(path) {
        cutEntries(of: each, at: path, deeper: true)
      } else {
        add(.path(path), each, at: path)
      }
    }
  }

  /// A list whose entries are maps with an id; any other list is one key.
  private mutating func cutList(of entry: YAMLEntry, by field: String) {
    cutItems(of: entry) { item in
      guard case .string(let id)? = YAMLValue(item.value)[field] else { return nil }
      return (Key.path([entry.key, id]), YAMLValue(item.value))
    }
  }

  /// A list of different scalars; any other list is one key.
  private mutating func cutSet(of entry: YAMLEntry) {
    cutItems(of: entry) { item in
      guard case .scalar(let scalar) = item.value.kind else { return nil }
      return (Key.element(scalar.text, of: entry.key), .bool(true))
    }
  }

  private mutating func cutItems(of entry: YAMLEntry, _ key: (YAMLItem) -> (key: Key, meaning: YAMLValue)?) {
    let items = entry.value.items ?? []
    if entry.value.items?.isEmpty == true { return addEmpty(entry, at: [entry.key]) }
    let found = items.compactMap(key)
    guard !items.isEmpty, found.count == items.count, Set(found.map(\.key)).count == items.count else {
      return add(.path([entry.key]), entry, at: [entry.key])
    }
    addHeader(entry, at: [entry.key])
    for (index, (key, meaning)) in found.enumerated() {
      put(
        key, KeyValue(meaning, comment: document.comments(of: items[index])), .item(in: [entry.key], at: index))
    }
  }

  /// A map or list that is cut into smaller keys and has none: its comment is the one that it has when it is filled.
  private mutating func addEmpty(_ entry: YAMLEntry, at path: [String]) {
    addHeader(entry, at: path)
    put(.path(path), KeyValue(YAMLValue(entry.value)), .path(path))
  }

  /// The comment of a field that is cut into smaller keys is a key of its own.
  private mutating func addHeader(_ entry: YAMLEntry, at path: [String]) {
    let text = document.ownComment(of: entry)
    guard !text.isEmpty else { return }
    put(Key("comment of " + Key.path(path).text), KeyValue(.null, comment: text), .comment(of: path))
  }
}

extension YAMLDocument {
  /// The bytes of a place that holds nothing but comments and blank lines; nil for any other.
  public func range(of place: YAMLKeys.Place) -> Range<Int>? {
    switch place {
    case .top: top
    case .gap(let path): gap(before: path)
    case .end: end
    case .path, .fields, .item, .comment: nil
    }
  }
}

import LedgerFiles

extension YAMLKeys {
  func splicing(_ edits: [Edit]) -> [UInt8] {
    var splice = YAMLSplice(base: self)
    for edit in edits { splice.apply(edit) }
    return splice.bytes
  }

  /// The keys written anew: nested maps as the keys' places say, without comments.
  func written(_ values: [Wanted]) -> [UInt8] {
    var tree = ValueTree()
    for wanted in values {
      guard let source = wanted.source as? YAMLKeys, let place = source.place(of: wanted.key) else { continue }
      tree.add(wanted.value.meaning, at: place)
    }
    return Array(YAMLWriter.text(tree.value).utf8)
  }
}

/// Puts keys of other versions into a YAML text, the rest of which stays byte for byte.
private struct YAMLSplice {
  private let base: YAMLKeys
  private var editor: YAMLEditor
  /// Gaps and comments of maps are put in after the fields, which they depend on.
  private var comments: [(place: YAMLKeys.Place, source: YAMLKeys?)] = []

  init(base: YAMLKeys) {
    self.base = base
    editor = YAMLEditor(base.document)
  }

  mutating func apply(_ edit: Edit) {
    let source = edit.source as? YAMLKeys
    guard let place = source?.place(of: edit.key) ?? base.place(of: edit.key) else { return }
    switch place {
    case .path(let path): put(path, from: source)
    case .fields(let names):
      for name in names { put([name], from: source) }
      guard case .fields(let old)? = base.place(of: edit.key) else { return }
      for name in old where !names.contains(name) || source == nil { editor.remove([name]) }
    case .element(let field, let item):
      if source == nil { editor.removeItem([field], value: item) } else { editor.insertItem([field], value: item) }
    case .listed(let field, let by, let id): putListed(field, by, id, source?.values[edit.key]?.meaning)
    case .comment, .gap: comments.append((place, source))
    }
  }

  private mutating func put(_ path: [String], from source: YAMLKeys?) {
    if let source, source.document.node(at: path) != nil {
      editor.transplant(path, from: source.document)
    } else {
      editor.remove(path)
    }
  }

  private mutating func putListed(_ field: String, _ by: String, _ id: String, _ value: YAMLValue?) {
    let document = YAMLDocument(parsing: editor.bytes)
    guard case .list(let items)? = document.node(at: [field]).map(YAMLValue.init) else {
      if let value { editor.set([field], to: .list([value])) }
      return
    }
    var list = items
    if let index = items.firstIndex(where: { $0[by] == .string(id) }) {
      list.remove(at: index)
      if let value { list.insert(value, at: index) }
    } else if let value {
      list.append(value)
    }
    editor.set([field], to: .list(list))
  }

  var bytes: [UInt8] {
    var bytes = editor.bytes
    for (place, source) in comments {
      if let changed = Self.put(place, from: source, into: YAMLDocument(parsing: bytes)) { bytes = changed }
    }
    return bytes
  }

  private static func put(_ place: YAMLKeys.Place, from source: YAMLKeys?, into document: YAMLDocument) -> [UInt8]? {
    guard let target = range(of: place, in: document) else { return nil }
    let text = source.flatMap { source in range(of: place, in: source.document).map { source.bytes[$0] } } ?? []
    return Array(document.bytes[..<target.lowerBound] + text + document.bytes[target.upperBound...])
  }

  /// The bytes that hold a comment: a gap, or the lines above a field.
  private static func range(of place: YAMLKeys.Place, in document: YAMLDocument) -> Range<Int>? {
    switch place {
    case .gap(let field): document.gap(before: field)
    case .comment(let path): document.entry(at: path).map { $0.extent.lowerBound..<$0.keyRange.lowerBound }
    default: nil
    }
  }
}

/// Nested maps put together from their leaves, in the order in which they come.
private struct ValueTree {
  private indirect enum Node {
    case leaf(YAMLValue)
    case map([(key: String, node: Node)])
  }

  private var top: [(key: String, node: Node)] = []

  mutating func add(_ meaning: YAMLValue, at place: YAMLKeys.Place) {
    switch place {
    case .path(let path): Self.put(.leaf(meaning), at: path[...], in: &top)
    case .fields:
      guard case .map(let fields) = meaning else { return }
      for field in fields { Self.put(.leaf(field.value), at: [field.key], in: &top) }
    case .element(let field, let item): append(item, to: field)
    case .listed(let field, _, _): append(meaning, to: field)
    case .comment, .gap: break
    }
  }

  private mutating func append(_ item: YAMLValue, to field: String) {
    if let index = top.firstIndex(where: { $0.key == field }), case .leaf(.list(let items)) = top[index].node {
      top[index].node = .leaf(.list(items + [item]))
    } else {
      top.append((field, .leaf(.list([item]))))
    }
  }

  private static func put(_ node: Node, at path: ArraySlice<String>, in map: inout [(key: String, node: Node)]) {
    guard let name = path.first else { return }
    let index = map.firstIndex { $0.key == name }
    guard path.count > 1 else {
      if let index { map[index].node = node } else { map.append((name, node)) }
      return
    }
    var inner: [(key: String, node: Node)] = []
    if let index, case .map(let found) = map[index].node { inner = found }
    put(node, at: path.dropFirst(), in: &inner)
    if let index { map[index].node = .map(inner) } else { map.append((name, .map(inner))) }
  }

  var value: YAMLValue { Self.value(of: top) }

  private static func value(of map: [(key: String, node: Node)]) -> YAMLValue {
    .map(
      map.map { entry in
        switch entry.node {
        case .leaf(let value): (entry.key, value)
        case .map(let inner): (entry.key, Self.value(of: inner))
        }
      })
  }
}

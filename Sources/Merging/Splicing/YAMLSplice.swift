import LedgerFiles

/// Puts keys of other versions into a YAML text, the rest of which stays byte for byte.
struct YAMLSplice {
  private let base: YAMLKeys
  private let edits: [Edit]
  private var editor: YAMLEditor

  /// The text of a version with some keys as other versions have them.
  static func text(of base: YAMLKeys, with edits: [Edit]) -> [UInt8] {
    var splice = YAMLSplice(base: base, edits: edits)
    splice.applyAll()
    return splice.bytes
  }

  private init(base: YAMLKeys, edits: [Edit]) {
    self.base = base
    self.edits = edits
    editor = YAMLEditor(base.document)
  }

  private var bytes: [UInt8] { editor.bytes }

  /// Values first, so that what follows them finds its place; then removals; then comments, which stand at values.
  private mutating func applyAll() {
    for edit in edits {
      if let source = edit.source as? YAMLKeys { put(edit.key, from: source) }
    }
    for edit in edits where edit.source == nil { remove(edit.key) }
    for edit in edits where edit.source == nil { prune(edit.key) }
    for edit in edits {
      let source = edit.source as? YAMLKeys
      guard let place = (source ?? base).place(of: edit.key) else { continue }
      switch place {
      case .path, .fields, .item: continue
      case .comment(let path): setComment(path, from: source?.document)
      case .top, .gap, .end: setGap(place, from: source?.document)
      }
    }
    tidyComments()
  }

  // MARK: Values

  private mutating func put(_ key: Key, from source: YAMLKeys) {
    switch source.place(of: key) {
    case .path(let path)?: editor.transplant(path, from: source.document)
    case .fields(let names)?:
      for name in names { editor.transplant([name], from: source.document) }
      guard case .fields(let old)? = base.place(of: key) else { return }
      for name in old where !names.contains(name) { editor.remove([name]) }
    case .item(let path, let index)?: putItem(key, path, index, from: source)
    case .comment?, .top?, .gap?, .end?, nil: break
    }
  }

  private mutating func putItem(_ key: Key, _ path: [String], _ index: Int, from source: YAMLKeys) {
    guard let items = source.document.node(at: path)?.items, items.indices.contains(index) else { return }
    guard let current = YAMLKeys(editor.bytes, shape: base.shape), let ours = current.document.node(at: path)?.items,
      !ours.isEmpty
    else { return transplantList(path, keeping: index, of: items.count, from: source.document) }
    let graft = ItemGraft(key: key, path: path, index: index, source: source, target: current)
    if let bytes = graft.bytes() {
      editor = YAMLEditor(YAMLDocument(parsing: bytes))
      return
    }
    if let place = graft.place { editor.removeItem(path, at: place) }
    editor.insertItem(path, value: YAMLValue(items[index].value), at: graft.position)
  }

  /// Takes a list that is missing here over, with one of its elements.
  private mutating func transplantList(
    _ path: [String], keeping index: Int, of count: Int, from source: YAMLDocument
  ) {
    var reduced = YAMLEditor(source)
    for other in (0..<count).reversed() where other != index { reduced.removeItem(path, at: other) }
    editor.transplant(path, from: reduced.document)
  }

  // MARK: Removals

  /// Removes what the base has under a key, unless something else has taken its place.
  private mutating func remove(_ key: Key) {
    switch base.place(of: key) {
    case .path(let path)?:
      guard let node = editor.document.node(at: path), YAMLValue(node) == base.value(key)?.meaning else { return }
      editor.remove(path)
    case .fields(let names)?:
      for name in names { editor.remove([name]) }
    case .item(let path, _)?:
      guard let current = YAMLKeys(editor.bytes, shape: base.shape),
        case .item(_, let index)? = current.place(of: key)
      else { return }
      editor.removeItem(path, at: index)
    case .comment?, .top?, .gap?, .end?, nil: break
    }
  }

  /// Takes away the maps and lists that a removal has left empty.
  private mutating func prune(_ key: Key) {
    var path: [String]
    switch base.place(of: key) {
    case .path(let found)?: path = found.dropLast()
    case .item(let found, _)?: path = found
    default: return
    }
    while !path.isEmpty, let node = editor.document.node(at: path), YAMLValue(node).isEmptyCollection {
      let holder = Key.path(path)
      guard base.value(holder) == nil, !edits.contains(where: { $0.key == holder && $0.source != nil }),
        !keepsComment(of: holder)
      else { return }
      editor.remove(path)
      path.removeLast()
    }
  }

  /// Whether a comment is to stay at a map or list, were it empty.
  private func keepsComment(of holder: Key) -> Bool {
    let comment = Key("comment of " + holder.text)
    if let edit = edits.last(where: { $0.key == comment }) { return edit.source != nil }
    return base.value(comment) != nil
  }

  // MARK: Comments

  /// Replaces the text of a gap; without a source, its comments go and its blank lines stay.
  private mutating func setGap(_ place: YAMLKeys.Place, from source: YAMLDocument?) {
    let document = editor.document
    guard let target = document.range(of: place) else { return }
    let text: [UInt8]
    if let source {
      guard let range = source.range(of: place) else { return }
      text = TextLines.withEndings(of: document.bytes, Array(source.bytes[range]))
    } else {
      text = TextLines.withoutComments(document.bytes[target])
    }
    replace([(target, text)])
  }

  /// Where a field went or came, a comment that stood before it stands before another now, and a list that was taken
  /// over has brought its own: each place for comments gets what it is to have.
  private mutating func tidyComments() {
    guard let result = YAMLKeys(editor.bytes, shape: base.shape) else { return }
    let wanted = Dictionary(edits.map { ($0.key, $0.source) }, uniquingKeysWith: { $1 })
    var met: Set<Key> = []
    for key in result.keys + base.keys where met.insert(key).inserted {
      let source = (wanted[key] ?? base) as? YAMLKeys
      guard let place = result.place(of: key) ?? base.place(of: key), source?.value(key) != result.value(key) else {
        continue
      }
      let document = source?.value(key) == nil ? nil : source?.document
      switch place {
      case .path, .fields, .item: continue
      case .comment(let path): setComment(path, from: document)
      case .top, .gap, .end: setGap(place, from: document)
      }
    }
  }

  /// Replaces the comments of a field that is cut into smaller keys: above it, behind its colon, and below its entries.
  private mutating func setComment(_ path: [String], from source: YAMLDocument?) {
    let document = editor.document
    guard let target = document.commentRanges(path) else { return }
    guard let source else { return replace(target.map { ($0, []) }) }
    guard let ranges = source.commentRanges(path) else { return }
    let texts = ranges.map { TextLines.withEndings(of: document.bytes, Array(source.bytes[$0])) }
    replace(Array(zip(target, texts)))
  }

  private mutating func replace(_ parts: [(range: Range<Int>, text: [UInt8])]) {
    var bytes = editor.bytes
    for part in parts.reversed() { bytes.replaceSubrange(part.range, with: part.text) }
    let changed = YAMLDocument(parsing: bytes)
    if changed.findings.isEmpty { editor = YAMLEditor(changed) }
  }
}

extension YAMLDocument {
  /// Where the comments of a field stand whose value is a map or list: the lines above it, what is behind its colon or
  /// its brackets, and the lines below its last entry; in the order of the text.
  fileprivate func commentRanges(_ path: [String]) -> [Range<Int>]? {
    guard let entry = entry(at: path) else { return nil }
    let line = bytes[..<entry.keyRange.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let above = min(entry.extent.lowerBound, line)..<line
    let isFlow = entry.value.style == .flow
    var start = isFlow ? entry.value.range.upperBound : entry.keyRange.upperBound
    if !isFlow, let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) { start = colon + 1 }
    var end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    end = max(start, min(end, entry.extent.upperBound))
    let inner = entry.value.entries?.last?.extent.upperBound ?? entry.value.items?.last?.extent.upperBound
    let tail = isFlow ? entry.extent.upperBound : max(end, inner ?? entry.extent.upperBound)
    return [above, start..<end, min(tail, entry.extent.upperBound)..<entry.extent.upperBound]
  }
}

extension YAMLValue {
  /// Whether it is a map or list without entries, or nothing.
  var isEmptyCollection: Bool {
    switch self {
    case .map(let pairs): pairs.isEmpty
    case .list(let items): items.isEmpty
    case .null: true
    default: false
    }
  }
}

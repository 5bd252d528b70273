extension YAMLEditor {
  /// Transplants an entry whose parent is missing here, is empty, or is no mapping: the outermost missing parent comes
  /// along, with this entry alone.
  mutating func transplantWithParents(_ path: [String], from other: YAMLDocument) {
    guard document.root != nil, path.count > 1 else { return transplantIntoEmpty(path, from: other) }
    var depth = 1
    while depth < path.count - 1, document.node(at: Array(path[..<depth]))?.entries?.isEmpty == false { depth += 1 }
    guard document.node(at: Array(path[..<(depth - 1)]))?.entries?.isEmpty == false else {
      return transplantIntoEmpty(path, from: other)
    }
    var reduced = YAMLEditor(other)
    reduced.keepOnly(path, below: depth)
    transplant(Array(path[..<depth]), from: reduced.document)
  }

  private mutating func transplantIntoEmpty(_ path: [String], from other: YAMLDocument) {
    guard let entry = other.entry(at: path), document.root != nil || isReadable else { return }
    let expected = Self.changed(value, path[...], YAMLValue(entry.value))
    if document.root == nil, appendEntry(path, expected, from: other) { return }
    var whole = document.root.map { CommentedTree($0) } ?? .map([])
    let tree = CommentedTree(entry.value)
    whole.put(path[...], tree, comment: entry.commentText, at: 0)
    var text = whole.rendered(indent: 0).text
    if !text.hasSuffix("\n") { text += "\n" }
    let end = bytes.count
    let edit = document.root.map { TextEdit($0.range, text) } ?? TextEdit(end..<end, lineBreakMissing(at: end) + text)
    let comment = entry.commentText
    if accept([edit], expected, where: { $0.entry(at: path)?.commentText == comment }) { return }
    if isReadable { document = YAMLDocument(parsing: Array(text.utf8)) }
  }

  /// Puts the other's lines below the comments of a text without content.
  private mutating func appendEntry(_ path: [String], _ expected: YAMLValue?, from other: YAMLDocument) -> Bool {
    var reduced = YAMLEditor(other)
    reduced.keepOnly(path, below: 0)
    guard let kept = reduced.document.root?.entries?.first else { return false }
    let text = String(decoding: reduced.bytes[kept.extent], as: UTF8.self)
    let end = bytes.count
    let comment = kept.commentText
    return accept([TextEdit(end..<end, lineBreakMissing(at: end) + text)], expected) {
      $0.root?.entries?.first?.commentText == comment
    }
  }

  /// Removes all that is neither on the path nor below it, from the mappings that hold the path's keys from `depth` on.
  private mutating func keepOnly(_ path: [String], below depth: Int) {
    for level in depth..<path.count {
      let holder = Array(path[..<level])
      for entry in document.node(at: holder)?.entries ?? [] where entry.key != path[level] {
        remove(holder + [entry.key])
      }
    }
  }
}

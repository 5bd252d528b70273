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
    guard let entry = other.entry(at: path) else { return }
    let expected = Self.changed(value, path[...], YAMLValue(entry.value))
    guard let root = document.root else {
      var reduced = YAMLEditor(other)
      reduced.keepOnly(path, below: 0)
      guard let kept = reduced.document.root?.entries?.first else { return }
      let text = String(decoding: reduced.bytes[kept.extent], as: UTF8.self)
      let end = bytes.count
      let edit = TextEdit(end..<end, lineBreakMissing(at: end) + text)
      let comment = kept.commentText
      if accept([edit], expected, where: { $0.root?.entries?.first?.commentText == comment }) { return }
      document = reduced.document
      return
    }
    let tree = CommentedTree(entry.value)
    var whole = CommentedTree(root)
    whole.put(path[...], tree, comment: entry.commentText, at: 0)
    var text = whole.rendered(indent: 0).text
    if !text.hasSuffix("\n") { text += "\n" }
    let comment = entry.commentText
    if accept([TextEdit(root.range, text)], expected, where: { $0.entry(at: path)?.commentText == comment }) { return }
    document = YAMLDocument(parsing: Array(text.utf8))
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

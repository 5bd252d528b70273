/// Changes a YAML text in place: what a change does not concern stays byte for byte.
///
///     var editor = YAMLEditor(YAMLDocument(parsing: bytes))
///     editor.set(["targets", "2026-Q3"], to: .number(27))
///     editor.transplant(["owner"], from: theirs)
///     editor.bytes
///
/// Each change is tried on the text, and the result read back: it is taken only if it means what it should and has no
/// new fault. Where the text gives no way, the nearest enclosing entry is written anew, with its comments; invalid YAML
/// never comes out. In a text that has faults already, what cannot be changed without losing some of it is not changed.
public struct YAMLEditor: Sendable {
  /// The text as changed so far.
  public internal(set) var document: YAMLDocument

  /// Begins with a document as found.
  public init(_ document: YAMLDocument) { self.document = document }

  /// The bytes of the text as changed so far.
  public var bytes: [UInt8] { document.bytes }

  /// Sets the value at a path of keys; key, comments, and quotes where they fit stay.
  ///
  /// Parents that are missing are made. A new entry goes behind the sibling `after`, or else to the end of its mapping.
  /// Nothing happens where the value means the same already.
  public mutating func set(_ path: [String], to value: YAMLValue, after sibling: String? = nil) {
    guard !path.isEmpty else { return replaceAll(value) }
    if let node = document.node(at: path), YAMLValue(node) == value { return }
    guard let entry = document.entry(at: path) else { return insert(path, value, after: sibling) }
    switch (value, entry.value.kind) {
    case (.map(let pairs), .mapping(let entries, _)) where !pairs.isEmpty && !entries.isEmpty:
      update(path, entries, pairs)
    case (.list(let values), .sequence(let items, _)) where !values.isEmpty && !items.isEmpty && items.count <= 500:
      update(path, items, values)
    default: replace(path, entry, value)
    }
  }

  /// Removes the entry at a path, with its comments; a mapping that has no other entry becomes `{}`.
  public mutating func remove(_ path: [String]) {
    guard let entry = document.entry(at: path), let parent = document.node(at: Array(path.dropLast())) else { return }
    let expected = Self.changed(value, path[...], nil)
    if let edits = parent.style == .flow ? flowRemoval(path, parent) : blockRemoval(path, entry, parent),
      accept(edits, expected)
    {
      return
    }
    rewrite(path, expected) { $0.remove(path[...]) }
  }

  /// Puts another document's entry at a path into this one: value, layout and the comments that belong to it.
  ///
  /// It takes the place of this document's entry of that path; where there is none, it goes behind the nearest entry
  /// that precedes it there and exists here, else before the nearest that follows it, else to the end. Parents that are
  /// missing come along with this entry alone. Without such an entry there, this is a removal.
  public mutating func transplant(_ path: [String], from other: YAMLDocument) {
    guard let theirs = other.entry(at: path) else { return remove(path) }
    guard let parent = document.node(at: Array(path.dropLast())), parent.entries?.isEmpty == false else {
      return transplantWithParents(path, from: other)
    }
    let graft = YAMLGraft(path, theirs, from: other, into: document)
    let expected = Self.changed(value, path[...], YAMLValue(theirs.value))
    let comment = theirs.commentText
    let tree = CommentedTree(theirs.value)
    let candidates = graft.candidates(parent)
    for edits in candidates {
      if accept(edits, expected, where: { Self.comments($0, path) == Self.comments(other, path) }) { return }
    }
    for edits in candidates {
      if accept(edits, expected, where: { Self.comments($0, path).sorted() == Self.comments(other, path).sorted() }) {
        return
      }
    }
    let position = graft.position(in: parent)
    rewrite(path, expected) { $0.put(path[...], tree, comment: comment, at: position) }
  }

  /// Adds an element to the list at a path, at its end or at an index; a list that is missing is made.
  public mutating func insertItem(_ path: [String], value: YAMLValue, at index: Int? = nil) {
    guard case .sequence(let items, let style)? = document.node(at: path)?.kind, !items.isEmpty else {
      return set(path, to: .list([value]))
    }
    let position = min(max(index ?? items.count, 0), items.count)
    var values = items.map { YAMLValue($0.value) }
    values.insert(value, at: position)
    let expected = Self.changed(self.value, path[...], .list(values))
    let edits =
      style == .flow
      ? flowInsertion(YAMLWriter.flow(value), elements(items), at: position)
      : itemInsertion(value, items, at: position)
    if let edits, accept(edits, expected) { return }
    let tree = CommentedTree(value)
    rewrite(path + ["0"], expected) { $0.insertItem(path[...], tree, at: position) }
  }

  /// Removes the first element of that value from the list at a path; a list that has no other becomes `[]`.
  public mutating func removeItem(_ path: [String], value: YAMLValue) {
    guard case .sequence(let items, _)? = document.node(at: path)?.kind,
      let index = items.firstIndex(where: { YAMLValue($0.value) == value })
    else { return }
    removeItem(path, at: index)
  }

  /// Removes the element at an index from the list at a path; a list that has no other becomes `[]`.
  public mutating func removeItem(_ path: [String], at index: Int) {
    guard case .sequence(let items, let style)? = document.node(at: path)?.kind, items.indices.contains(index)
    else { return }
    var values = items.map { YAMLValue($0.value) }
    values.remove(at: index)
    let expected = Self.changed(value, path[...], .list(values))
    if items.count == 1 {
      if let entry = document.entry(at: path), accept(valueEdits(entry, path, .list([])), expected) { return }
    } else {
      let edits = style == .flow ? flowRemoval(elements(items), index) : blockRemoval(items, index)
      if let edits, accept(edits, expected) { return }
    }
    rewrite(path + ["0"], expected) { $0.removeItem(path[...], at: index) }
  }
}

extension YAMLEditor {
  /// Whether the values are all of the text, so that it may be written anew from them.
  var isReadable: Bool { document.findings.allSatisfy { $0.rule == "byte-order-mark" } }

  /// What the text means; nil for an empty one.
  var value: YAMLValue? { document.root.map { YAMLValue($0) } }

  /// Takes the edited text if it means `expected`, has no new fault and `isRight`.
  mutating func accept(
    _ edits: [TextEdit], _ expected: YAMLValue?, where isRight: (YAMLDocument) -> Bool = { _ in true }
  ) -> Bool {
    let changed = YAMLDocument(parsing: TextEdit.apply(edits, to: document.bytes))
    guard changed.findings.count <= document.findings.count, changed.root.map({ YAMLValue($0) }) == expected,
      isRight(changed)
    else { return false }
    document = changed
    return true
  }

  /// All comments of an entry and of what is within it.
  private static func comments(_ document: YAMLDocument, _ path: [String]) -> [String] {
    guard let entry = document.entry(at: path) else { return [] }
    return entry.commentText.split(separator: "\n").map(String.init)
      + CommentedTree(entry.value).innerComments.map(String.init)
  }

  /// The value with the one at a path replaced, or removed where `new` is nil.
  static func changed(_ value: YAMLValue?, _ path: ArraySlice<String>, _ new: YAMLValue?) -> YAMLValue? {
    guard let key = path.first else { return new }
    switch value {
    case .map(var pairs)?:
      guard let index = pairs.firstIndex(where: { $0.key == key }) else {
        guard let inner = changed(nil, path.dropFirst(), new) else { return value }
        return .map(pairs + [(key, inner)])
      }
      if let inner = changed(pairs[index].value, path.dropFirst(), new) {
        pairs[index].value = inner
      } else {
        pairs.remove(at: index)
      }
      return .map(pairs)
    case .list(var items)?:
      guard let index = Int(key), items.indices.contains(index) else { return value }
      if let inner = changed(items[index], path.dropFirst(), new) { items[index] = inner }
      return .list(items)
    default:
      guard let new else { return value }
      return .map([(key, changed(nil, path.dropFirst(), new) ?? new)])
    }
  }

  private mutating func replaceAll(_ value: YAMLValue) {
    if self.value == value { return }
    var text = YAMLWriter.text(value)
    if !text.hasSuffix("\n") { text += "\n" }
    document = YAMLDocument(parsing: Array(text.utf8))
  }

  // MARK: Setting

  /// Changes a mapping key by key.
  private mutating func update(_ path: [String], _ entries: [YAMLEntry], _ pairs: [(key: String, value: YAMLValue)]) {
    var previous: String?
    for pair in pairs {
      set(path + [pair.key], to: pair.value, after: previous)
      previous = pair.key
    }
    let names = Set(pairs.map(\.key))
    for entry in entries where !names.contains(entry.key) { remove(path + [entry.key]) }
  }

  /// Changes a list so that the elements which stay keep their layout and comments.
  private mutating func update(_ path: [String], _ items: [YAMLItem], _ values: [YAMLValue]) {
    let changes = values.difference(from: items.map { YAMLValue($0.value) })
    for case .insert(let offset, let value, _) in changes.insertions where offset == 0 && items.isEmpty {
      insertItem(path, value: value, at: 0)
    }
    // An element that is replaced takes the old one's place first, so that the list is never empty.
    let removals = changes.removals.reversed()
    if removals.count == items.count, let entry = document.entry(at: path) {
      return replace(path, entry, .list(values))
    }
    for case .remove(let offset, _, _) in removals { removeItem(path, at: offset) }
    for case .insert(let offset, let value, _) in changes.insertions { insertItem(path, value: value, at: offset) }
  }

  private mutating func replace(_ path: [String], _ entry: YAMLEntry, _ value: YAMLValue) {
    let expected = Self.changed(self.value, path[...], value)
    if accept(valueEdits(entry, path, value), expected) { return }
    rewrite(path, expected) { $0.set(path[...], CommentedTree(value)) }
  }

  /// Adds an entry; the nearest parent that exists takes the missing ones as well.
  private mutating func insert(_ path: [String], _ value: YAMLValue, after sibling: String?) {
    var depth = 0
    while depth < path.count - 1, document.entry(at: Array(path[...depth])) != nil { depth += 1 }
    let parentPath = Array(path[..<depth])
    let nested = path[(depth + 1)...].reversed().reduce(value) { .map([($1, $0)]) }
    guard let parent = document.node(at: parentPath), case .mapping(let entries, let style) = parent.kind,
      !entries.isEmpty
    else { return makeParent(parentPath, key: path[depth], nested) }
    let expected = Self.changed(self.value, path[...], value)
    let position = sibling.flatMap { name in entries.firstIndex { $0.key == name } }.map { $0 + 1 } ?? entries.count
    let edits: [TextEdit]?
    if style == .flow {
      let text = YAMLWriter.key(path[depth], isFlow: true) + ": " + YAMLWriter.flow(nested)
      edits = flowInsertion(text, elements(entries), at: position)
    } else {
      edits = entryInsertion(path[depth], nested, entries, at: position)
    }
    if let edits, accept(edits, expected) { return }
    let tree = CommentedTree(nested)
    rewrite(path, expected) { $0.put(path[...depth], tree, comment: "", at: position) }
  }

  /// Where the parent is empty, no mapping, or the whole document is empty.
  private mutating func makeParent(_ path: [String], key: String, _ value: YAMLValue) {
    let map = YAMLValue.map([(key, value)])
    if let entry = document.entry(at: path) { return replace(path, entry, map) }
    guard path.isEmpty, document.root != nil || isReadable else { return }
    let text = YAMLWriter.block(map, indent: 0)
    var edit = TextEdit(bytes.count..<bytes.count, text)
    if let root = document.root {
      let isLine = root.range.upperBound < bytes.count && TextLines.isBreak(bytes[root.range.upperBound])
      edit = TextEdit(root.range, isLine ? String(text.dropLast()) : text)
    } else if let last = bytes.last, last != 0x0A, last != 0x0D {
      edit = TextEdit(bytes.count..<bytes.count, "\n" + text)
    }
    if accept([edit], map) || !isReadable { return }
    document = YAMLDocument(parsing: Array(text.utf8))
  }

  // MARK: Rewriting

  /// The last resort: writes an enclosing entry anew, the innermost that will do, with comments.
  mutating func rewrite(_ path: [String], _ expected: YAMLValue?, _ change: (inout CommentedTree) -> Void) {
    guard let root = document.root, isReadable else { return }
    var tree = CommentedTree(root)
    change(&tree)
    for depth in stride(from: path.count - 1, to: 0, by: -1) {
      let holder = Array(path[..<depth])
      guard let entry = document.entry(at: holder), let inner = tree.node(at: holder[...]),
        document.node(at: Array(holder.dropLast()))?.style == .block
      else { continue }
      let column = TextLines.column(entry.keyRange.lowerBound, in: bytes)
      if accept(blockEdits(entry, inner.rendered(indent: column + 2)), expected) { return }
    }
    var text = tree.rendered(indent: 0).text
    if !text.hasSuffix("\n") { text += "\n" }
    let head = root.entries?.first?.outer.lowerBound ?? root.range.lowerBound
    if accept([TextEdit(head..<max(head, root.range.upperBound), text)], expected) { return }
    document = YAMLDocument(parsing: Array(text.utf8))
  }
}

/// A value with the comments of its entries and elements, without layout: what is written anew when the text cannot be
/// edited in place.
indirect enum CommentedTree {
  case scalar(YAMLValue)
  case map([Entry])
  case list([Item])

  struct Entry {
    let key: String
    var value: CommentedTree
    var comment: String
  }

  struct Item {
    var value: CommentedTree
    var comment: String
  }

  init(_ node: YAMLNode) {
    switch node.kind {
    case .scalar(let scalar): self = .scalar(YAMLValue(scalar.resolved))
    case .mapping(let entries, _):
      self = .map(
        entries.map { entry in
          let value = CommentedTree(entry.value)
          return Entry(key: entry.key, value: value, comment: value.ownComment(in: entry.commentText))
        })
    case .sequence(let items, _):
      self = .list(
        items.map { item in
          let value = CommentedTree(item.value)
          return Item(value: value, comment: value.ownComment(in: item.commentText))
        })
    }
  }

  init(_ value: YAMLValue) {
    switch value {
    case .map(let pairs): self = .map(pairs.map { Entry(key: $0.key, value: CommentedTree($0.value), comment: "") })
    case .list(let items): self = .list(items.map { Item(value: CommentedTree($0), comment: "") })
    default: self = .scalar(value)
    }
  }

  /// What of the comments of a list's holder is not its elements', which are written with these.
  func ownComment(in text: String) -> String {
    guard case .list = self, !text.isEmpty else { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in innerComments {
      if let index = lines.firstIndex(of: line) { lines.remove(at: index) }
    }
    return lines.joined(separator: "\n")
  }

  /// The lines of all comments below.
  var innerComments: [Substring] {
    func lines(_ comment: String, _ value: CommentedTree) -> [Substring] {
      (comment.isEmpty ? [] : comment.split(separator: "\n", omittingEmptySubsequences: false)) + value.innerComments
    }
    switch self {
    case .scalar: return []
    case .map(let entries): return entries.flatMap { lines($0.comment, $0.value) }
    case .list(let items): return items.flatMap { lines($0.comment, $0.value) }
    }
  }

  // MARK: Changes

  /// The tree at a path; nil where there is none.
  func node(at path: ArraySlice<String>) -> CommentedTree? {
    guard let key = path.first else { return self }
    switch self {
    case .map(let entries): return entries.first { $0.key == key }?.value.node(at: path.dropFirst())
    case .list(let items):
      guard let index = Int(key), items.indices.contains(index) else { return nil }
      return items[index].value.node(at: path.dropFirst())
    case .scalar: return nil
    }
  }

  /// Sets the value at a path, keeping its comment.
  mutating func set(_ path: ArraySlice<String>, _ value: CommentedTree) {
    change(path) { $0 = value }
  }

  /// Sets value and comment of an entry; a new one goes to `position` in its mapping.
  mutating func put(_ path: ArraySlice<String>, _ value: CommentedTree, comment: String, at position: Int) {
    guard let key = path.last else { return }
    let comment = value.ownComment(in: comment)
    change(path.dropLast()) { parent in
      var entries: [Entry] = []
      if case .map(let found) = parent { entries = found }
      let entry = Entry(key: key, value: value, comment: comment)
      if let index = entries.firstIndex(where: { $0.key == key }) {
        entries[index] = entry
      } else {
        entries.insert(entry, at: min(max(position, 0), entries.count))
      }
      parent = .map(entries)
    }
  }

  mutating func remove(_ path: ArraySlice<String>) {
    change(path.dropLast()) { parent in
      guard case .map(var entries) = parent else { return }
      entries.removeAll { $0.key == path.last }
      parent = .map(entries)
    }
  }

  mutating func insertItem(_ path: ArraySlice<String>, _ value: CommentedTree, at index: Int) {
    change(path) { node in
      guard case .list(var items) = node else { return }
      items.insert(Item(value: value, comment: ""), at: min(max(index, 0), items.count))
      node = .list(items)
    }
  }

  mutating func removeItem(_ path: ArraySlice<String>, at index: Int) {
    change(path) { node in
      guard case .list(var items) = node, items.indices.contains(index) else { return }
      items.remove(at: index)
      node = .list(items)
    }
  }

  /// Changes the tree at a path; mappings that are missing are made.
  private mutating func change(_ path: ArraySlice<String>, _ body: (inout CommentedTree) -> Void) {
    guard let key = path.first else { return body(&self) }
    switch self {
    case .map(var entries):
      let index = entries.firstIndex { $0.key == key } ?? entries.count
      if index == entries.count { entries.append(Entry(key: key, value: .map([]), comment: "")) }
      entries[index].value.change(path.dropFirst(), body)
      self = .map(entries)
    case .list(var items):
      guard let index = Int(key), items.indices.contains(index) else { return }
      items[index].value.change(path.dropFirst(), body)
      self = .list(items)
    case .scalar:
      var inner = CommentedTree.map([])
      inner.change(path.dropFirst(), body)
      self = .map([Entry(key: key, value: inner, comment: "")])
    }
  }

  // MARK: Writing

  /// What stands behind a key, with lines below indented by `indent`.
  func rendered(indent: Int) -> YAMLWriter.Rendered {
    switch self {
    case .scalar(let value): YAMLWriter.rendered(value, indent: max(indent, 1))
    case .map(let entries) where entries.isEmpty: YAMLWriter.Rendered(head: "{}", lines: "")
    case .list(let items) where items.isEmpty: YAMLWriter.Rendered(head: "[]", lines: "")
    case .map(let entries):
      YAMLWriter.Rendered(
        head: "",
        lines: entries.map { Self.entry($0.key, $0.value, comment: $0.comment, indent: indent) }.joined())
    case .list(let items):
      YAMLWriter.Rendered(head: "", lines: items.map { Self.item($0, indent: indent) }.joined())
    }
  }

  /// The value as it can stand inside brackets; on several lines, without margin, where it holds comments.
  var bracketText: String {
    if innerComments.isEmpty { return YAMLWriter.flow(value) }
    switch self {
    case .scalar(let value): return YAMLWriter.flow(value)
    case .map(let entries):
      let inside = entries.map {
        Self.comments($0.comment, 0) + YAMLWriter.key($0.key, isFlow: true) + ": " + $0.value.bracketText
      }
      return "{\n  " + inside.joined(separator: ",\n").replacingBreaks(with: "\n  ") + "\n}"
    case .list(let items):
      let inside = items.map { Self.comments($0.comment, 0) + $0.value.bracketText }
      return "[\n  " + inside.joined(separator: ",\n").replacingBreaks(with: "\n  ") + "\n]"
    }
  }

  /// The value without its comments.
  private var value: YAMLValue {
    switch self {
    case .scalar(let value): value
    case .map(let entries): .map(entries.map { ($0.key, $0.value.value) })
    case .list(let items): .list(items.map(\.value.value))
    }
  }

  /// An entry with its comments above it, in whole lines.
  static func entry(_ key: String, _ value: CommentedTree, comment: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let rendered = value.rendered(indent: indent + 2)
    return comments(comment, indent) + margin + YAMLWriter.key(key) + ":"
      + (rendered.head.isEmpty ? "" : " " + rendered.head) + "\n" + rendered.lines
  }

  private static func item(_ item: Item, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let rendered = item.value.rendered(indent: indent + 2)
    let start = comments(item.comment, indent) + margin + "-"
    if !rendered.head.isEmpty { return start + " " + rendered.head + "\n" + rendered.lines }
    // The first line below may be a comment: then the dash stands alone.
    let first = rendered.lines.dropFirst(indent + 2)
    return first.hasPrefix("#") ? start + "\n" + rendered.lines : start + " " + first
  }

  static func comments(_ text: String, _ indent: Int) -> String {
    guard !text.isEmpty else { return "" }
    let margin = String(repeating: " ", count: indent)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map {
      margin + ($0.isEmpty ? "#" : "# " + $0) + "\n"
    }.joined()
  }
}

extension YAMLWriter.Rendered {
  /// The whole text of a document.
  var text: String { head.isEmpty ? lines : head + "\n" + lines }
}

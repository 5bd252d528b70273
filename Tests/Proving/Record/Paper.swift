import LedgerFiles

/// A proposal's file as the record reads it.
struct Paper: Hashable, CustomStringConvertible {
  let path: String
  let file: String
  let key: String
  var value: Meaning?
  var proposed: YAMLValue?
  let by: Person?
  /// The commit's id in full.
  let commit: String
  let comment: String?
  let because: String

  var slot: String { World.slot(file) }

  var description: String {
    "\(slot.split(separator: "/").last ?? "") \(key) = \(value?.plain ?? "nothing") of \(commit.prefix(7))"
  }

  /// The same proposal with another value.
  func with(_ text: String) -> Paper {
    var copy = self
    switch value {
    case .text where key.hasPrefix("affects."):
      guard case .map(let pairs)? = proposed else { break }
      let other = YAMLValue.map(pairs.map { ($0.key, $0.key == "ask" ? .string(text) : $0.value) })
      copy.value = Meaning(other)
      copy.proposed = other
    case .text:
      copy.value = .text(text)
      copy.proposed = .string(text)
    case .cells(let cells) where key.hasPrefix("row "):
      copy.value = .cells(cells.mapValues { Double($0) == nil ? $0 : "\(text.utf8.count + 3)" })
    case .cells:
      copy.proposed = .map([("formula", .string("\(text.utf8.reduce(0) { $0 + Int($1) }) + 1"))])
    case nil: break
    }
    return copy
  }

  func name(after prefix: String) -> String? {
    key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
  }
}

enum Papers {
  /// What waits in some files, in order.
  static func all(in pages: Pages) -> [Paper] {
    pages.filter { $0.key.hasPrefix("proposals/") }.sorted { $0.key < $1.key }.flatMap { read($0.key, $0.value) }
  }

  static func read(_ path: String, _ page: Page) -> [Paper] {
    if let known = page.papers, known.first?.path ?? path == path { return known }
    let papers = parse(path, page)
    page.papers = papers
    return papers
  }

  private static func parse(_ path: String, _ page: Page) -> [Paper] {
    let document = YAMLDocument(parsing: page.bytes)
    guard let root = document.root, case .string(let file)? = YAMLValue(root)["file"] else { return [] }
    let value = YAMLValue(root)
    let commit: String
    switch value["commit"] {
    case .string(let text)?: commit = text
    case nil: return []
    case let other?: commit = Meaning.text(other)
    }
    let by = value["by"].map(Meaning.text).flatMap { Person($0) }
    let changes: [YAMLValue]
    if case .list(let items)? = value["changes"] { changes = items } else { changes = [value] }
    return changes.compactMap { change in
      guard case .string(let key)? = change["key"] else { return nil }
      let proposed = change["proposed"].flatMap { $0 == .null ? nil : $0 }
      return Paper(
        path: path, file: file, key: ownKey(key, file), value: meaning(proposed, key, file), proposed: proposed, by: by,
        commit: commit, comment: change["comment"].map(Meaning.text), because: value["because"].map(Meaning.text) ?? "")
    }
  }

  /// Rows of the free table go by their code alone, columns by their first names.
  static func ownKey(_ key: String, _ file: String) -> String {
    if key.hasPrefix("column ") { return "column " + Sheet.column(String(key.dropFirst(7))) }
    guard file == World.table, let code = tags(key)["code"] else { return key }
    return "row " + code
  }

  private static func tags(_ key: String) -> [String: String] {
    guard key.hasPrefix("row ") else { return [:] }
    return Dictionary(
      key.dropFirst(4).split(separator: ",").compactMap { part -> (String, String)? in
        let parts = part.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (Sheet.column(parts[0]), parts[1]) : nil
      }, uniquingKeysWith: { $1 })
  }

  private static func meaning(_ proposed: YAMLValue?, _ key: String, _ file: String) -> Meaning? {
    guard let proposed else { return nil }
    guard key == "calculation" || key.hasPrefix("row "), case .map(let pairs) = proposed else {
      if key.hasSuffix(" has " + Meaning.text(proposed)) || proposed == .bool(true) { return .text("there") }
      return Meaning(proposed)
    }
    var cells = Dictionary(
      pairs.map { (key == "calculation" ? $0.key : Sheet.column($0.key), Meaning.text($0.value)) },
      uniquingKeysWith: { $1 })
    if file == World.table { cells.merge(tags(key).filter { $0.key != "code" }) { one, _ in one } }
    return .cells(cells)
  }
}

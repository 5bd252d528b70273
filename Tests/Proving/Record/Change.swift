/// A key in which a commit differs from each of its parents.
struct Change: Hashable, CustomStringConvertible {
  let slot: String
  let key: String
  /// Nil where the key is gone.
  let value: Meaning?
  /// Where the file stands, or stood before it was removed.
  let path: String
  /// Whether it is part of making the file, and of a draft.
  var isMaking = false
  var isDraft = false
  /// Of a row, the columns that its version has.
  var columns: Set<String> = []

  var place: Place { Place(slot: slot, key: key) }
  var isRemovalOfFile: Bool { key == "file" && value == nil }
  var description: String { "\(place) = \(value?.plain ?? "nothing")" }
}

/// A key of a file, however it is moved.
struct Place: Hashable, CustomStringConvertible {
  let slot: String
  let key: String

  var description: String { "\(slot.split(separator: "/").suffix(2).joined(separator: "/")) \(key)" }
}

enum Changes {
  /// What a commit entered.
  static func of(_ node: Node) -> [Change] {
    if let known = node.changes { return known }
    let changes = node.parents.isEmpty ? [] : between(node.parents.map(\.pages), node.pages)
    node.changes = changes
    return changes
  }

  /// The keys in which files differ from each of some others.
  static func between(_ befores: [Pages], _ after: Pages) -> [Change] {
    var changes: [Change] = []
    for (path, page) in after where !path.hasPrefix("proposals/") {
      if befores.allSatisfy({ $0[path] !== page }) { changes += at(path, page, befores, after) }
    }
    guard let first = befores.first else { return changes }
    for path in first.keys where after[path] == nil && !path.hasPrefix("proposals/") {
      guard befores.allSatisfy({ $0[path] != nil }) else { continue }
      let hasMoved = World.paths(World.slot(path)).contains { other in
        after[other] != nil && befores.allSatisfy { $0[other] == nil && isMove(from: path, $0, to: other, after) }
      }
      if !hasMoved { changes.append(Change(slot: World.slot(path), key: "file", value: nil, path: path)) }
    }
    return changes.sorted { ($0.path, $0.key) < ($1.path, $1.key) }
  }

  private static func at(_ path: String, _ page: Page, _ befores: [Pages], _ after: Pages) -> [Change] {
    let slot = World.slot(path)
    let sheet = Sheet.of(path, page)
    let old = befores.map { before -> Sheet? in
      if let page = before[path] { return Sheet.of(path, page) }
      let former = World.paths(slot).first {
        $0 != path && before[$0] != nil && after[$0] == nil && isMove(from: $0, before, to: path, after)
      }
      return former.flatMap { name in before[name].map { Sheet.of(name, $0) } }
    }
    let isMaking = old.allSatisfy { $0 == nil }
    if !([sheet] + old).allSatisfy({ $0?.isReadable ?? true }) {
      // What cannot be read is one key whole.
      return [Change(slot: slot, key: "content", value: .text(page.text), path: path, isMaking: isMaking)]
    }
    let isDraft = sheet.values["status"] == .text("draft")
    var keys = Set(sheet.values.keys)
    for sheet in old { if let sheet { keys.formUnion(sheet.values.keys) } }
    var changes: [Change] = keys.compactMap { key in
      let value = sheet.values[key]
      guard old.allSatisfy({ !isSame(key, value, $0?.values[key], in: sheet) }) else { return nil }
      return Change(
        slot: slot, key: key, value: value, path: path, isMaking: isMaking, isDraft: isDraft, columns: sheet.columns)
    }
    if !isMaking, World.isDefinition(path), befores.allSatisfy({ $0[path] == nil }), let id = World.id(of: path) {
      changes.append(Change(slot: slot, key: "place", value: .text(id), path: path))
    }
    return changes
  }

  /// Whether a file that is under another name now has moved: actuals move with their definition alone.
  private static func isMove(from path: String, _ before: Pages, to other: String, _ after: Pages) -> Bool {
    guard World.isActuals(path) else { return true }
    return [(path, before), (other, after)].allSatisfy { path, pages in
      World.id(of: path).map { pages[World.definition($0)] != nil } ?? false
    }
  }

  /// Whether a key means the same; cells of columns that the newer version does not have do not count.
  static func isSame(_ key: String, _ newer: Meaning?, _ older: Meaning?, in sheet: Sheet) -> Bool {
    guard key.hasPrefix("row "), case .cells(let new)? = newer, case .cells(let old)? = older else {
      return newer == older
    }
    return new == old.filter { sheet.columns.contains($0.key) }
  }
}

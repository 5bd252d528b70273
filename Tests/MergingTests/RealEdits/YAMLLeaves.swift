import LedgerFiles

@testable import Merging

/// A YAML text taken apart without the code under test: each path to a scalar or list, by dots, and each comment.
struct YAMLLeaves {
  var values: [String: YAMLValue] = [:]
  var comments: Set<String> = []
  let parses: Bool

  private let isDefinition: Bool

  /// - Parameter isDefinition: whether `leads_to` and `affects` are merged by element.
  init(_ bytes: [UInt8], isDefinition: Bool = false) {
    self.isDefinition = isDefinition
    let document = YAMLDocument(parsing: bytes)
    parses = document.findings.isEmpty && document.root?.entries != nil
    if let root = document.root { add(YAMLValue(root), "") }
    comments = Set(Self.comments(bytes))
  }

  private mutating func add(_ value: YAMLValue, _ path: String) {
    if case .list(let items) = value, isDefinition, Self.addsUp(path, items) {
      for item in items {
        if case .string(let id)? = item["kpi"] { values[path + "." + id] = item }
        if case .string(let id) = item { values["\(path) has \(id)"] = .bool(true) }
      }
      if items.isEmpty { values[path] = value }
      return
    }
    guard case .map(let pairs) = value, !pairs.isEmpty || path.isEmpty else {
      values[path] = value
      return
    }
    for pair in pairs { add(pair.value, path.isEmpty ? pair.key : path + "." + pair.key) }
  }

  /// The fields at the top, in their order.
  static func fields(_ bytes: [UInt8]) -> [String] { YAMLDocument(parsing: bytes).root?.entries?.map(\.key) ?? [] }

  /// The lists of a definition that are merged by element.
  private static func addsUp(_ path: String, _ items: [YAMLValue]) -> Bool {
    path == "leads_to" || path == "affects" && items.allSatisfy { $0["kpi"] != nil }
  }

  /// What looks like a comment on a line of its own.
  private static func comments(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
      let text = line.drop(while: \.isWhitespace)
      guard text.hasPrefix("#") else { return nil }
      return CellText.trimmed(text.drop { $0 == "#" })
    }
  }

  /// The paths at which this version differs from an older one, removals included.
  func changed(from older: YAMLLeaves) -> [String] {
    Set(values.keys).union(older.values.keys).filter { values[$0] != older.values[$0] }.sorted()
  }

  /// What a merge lost of one side's changes, as sentences: a value or comment neither in the result nor held.
  static func losses(
    _ side: String, base: YAMLLeaves, changed: YAMLLeaves, other: YAMLLeaves, result: YAMLLeaves, held: [HeldChange]
  ) -> [String] {
    var losses: [String] = []
    for path in changed.changed(from: base) where result.values[path] != changed.values[path] {
      let isHeld = held.contains { proposes($0, changed.values[path], at: path) }
      // A value that became a map, or a map that became a value, shows at other paths.
      let isMapNow = changed.values[path] == nil && result.values.keys.contains { $0.hasPrefix(path + ".") }
      let isFilled = changed.values[path]?.isEmptyCollection == true
      if !isHeld && !isMapNow && !isFilled { losses.append("\(side)'s \(path)") }
    }
    let inHeld = held.flatMap { comments(in: $0) }
    let kept = result.comments.union(changed.comments.filter { comment in inHeld.contains { $0.hasSuffix(comment) } })
    let gone = base.comments.subtracting(other.comments)
    for comment in changed.comments.subtracting(kept).subtracting(gone).sorted() {
      losses.append("\(side)'s comment \(comment)")
    }
    return losses
  }

  private static func proposes(_ held: HeldChange, _ value: YAMLValue?, at path: String) -> Bool {
    if held.key.text == path { return held.proposed?.meaning == value || value == nil && held.proposed == nil }
    let isPart = path.hasPrefix(held.key.text + ".")
    guard isPart || held.key == .calculation else { return false }
    var found = held.proposed?.meaning
    let rest = isPart ? path.dropFirst(held.key.text.count + 1) : path[...]
    for part in rest.split(separator: ".") { found = found?[String(part)] }
    return found == value
  }

  private static func comments(in held: HeldChange) -> [String] {
    [held.proposed, held.insteadOf].compactMap { $0 }.flatMap {
      $0.comment.split(separator: "\n").map(String.init)
    }
  }
}

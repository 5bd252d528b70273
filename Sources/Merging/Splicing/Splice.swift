import LedgerFiles

/// Writes a merged file: the hub's text with the changed keys spliced in.
enum Splice {
  /// What became of writing a merged file.
  enum Result {
    /// The text; nil where there is no file.
    case text([UInt8]?)
    /// Keys that do not go into the text beside the others: their changes have to be held.
    case unfit([Key])
  }

  /// The text of a file as the merge left it, read back and found to mean what it should.
  static func write(_ file: FileLine) -> Result {
    if let whole = wholeSource(of: file) { return .text(whole.bytes) }
    guard !file.put.isEmpty else { return .text(file.hub?.bytes) }
    guard let base = file.hub ?? firstSource(of: file) else { return .text(nil) }
    let bytes = base.splicing(edits(of: file, base))
    switch fit(file, base.read(bytes)) {
    case .good: return .text(bytes)
    case .wrong(let keys): return .unfit(keys)
    case .strange: return .unfit(culprit(file).map { [$0] } ?? file.put.keys.sorted())
    }
  }

  /// Among how many keys the one is looked for with which the others do not go.
  private static let mostCulprits = 40

  /// The first key without which the text is as it should be: of a comment that stands before a field and the removal
  /// of that field, it is the removal.
  private static func culprit(_ file: FileLine) -> Key? {
    guard file.put.count > 1, file.put.count <= mostCulprits else { return nil }
    return file.put.keys.sorted().first { key in
      let others = file.without(key)
      guard let base = others.hub ?? firstSource(of: others) else { return false }
      if case .good = fit(others, base.read(base.splicing(edits(of: others, base)))) { return true }
      return false
    }
  }

  /// A version of a new file, or of one that the hub has not changed, that already is what the merge means: taken as
  /// it is, layout and all.
  private static func wholeSource(of file: FileLine) -> (any KeyedDocument)? {
    if let hub = file.hub {
      guard file.moved == nil, file.touches.allSatisfy({ $0.fork?.bytes == hub.bytes }) else { return nil }
    } else if file.put.isEmpty {
      return nil
    }
    return file.touches.reversed().lazy.compactMap(\.after).first { document in
      if case .good = fit(file, document) { true } else { false }
    }
  }

  private static func firstSource(of file: FileLine) -> (any KeyedDocument)? {
    file.put.sorted { ($0.value.commit, $0.key) < ($1.value.commit, $1.key) }.lazy.compactMap(\.value.source).first
  }

  /// What is to be done to the hub's text: values in the order of the documents they come from, then removals.
  private static func edits(of file: FileLine, _ base: any KeyedDocument) -> [Edit] {
    var taken: [Int: [Key]] = [:]
    var gone: [Key] = []
    for (key, put) in file.put where key != .place {
      if FileLine.value(key, in: put.source) == nil {
        gone.append(key)
      } else {
        taken[put.commit, default: []].append(key)
      }
    }
    var edits: [Edit] = []
    for touch in file.touches {
      guard let document = touch.after, let keys = taken[touch.commit] else { continue }
      edits += document.inOrder(keys).map {
        Edit(key: $0, source: document, isRevived: file.revived.contains($0))
      }
    }
    if file.hub == nil { gone += base.keys.filter { file.put[$0] == nil && $0 != .place } }
    return edits + gone.sorted().map { Edit(key: $0, source: nil) }
  }

  /// How a text agrees with what the merge means.
  private enum Fit {
    case good
    /// Keys of the merge do not stand in it as they should.
    case wrong([Key])
    /// A key differs from the hub's that the merge did not change.
    case strange
  }

  private static func fit(_ file: FileLine, _ result: (any KeyedDocument)?) -> Fit {
    guard let result else { return .strange }
    let wrong = file.put.filter { key, put in key != .place && !fits(key, put.source, result) }.keys
    if !wrong.isEmpty { return .wrong(wrong.sorted()) }
    let isStrange =
      if let hub = file.hub {
        result.changedKeys(from: hub).contains {
          file.put[$0] == nil && !isRevivedCell($0, file, result) && !isLeftEmpty($0, file, result)
        }
      } else {
        result.keys.contains { file.put[$0] == nil && $0 != .place }
      }
    return isStrange ? .strange : .good
  }

  /// Whether a key has in the result what it has in the version it was taken from, as far as both have its columns.
  private static func fits(_ key: Key, _ source: (any KeyedDocument)?, _ result: any KeyedDocument) -> Bool {
    guard let source, let wanted = source.value(key) else { return result.value(key) == nil }
    guard key.row != nil, let source = source as? CSVKeys, let table = result as? CSVKeys,
      source.columns != table.columns
    else { return result.value(key) == wanted }
    guard let found = result.value(key) else { return false }
    return only(source.columns, found) == only(table.columns, wanted)
  }

  private static func only(_ columns: [String], _ value: KeyValue) -> YAMLValue {
    guard case .map(let cells) = value.meaning else { return value.meaning }
    return .map(cells.filter { columns.contains($0.key) })
  }

  /// Whether a row of the hub differs by nothing but the cells of a column that came back.
  private static func isRevivedCell(_ key: Key, _ file: FileLine, _ result: any KeyedDocument) -> Bool {
    guard !file.revived.isEmpty, key.row != nil else { return false }
    return fits(key, file.hub, result)
  }

  /// Whether a key is the map or list that a removal left empty.
  private static func isLeftEmpty(_ key: Key, _ file: FileLine, _ result: any KeyedDocument) -> Bool {
    guard let value = result.value(key), value.meaning.isEmptyCollection, value.comment.isEmpty,
      file.hubValue(key) == nil
    else { return false }
    return file.put.contains { $0.value.source?.value($0.key) == nil && $0.key.holders.contains(key) }
  }
}

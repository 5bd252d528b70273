import LedgerFiles

/// Writes a merged file: the hub's text with the changed keys spliced in, or, where that did not give what was meant,
/// the keys written anew.
enum Splice {
  /// The text of a file as the merge left it; nil where there is no file.
  static func text(of file: FileLine) -> [UInt8]? {
    guard let base = file.hub ?? firstSource(of: file) else { return nil }
    if let whole = wholeSource(of: file, base) { return whole.bytes }
    let edits = edits(of: file)
    let spliced = base.splicing(edits)
    let wanted = values(of: file)
    if let read = base.read(spliced), matches(read, wanted) { return spliced }
    return base.written(wanted)
  }

  /// A version that already is what the merge means: taken as it is, layout and all.
  private static func wholeSource(of file: FileLine, _ base: any KeyedDocument) -> (any KeyedDocument)? {
    let wanted = values(of: file)
    return file.touches.reversed().lazy.compactMap(\.after).first { matches($0, wanted) && file.hub == nil }
  }

  private static func firstSource(of file: FileLine) -> (any KeyedDocument)? {
    file.put.sorted { ($0.value.commit, $0.key) < ($1.value.commit, $1.key) }.lazy.compactMap(\.value.source).first
  }

  /// What is to be done to the hub's text: values first, in the order of the documents they come from, then removals.
  private static func edits(of file: FileLine) -> [Edit] {
    var edits: [Edit] = []
    for touch in file.touches {
      guard let document = touch.after else { continue }
      edits += document.keys.filter { file.put[$0]?.commit == touch.commit }.map { Edit(key: $0, source: document) }
    }
    for (key, put) in file.put.sorted(by: { $0.key < $1.key }) where FileLine.value(key, in: put.source) == nil {
      edits.append(Edit(key: key, source: nil))
    }
    if file.hub == nil, let base = firstSource(of: file) {
      edits += base.keys.filter { file.put[$0] == nil }.map { Edit(key: $0, source: nil) }
    }
    return edits
  }

  /// Every key that the merged file is to have, in the order of the hub's file.
  static func values(of file: FileLine) -> [Wanted] {
    var met: Set<Key> = []
    let keys = (file.hub?.keys ?? []) + file.touches.flatMap { $0.after?.keys ?? [] }
    return keys.compactMap { key in
      guard met.insert(key).inserted, let value = file.value(key) else { return nil }
      return Wanted(key: key, value: value, source: file.source(of: key))
    }
  }

  private static func matches(_ document: any KeyedDocument, _ wanted: [Wanted]) -> Bool {
    document.keys.count == wanted.count
      && wanted.allSatisfy { isSame($0.value, in: $0.source, document.values[$0.key], in: document) }
  }
}

/// A key that a merged file is to have, and the document that it is taken from.
struct Wanted {
  let key: Key
  let value: KeyValue
  let source: (any KeyedDocument)?
}

import LedgerFiles

/// One element of a block list on its way into another version's list: its lines as they are, but for indentation.
struct ItemGraft {
  private let key: Key
  private let path: [String]
  private let index: Int
  private let source: YAMLKeys
  private let target: YAMLKeys

  init(key: Key, path: [String], index: Int, source: YAMLKeys, target: YAMLKeys) {
    self.key = key
    self.path = path
    self.index = index
    self.source = source
    self.target = target
  }

  /// Where the target has the element already.
  var place: Int? {
    if case .item(_, let index)? = target.place(of: key) { index } else { nil }
  }

  /// Where it goes: in its own place; else behind the nearest element before it that both have, else before the
  /// nearest behind it, else to the end.
  var position: Int {
    if let place { return place }
    let siblings = source.keys.filter { isItem(source.place(of: $0)) }
    guard let own = siblings.firstIndex(of: key) else { return 0 }
    for sibling in siblings[..<own].reversed() {
      if case .item(let list, let index)? = target.place(of: sibling), list == path { return index + 1 }
    }
    for sibling in siblings[(own + 1)...] {
      if case .item(let list, let index)? = target.place(of: sibling), list == path { return index }
    }
    return target.document.node(at: path)?.items?.count ?? 0
  }

  private func isItem(_ place: YAMLKeys.Place?) -> Bool {
    if case .item(let list, _)? = place { list == path } else { false }
  }

  /// The target's text with the element; nil where it does not go in by its lines.
  func bytes() -> [UInt8]? {
    let (theirs, ours) = (source.document, target.document)
    guard let from = theirs.node(at: path), let to = ours.node(at: path), from.style == .block, to.style == .block,
      let items = to.items, let item = from.items?[index]
    else { return nil }
    let shift =
      TextLines.column(of: to.range.lowerBound, in: ours.bytes)
      - TextLines.column(of: from.range.lowerBound, in: theirs.bytes)
    var text = TextLines.withEndings(of: ours.bytes, TextLines.shifted(theirs.bytes[item.extent], by: shift))
    if text.last != 0x0A { text += TextLines.ending(of: ours.bytes) }
    var range = items[min(position, items.count - 1)].extent
    if place == nil {
      range = position < items.count ? range.lowerBound..<range.lowerBound : range.upperBound..<range.upperBound
    }
    if range.lowerBound > 0, ours.bytes[range.lowerBound - 1] != 0x0A { text = TextLines.ending(of: ours.bytes) + text }
    var bytes = ours.bytes
    bytes.replaceSubrange(range, with: text)
    return isRight(bytes) ? bytes : nil
  }

  private func isRight(_ bytes: [UInt8]) -> Bool {
    guard let result = target.read(bytes) as? YAMLKeys else { return false }
    return result.value(key) == source.value(key)
      && result.changedKeys(from: target).allSatisfy { $0 == key }
  }
}

/// A version of a file, the same object wherever a history has the same text, so that versions are compared at no cost.
final class Page {
  let bytes: [UInt8]
  /// What the record reads in it, filled in when it is asked for.
  var sheet: Sheet?
  var papers: [Paper]?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

typealias Pages = [String: Page]

/// The pages of a history.
final class Shelf {
  private var pages: [[UInt8]: Page]

  init(_ first: Pages) { pages = Dictionary(first.values.map { ($0.bytes, $0) }, uniquingKeysWith: { one, _ in one }) }

  func page(_ bytes: [UInt8]) -> Page {
    if let known = pages[bytes] { return known }
    let page = Page(bytes)
    pages[bytes] = page
    return page
  }
}

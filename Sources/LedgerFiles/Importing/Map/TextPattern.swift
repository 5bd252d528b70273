/// A text in which `*` stands for any characters.
struct TextPattern: Hashable, Sendable {
  private let parts: [[UInt8]]

  init(_ text: String) {
    parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
  }

  /// Whether the whole text fits.
  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return bytes == parts.first }
    guard bytes.count >= first.count + last.count, bytes.starts(with: first),
      bytes[(bytes.count - last.count)...].elementsEqual(last)
    else { return false }
    var index = first.count
    let end = bytes.count - last.count
    for part in parts.dropFirst().dropLast() {
      guard let found = Self.find(part, in: bytes, from: index, to: end) else { return false }
      index = found + part.count
    }
    return true
  }

  /// What a pattern's one `*` stands for in a text; nil where the text does not fit.
  func star(in text: String) -> String? {
    guard parts.count == 2, matches(text) else { return nil }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[parts[0].count..<(bytes.count - parts[1].count)], as: UTF8.self)
  }

  private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    var index = start
    while index + part.count <= end {
      if bytes[index..<(index + part.count)].elementsEqual(part) { return index }
      index += 1
    }
    return nil
  }
}

/// A text with names in braces, as `{department}-operations`.
enum TextTemplate {
  /// The names in braces, in every text of a value.
  static func names(in value: YAMLValue) -> [String] {
    switch value {
    case .string(let text): pieces(text).compactMap { $0.isName ? $0.text : nil }
    case .list(let items): items.flatMap(names)
    case .map(let pairs): pairs.flatMap { names(in: $0.value) }
    default: []
    }
  }

  /// The value with what each name stands for in its place.
  static func filled(_ value: YAMLValue, _ meaning: (String) -> String) -> YAMLValue {
    switch value {
    case .string(let text):
      .string(pieces(text).map { $0.isName ? meaning($0.text) : $0.text }.joined())
    case .list(let items): .list(items.map { filled($0, meaning) })
    case .map(let pairs): .map(pairs.map { ($0.key, filled($0.value, meaning)) })
    default: value
    }
  }

  private static func pieces(_ text: String) -> [(text: String, isName: Bool)] {
    var pieces: [(text: String, isName: Bool)] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      pieces.append((String(rest[..<open]), false))
      pieces.append((String(rest[rest.index(after: open)..<close]), true))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append((String(rest), false))
    return pieces
  }
}

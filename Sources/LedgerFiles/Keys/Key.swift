/// The unit of merging (DESIGN section 5), spelt as proposals spell it: `owner`, `calculation`, `targets.2026-Q3`,
/// `row 2026-03`, `note 2026-03`, `column won`, `leads_to has sales/new-orders`, `file`.
public struct Key: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The key as proposals spell it.
  public let text: String

  /// A key spelt like this.
  public init(_ text: String) { self.text = text }

  /// That the file exists.
  public static let file = Key("file")
  /// The whole content of a file that has no smaller keys.
  public static let content = Key("content")
  /// The comments at the head of a file, apart from any key.
  public static let head = Key("comment at the top")
  /// The comments at the end of a file.
  public static let foot = Key("comment at the end")
  /// Everything that together decides a KPI's figure.
  public static let calculation = Key("calculation")

  /// A field, or a path of fields into nested maps.
  public static func path(_ parts: [String]) -> Key {
    if parts.count == 1, let name = parts.first {
      return Key(isReserved(name) ? "\"\(name)\"" : quoted(name))
    }
    return Key(parts.map(quoted).joined(separator: "."))
  }

  /// Which id a KPI has, and so where its files stand.
  public static let place = Key("place")
  /// That a period is closed, with all that the close says.
  public static let close = Key("close")

  /// One element of a set.
  public static func element(_ item: String, of set: String) -> Key { Key("\(path([set])) has \(item)") }
  /// A row's values and status, by the row's name.
  public static func row(_ key: String) -> Key { Key("row \(key)") }
  /// A row's note.
  public static func note(_ key: String) -> Key { Key("note \(key)") }
  /// A column, by the name that it had first: what it is called now is the key's value.
  public static func column(_ name: String) -> Key { Key("column \(name)") }

  public var description: String { text }

  public static func < (one: Key, other: Key) -> Bool { one.text < other.text }

  /// What follows a prefix of the key's text; nil where it has another.
  public func rest(of prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// The name of the row whose values the key is; nil for other keys.
  public var row: String? { rest(of: "row ") }
  /// The name of the row whose note the key is; nil for other keys.
  public var note: String? { rest(of: "note ") }
  /// The first name of the column that the key is; nil for other keys.
  public var column: String? { rest(of: "column ") }

  /// The top-level field of a YAML file that the key is of or in; nil for `file`, `calculation` and keys of other files.
  public var field: String? {
    guard row == nil, note == nil, column == nil, self != .file, self != .content, self != .calculation, self != .place,
      self != .close
    else {
      return nil
    }
    guard text.hasPrefix("\"") else {
      return String(text.prefix { $0 != "." && $0 != " " })
    }
    var name = ""
    var isEscaped = false
    for character in text.dropFirst() {
      if character == "\"" && !isEscaped { break }
      if isEscaped && character != "\"" { name.append("\\") }
      isEscaped = character == "\\"
      if !isEscaped { name.append(character) }
    }
    return name
  }

  /// Keys whose words a field's name must not be taken for.
  private static func isReserved(_ name: String) -> Bool {
    switch name {
    case "file", "content", "calculation", "place", "close": true
    default: false
    }
  }

  private static func quoted(_ part: String) -> String {
    if !part.isEmpty, part.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2E && $0 != 0x22 }) { return part }
    let isPlain = !part.isEmpty && !part.contains { $0 == "." || $0 == " " || $0 == "\"" || $0.isNewline }
    if isPlain { return part }
    return "\"" + part.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }
}

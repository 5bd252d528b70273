/// The unit of merging (DESIGN section 5), spelt as proposals spell it: `owner`, `calculation`, `targets.2026-Q3`,
/// `row 2026-03`, `note 2026-03`, `column won`, `leads_to has sales/new-orders`, `file`.
public struct Key: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

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
    Key(parts.map(quoted).joined(separator: "."))
  }

  /// One element of a set.
  public static func element(_ item: String, of set: String) -> Key { Key("\(set) has \(item)") }
  public static func row(_ key: String) -> Key { Key("row \(key)") }
  public static func note(_ key: String) -> Key { Key("note \(key)") }
  public static func column(_ name: String) -> Key { Key("column \(name)") }

  public var description: String { text }

  public static func < (one: Key, other: Key) -> Bool { one.text < other.text }

  private static func quoted(_ part: String) -> String {
    let plain = !part.isEmpty && !part.contains { $0 == "." || $0 == " " || $0 == "\"" || $0.isNewline }
    return plain ? part : "\"" + part.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }
}

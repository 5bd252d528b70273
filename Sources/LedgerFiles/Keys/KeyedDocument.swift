/// What a key has in a file: its meaning, and the comments that belong to it.
public struct KeyValue: Hashable, Sendable {
  /// The value, whatever its layout.
  public var meaning: YAMLValue
  /// The text of the comments, one a line; empty where there are none.
  public var comment: String

  /// A value with its comments.
  public init(_ meaning: YAMLValue, comment: String = "") {
    self.meaning = meaning
    self.comment = comment
  }
}

/// A file taken as its keys (DESIGN section 5: "a file is its keys").
///
/// Documents that are compared with each other are of one type and cut alike: `FileKind` sees to it.
public protocol KeyedDocument {
  /// The text.
  var bytes: [UInt8] { get }
  /// The keys in the order of the file, without `file`.
  var keys: [Key] { get }
  /// What a key has here; nil where the file has no such key.
  func value(_ key: Key) -> KeyValue?
  /// Whether a key means here what it means in an older version.
  func isSame(_ key: Key, as older: any KeyedDocument) -> Bool
  /// The keys in which this version differs from an older one: its own in its order, then those that are gone.
  func changedKeys(from older: any KeyedDocument) -> [Key]
  /// Some of the document's keys in its order.
  func inOrder(_ keys: [Key]) -> [Key]
  /// The keys that stand on some lines, counted from 1.
  func keys(onLines lines: Set<Int>) -> [Key]
  /// The same kind of file read from other bytes; nil where they do not parse.
  func read(_ bytes: [UInt8]) -> (any KeyedDocument)?
}

extension KeyedDocument {
  /// Whether a key has the same value and comments in both.
  public func isSame(_ key: Key, as older: any KeyedDocument) -> Bool { value(key) == older.value(key) }

  /// Compares key by key.
  public func changedKeys(from older: any KeyedDocument) -> [Key] {
    keys.filter { !isSame($0, as: older) } + older.keys.filter { value($0) == nil }
  }

  /// All of them: nothing smaller is known to stand anywhere.
  public func keys(onLines lines: Set<Int>) -> [Key] { keys }

  /// Some of the keys in the order of the file.
  public func inOrder(_ keys: [Key]) -> [Key] {
    let wanted = Set(keys)
    return self.keys.filter(wanted.contains)
  }
}

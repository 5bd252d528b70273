import LedgerFiles

/// What a key has in a file: its meaning, and the comments that belong to it.
struct KeyValue: Hashable, Sendable {
  var meaning: YAMLValue
  var comment: String

  init(_ meaning: YAMLValue, comment: String = "") {
    self.meaning = meaning
    self.comment = comment
  }
}

/// A file taken as its keys (DESIGN section 5: "a file is its keys").
///
/// Documents that are compared with each other are of one type and cut alike: `FileKind` sees to it.
protocol KeyedDocument {
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
  /// This file's text with some keys as other documents have them: everything else stays as it is, byte for byte.
  func splicing(_ edits: [Edit]) -> [UInt8]
  /// The same kind of file read from other bytes; nil where they do not parse.
  func read(_ bytes: [UInt8]) -> (any KeyedDocument)?
}

/// One key of a merged file that is not as it is at the hub.
struct Edit {
  let key: Key
  /// The document that has the value in force; nil where the key is not to be there.
  let source: (any KeyedDocument)?
  /// For a column: whether it comes back to rows which the hub has without it.
  var isRevived = false
}

extension KeyedDocument {
  func isSame(_ key: Key, as older: any KeyedDocument) -> Bool { value(key) == older.value(key) }

  func changedKeys(from older: any KeyedDocument) -> [Key] {
    keys.filter { !isSame($0, as: older) } + older.keys.filter { value($0) == nil }
  }

  func inOrder(_ keys: [Key]) -> [Key] {
    let wanted = Set(keys)
    return self.keys.filter(wanted.contains)
  }
}

/// Whether a key means the same in a newer and an older version of a file; nil is no file.
func isSame(_ key: Key, _ newer: (any KeyedDocument)?, as older: (any KeyedDocument)?) -> Bool {
  guard let newer, let older else {
    return FileLine.value(key, in: newer) == nil && FileLine.value(key, in: older) == nil
  }
  return key == .file || newer.isSame(key, as: older)
}

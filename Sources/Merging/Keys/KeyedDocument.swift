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
protocol KeyedDocument {
  var bytes: [UInt8] { get }
  /// The keys in the order of the file, without `file`.
  var keys: [Key] { get }
  var values: [Key: KeyValue] { get }
  /// Columns, for a file that has them: a cell of a column that was taken away is no change of its row.
  var columns: Set<String>? { get }

  /// This file's text with some keys as other documents have them: everything else stays as it is, byte for byte.
  /// - Parameter edits: by key, the document to take it from; nil removes it. In the order to apply them.
  func splicing(_ edits: [Edit]) -> [UInt8]
  /// A file of the same kind made of nothing but the given keys, where splicing did not give what was meant.
  func written(_ values: [Wanted]) -> [UInt8]
  /// The same kind of file read from other bytes; nil where they do not parse.
  func read(_ bytes: [UInt8]) -> (any KeyedDocument)?
}

extension KeyedDocument {
  var columns: Set<String>? { nil }
}

/// One key of a merged file that is not as it is at the hub.
struct Edit {
  let key: Key
  /// The document that has the value in force; nil where the key is not to be there.
  let source: (any KeyedDocument)?
}

/// Whether a key means the same in a newer and an older version of a file.
///
/// Cells of a column that the newer version no longer has do not count: taking a column away is a change of the key
/// `column`, and the rows of somebody else must not be held for it.
func isSame(_ newer: KeyValue?, in newerDocument: (any KeyedDocument)?, _ older: KeyValue?, in _: (any KeyedDocument)?)
  -> Bool
{
  if newer == older { return true }
  guard let newer, let older, let columns = newerDocument?.columns, newer.comment == older.comment,
    case .map(let new) = newer.meaning, case .map(let old) = older.meaning
  else { return false }
  let kept = old.filter { columns.contains($0.key) }
  return YAMLValue.map(new) == YAMLValue.map(kept)
}

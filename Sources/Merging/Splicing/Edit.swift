import LedgerFiles

/// One key of a merged file that is not as it is at the hub.
struct Edit {
  let key: Key
  /// The document that has the value in force; nil where the key is not to be there.
  let source: (any KeyedDocument)?
  /// For a column: whether it comes back to rows which the hub has without it.
  var isRevived = false
}

extension KeyedDocument {
  /// This file's text with some keys as other documents have them: everything else stays as it is, byte for byte.
  func splicing(_ edits: [Edit]) -> [UInt8] {
    switch self {
    case let yaml as YAMLKeys: return YAMLSplice.text(of: yaml, with: edits)
    case let table as CSVKeys: return CSVSplice.text(of: table, with: edits)
    default: return edits.last { $0.key == .content }?.source?.bytes ?? bytes
    }
  }
}

/// Whether a key means the same in a newer and an older version of a file; nil is no file.
func isSame(_ key: Key, _ newer: (any KeyedDocument)?, as older: (any KeyedDocument)?) -> Bool {
  guard let newer, let older else {
    return FileLine.value(key, in: newer) == nil && FileLine.value(key, in: older) == nil
  }
  return key == .file || newer.isSame(key, as: older)
}

import History
import LedgerFiles
import LedgerModel

/// One line of an audit's table: a change, or all of a new file.
struct AuditLine {
  let entry: AuditEntry
  /// How many values came with a new file; nil for a single change.
  var gathered: Int?

  /// The lines of entries; the keys of a new file that came with it are one line.
  static func lines(of entries: [AuditEntry], gathersNewFiles: Bool) -> [AuditLine] {
    var lines: [AuditLine] = []
    for entry in entries {
      guard gathersNewFiles, entry.isNewFile else {
        lines.append(AuditLine(entry: entry))
        continue
      }
      let value = isValue(entry.key) ? 1 : 0
      if let last = lines.indices.last, let count = lines[last].gathered, lines[last].entry.file == entry.file,
        lines[last].entry.commit == entry.commit
      {
        lines[last].gathered = count + value
      } else {
        lines.append(AuditLine(entry: entry, gathered: value))
      }
    }
    return lines
  }

  /// Whether a key holds something that somebody entered, and not what goes with it.
  private static func isValue(_ key: Key) -> Bool {
    key != .file && key.column == nil && !key.text.hasPrefix("comment ")
  }

  var change: String {
    if let gathered { return "new, with \(gathered) \(gathered == 1 ? "value" : "values")" }
    if entry.key == .file { return entry.to == nil ? "removed" : "new" }
    return ValueText.change(from: entry.from, to: entry.to)
  }
}

extension AuditEntry {
  /// Who entered it, and whether somebody else says so.
  var who: String { isVerified || sync == nil ? by.name : "\(by.name) (as \(broughtBy.name) says, who sent it)" }

  /// The first line of its message.
  var why: String { String(message.prefix { !$0.isNewline }) }
}

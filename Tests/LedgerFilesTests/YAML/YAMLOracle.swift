import LedgerFiles
import Yams

/// Yams (libyaml) as a second opinion on structure and content; it resolves scalars by another schema, so texts are
/// compared.
enum YAMLOracle {
  /// The first difference between what Yams and we read, or nil; a text that Yams refuses gives "refused".
  static func difference(_ text: String, _ node: YAMLNode?) -> String? {
    do {
      guard let theirs = try Yams.compose(yaml: text) else { return node == nil ? nil : "nothing there" }
      if node == nil, theirs.scalar?.string.isEmpty == true { return nil }
      return difference(theirs, node, "")
    } catch { return "refused" }
  }

  /// Whether Yams reads the text at all, as one document.
  static func accepts(_ text: String) -> Bool {
    do {
      _ = try Yams.compose(yaml: text)
      return true
    } catch { return false }
  }

  private static func difference(_ theirs: Yams.Node, _ ours: YAMLNode?, _ path: String) -> String? {
    guard let ours else { return "\(path): nothing, not \(theirs)" }
    switch (theirs, ours.kind) {
    case (.scalar(let one), .scalar(let other)):
      return one.string == other.text
        ? nil : "\(path): \(other.text.debugDescription), not \(one.string.debugDescription)"
    case (.mapping(let one), .mapping(let entries, _)):
      guard one.count == entries.count else { return "\(path): \(entries.map(\.key)), not \(one.keys)" }
      for (pair, entry) in zip(one, entries) {
        guard pair.key.scalar?.string == entry.key else { return "\(path): key \(entry.key), not \(pair.key)" }
        if let found = difference(pair.value, entry.value, "\(path)/\(entry.key)") { return found }
      }
      return nil
    case (.sequence(let one), .sequence(let items, _)):
      guard one.count == items.count else { return "\(path): \(items.count) items, not \(one.count)" }
      for (index, (their, item)) in zip(one, items).enumerated() {
        if let found = difference(their, item.value, "\(path)/\(index)") { return found }
      }
      return nil
    default: return "\(path): another kind of node"
    }
  }
}

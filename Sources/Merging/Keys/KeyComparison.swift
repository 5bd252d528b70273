public import LedgerFiles
import LedgerModel

/// Compares versions of one file key by key.
public enum KeyComparison {
  /// A key that an edit has as an old version had it, while the current version has another value.
  public struct PutBack: Hashable, Sendable {
    public let key: Key
    public let old: HeldValue?
    public let current: HeldValue?
  }

  /// The keys by which an edited file would put old values back.
  public static func putBack(path: String, edited: [UInt8], current: [UInt8], old: [UInt8]) -> [PutBack] {
    let read = read(path, ["old": old, "edited": edited, "current": current], from: "old")
    guard let edited = read["edited"], let current = read["current"], let old = read["old"] else { return [] }
    return edited.changedKeys(from: current).filter { edited.isSame($0, as: old) }.map { key in
      PutBack(
        key: key, old: edited.value(key).map(HeldValue.init), current: current.value(key).map(HeldValue.init))
    }
  }

  /// The keys in which two versions of a file differ, in the order of the newer.
  public static func changed(path: String, from old: [UInt8]?, to new: [UInt8]?) -> [Key] {
    guard let old, let new else { return old == nil && new == nil ? [] : [.file] }
    let read = read(path, ["old": old, "new": new], from: "old")
    guard let older = read["old"], let newer = read["new"] else { return [] }
    return newer.changedKeys(from: older)
  }

  /// What a key has in a file; nil where it has nothing.
  public static func value(_ key: Key, path: String, in bytes: [UInt8]) -> YAMLValue? {
    read(path, ["only": bytes], from: "only")["only"]?.value(key)?.meaning
  }

  private static func read(_ path: String, _ contents: [String: [UInt8]], from old: String)
    -> [String: any KeyedDocument]
  {
    let shape: RowShape =
      switch LedgerPath(path) {
      case .actuals: .actuals(dimensions: [])
      case .rates: .keyed(["period"])
      default: .allButLast
      }
    let steps = contents.keys.sorted().filter { $0 != old }.map { (older: old, newer: $0) }
    return FileVersions(contents: contents, steps: steps).read(path: path, rowShape: shape).documents
  }
}

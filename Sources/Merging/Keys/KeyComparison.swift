import LedgerFiles
public import LedgerModel

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
    let read = documents(path, [edited, current, old])
    let (edited, current, old) = (read[0], read[1], read[2])
    return keys(of: [edited, current, old]).compactMap { key in
      let value = edited.values[key]
      guard isSame(value, in: edited, old.values[key], in: old),
        !isSame(value, in: edited, current.values[key], in: current)
      else { return nil }
      return PutBack(key: key, old: value.map(HeldValue.init), current: current.values[key].map(HeldValue.init))
    }
  }

  /// The keys in which two versions of a file differ, in the order of the newer.
  public static func changed(path: String, from old: [UInt8]?, to new: [UInt8]?) -> [Key] {
    let versions = [new, old].compactMap(\.self)
    let read = documents(path, versions)
    guard let first = read.first else { return [] }
    guard read.count == 2 else { return [.file] }
    return keys(of: read).filter { !isSame(first.values[$0], in: first, read[1].values[$0], in: read[1]) }
  }

  private static func documents(_ path: String, _ versions: [[UInt8]]) -> [any KeyedDocument] {
    let shape: RowShape =
      switch LedgerPath(path) {
      case .actuals: .actuals(dimensions: [])
      case .rates: .keyed(["period"])
      default: .allButValue
      }
    let read = Documents.read(
      path: path, rowShape: shape, Dictionary(uniqueKeysWithValues: zip(versions.indices, versions)))
    return versions.indices.compactMap { read[$0] }
  }

  private static func keys(of documents: [any KeyedDocument]) -> [Key] {
    var met: Set<Key> = []
    return documents.flatMap(\.keys).filter { met.insert($0).inserted }
  }
}

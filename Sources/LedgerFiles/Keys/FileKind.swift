import LedgerModel

/// What a file is read as. All versions of a file that are merged are read alike, so that their keys mean the same.
public enum FileKind: Hashable, Sendable {
  case yaml(Shape)
  case csv(RowLayout, delimiter: UInt8)
  /// Of unknown kind, or one version does not parse: its content is one key.
  case whole

  /// The document that bytes are; a version that does not parse as the others do is one key whole.
  public func document(_ bytes: [UInt8]) -> any KeyedDocument {
    switch self {
    case .yaml(let shape): YAMLKeys(bytes, shape: shape) ?? WholeFile(bytes)
    case .csv(let layout, let delimiter): CSVKeys(bytes, layout: layout, delimiter: delimiter) ?? WholeFile(bytes)
    case .whole: WholeFile(bytes)
    }
  }
}

/// Versions of one file, with all of which one kind has to go.
public struct FileVersions<ID: Hashable> {
  /// By an id of the caller's, each version's bytes.
  public let contents: [ID: [UInt8]]
  /// Which version was made from which, as far as it is known.
  public let steps: [(older: ID, newer: ID)]
  /// Versions that were made at the same time.
  public let peers: [(hub: ID, local: ID)]

  /// Versions with what is known of how they came about: renamed columns are found along the steps, and between peers.
  public init(contents: [ID: [UInt8]], steps: [(older: ID, newer: ID)], peers: [(hub: ID, local: ID)] = []) {
    self.contents = contents
    self.steps = steps
    self.peers = peers
  }

  /// The versions as documents of one kind.
  public func read(path: String, rowShape: RowShape) -> (kind: FileKind, documents: [ID: any KeyedDocument]) {
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      let shape = Shape.of(LedgerPath(path))
      if let documents = all({ YAMLKeys($0, shape: shape) }) { return (.yaml(shape), documents) }
    } else if path.hasSuffix(".csv"), let read = tables(rowShape) {
      return read
    }
    return (.whole, contents.mapValues { WholeFile($0) })
  }

  private func all(_ read: ([UInt8]) -> (any KeyedDocument)?) -> [ID: any KeyedDocument]? {
    var documents: [ID: any KeyedDocument] = [:]
    for (id, bytes) in contents {
      guard let document = read(bytes) else { return nil }
      documents[id] = document
    }
    return documents
  }

  private func tables(_ shape: RowShape) -> (kind: FileKind, documents: [ID: any KeyedDocument])? {
    let delimiter = delimiter
    let tables = contents.mapValues { CSVTable(parsing: $0, delimiter: delimiter) }
    guard tables.values.allSatisfy({ $0.faults.isEmpty && $0.headerRow != nil && !$0.header.contains("") }) else {
      return nil
    }
    let versions = TableVersions(tables: tables, steps: steps, peers: peers)
    let layout = RowLayout(shape, versions)
    let documents = tables.mapValues { CSVKeys($0, layout: layout) }
    if documents.values.contains(where: { !$0.repeatedRows.isEmpty }), let wider = layout.withDimensions(of: versions) {
      return (.csv(wider, delimiter: delimiter), tables.mapValues { CSVKeys($0, layout: wider) })
    }
    return (.csv(layout, delimiter: delimiter), documents)
  }

  /// The delimiter that gives each version columns.
  private var delimiter: UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let fits = candidates.first { delimiter in
      contents.values.allSatisfy { bytes in bytes.prefix { $0 != 0x0A && $0 != 0x0D }.contains(delimiter) }
    }
    return fits ?? candidates[0]
  }
}

/// A file of unknown kind, or one that does not parse: its content is one key.
public struct WholeFile: KeyedDocument {
  public let bytes: [UInt8]

  /// The file of these bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var keys: [Key] { [.content] }

  public func value(_ key: Key) -> KeyValue? {
    key == .content ? KeyValue(.string(String(decoding: bytes, as: UTF8.self))) : nil
  }

  public func isSame(_ key: Key, as older: any KeyedDocument) -> Bool {
    key == .content && older is WholeFile ? bytes == older.bytes : value(key) == older.value(key)
  }

  public func read(_ bytes: [UInt8]) -> (any KeyedDocument)? { WholeFile(bytes) }
}

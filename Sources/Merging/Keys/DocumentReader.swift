import LedgerFiles
import LedgerModel

/// Reads the versions of a file as keys, all of one kind: where one of them does not parse, each is one key whole.
final class DocumentReader {
  private let history: any LedgerHistory
  /// The commits in which to look for the definition that names an actuals file's dimensions.
  private let definitionsFrom: [ContentID]
  private let rowShape: RowShape?
  private var rowShapes: [String: RowShape] = [:]

  /// - Parameter rowShape: how the rows of every CSV file are told apart; nil takes what their paths say.
  init(history: any LedgerHistory, definitionsFrom: [ContentID], rowShape: RowShape? = nil) {
    self.history = history
    self.rowShape = rowShape
    self.definitionsFrom = definitionsFrom
  }

  /// The documents of some contents of a file, in their order; nil stands for nil.
  func read(_ path: String, _ contents: [ContentID?]) throws -> [(any KeyedDocument)?] {
    var distinct: [ContentID: [UInt8]] = [:]
    for case .some(let content) in contents where distinct[content] == nil {
      distinct[content] = try history.bytes(of: content)
    }
    let parsed = try Documents.read(path: path, rowShape: rowShape(of: path), distinct)
    return contents.map { $0.flatMap { parsed[$0] } }
  }

  private func rowShape(of path: String) throws -> RowShape {
    if let rowShape { return rowShape }
    guard path.hasSuffix(".csv") else { return .allButValue }
    if let known = rowShapes[path] { return known }
    let shape: RowShape
    switch LedgerPath(path) {
    case .actuals(let id): shape = .actuals(dimensions: try dimensions(of: id))
    case .rates: shape = .keyed(["period"])
    default: shape = .allButValue
    }
    rowShapes[path] = shape
    return shape
  }

  private func dimensions(of id: KPIID) throws -> [String] {
    for commit in definitionsFrom {
      guard let content = try history.content(of: id.definitionPath, in: commit) else { continue }
      let document = YAMLDocument(parsing: try history.bytes(of: content))
      guard let node = document.node(at: ["dimensions"]), case .list(let items) = YAMLValue(node) else { return [] }
      return items.compactMap { if case .string(let name) = $0 { name } else { nil } }
    }
    return []
  }
}

/// Which kind of keyed document a file is.
enum Documents {
  /// The documents of some contents of one file, all of one kind.
  static func read<ID: Hashable>(path: String, rowShape: RowShape, _ contents: [ID: [UInt8]])
    -> [ID: any KeyedDocument]
  {
    func all(_ read: ([UInt8]) -> (any KeyedDocument)?) -> [ID: any KeyedDocument]? {
      var documents: [ID: any KeyedDocument] = [:]
      for (id, bytes) in contents {
        guard let document = read(bytes) else { return nil }
        documents[id] = document
      }
      return documents
    }
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      let shape = Shape.of(LedgerPath(path))
      if let documents = all({ YAMLKeys($0, shape: shape) }) { return documents }
    } else if path.hasSuffix(".csv") {
      if let documents = tables(contents, rowShape) { return documents }
    }
    return contents.mapValues { WholeFile($0) }
  }

  /// The versions as tables, cut alike; nil where one of them is no table.
  private static func tables<ID: Hashable>(_ contents: [ID: [UInt8]], _ shape: RowShape) -> [ID: any KeyedDocument]? {
    let tables = contents.mapValues(table)
    guard tables.values.allSatisfy({ $0.faults.isEmpty && $0.headerRow != nil }) else { return nil }
    let layout = RowLayout(shape, headers: tables.values.map(\.header).sorted { $0.lexicographicallyPrecedes($1) })
    return tables.mapValues { CSVKeys($0, layout: layout) }
  }

  /// A table, with the delimiter that gives it columns.
  private static func table(_ bytes: [UInt8]) -> CSVTable {
    let table = CSVTable(parsing: bytes)
    guard table.header.count < 2 else { return table }
    for delimiter in [UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      let other = CSVTable(parsing: bytes, delimiter: delimiter)
      if other.header.count > 1 { return other }
    }
    return table
  }
}

/// A file of unknown kind, or one that does not parse: its content is one key.
struct WholeFile: KeyedDocument {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var keys: [Key] { [.content] }
  var values: [Key: KeyValue] { [.content: KeyValue(.string(String(decoding: bytes, as: UTF8.self)))] }

  func splicing(_ edits: [Edit]) -> [UInt8] {
    edits.last { $0.key == .content }?.source?.bytes ?? bytes
  }

  func written(_ values: [Wanted]) -> [UInt8] { bytes }
  func read(_ bytes: [UInt8]) -> (any KeyedDocument)? { WholeFile(bytes) }
}

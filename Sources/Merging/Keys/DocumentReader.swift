import LedgerFiles
import LedgerModel

/// Reads the versions of a ledger's files as keys. The first reading of a file decides what kind it is read as.
final class DocumentReader {
  private let history: any LedgerHistory
  /// The commits in which to look for the definition that names an actuals file's dimensions.
  private let definitionsFrom: [ContentID]
  private let rowShape: RowShape?
  private var kinds: [String: FileKind]
  /// What was read last: provenance asks for the same versions again and again.
  private var recent = RecentDocuments()

  /// - Parameter rowShape: how the rows of every CSV file are told apart; nil takes what their paths say.
  init(history: any LedgerHistory, definitionsFrom: [ContentID], rowShape: RowShape? = nil) {
    self.history = history
    self.rowShape = rowShape
    self.definitionsFrom = definitionsFrom
    kinds = [:]
  }

  /// A reader for a merge of the past that reads what this one has read in the same way.
  func reader(definitionsFrom commits: [ContentID]) -> DocumentReader {
    let reader = DocumentReader(history: history, definitionsFrom: commits, rowShape: rowShape)
    reader.kinds = kinds
    return reader
  }

  /// The documents of some contents of a file, in their order; nil stands for nil.
  /// - Parameters:
  ///   - steps: which of them was made from which, by place.
  ///   - peers: which of them were made at the same time.
  func read(
    _ path: String, _ contents: [ContentID?], steps: [(older: Int, newer: Int)], peers: [(hub: Int, local: Int)] = []
  ) throws -> [(any KeyedDocument)?] {
    guard kinds[path] == nil else { return try contents.map { try $0.map { try document(path, $0) } } }
    var distinct: [ContentID: [UInt8]] = [:]
    for case .some(let content) in contents where distinct[content] == nil {
      distinct[content] = try history.bytes(of: content)
    }
    func pair(_ one: Int, _ other: Int) -> (ContentID, ContentID)? {
      guard let one = contents[one], let other = contents[other], one != other else { return nil }
      return (one, other)
    }
    let versions = FileVersions(
      contents: distinct, steps: steps.compactMap { pair($0.older, $0.newer) }.map { ($0, $1) },
      peers: peers.compactMap { pair($0.hub, $0.local) }.map { ($0, $1) })
    let read = versions.read(path: path, rowShape: try rowShape(of: path))
    kinds[path] = read.kind
    for (content, document) in read.documents { recent.keep(document, content, path) }
    return contents.map { $0.flatMap { read.documents[$0] } }
  }

  /// Reads a file of another name as one that was read before: they are one file, which moved.
  func read(_ name: String, as path: String) {
    if kinds[name] == nil { kinds[name] = kinds[path] }
  }

  /// Whether the versions of a file were read as one key, since some of them are no YAML or CSV.
  func isWhole(_ path: String) -> Bool {
    if case .whole? = kinds[path] { true } else { false }
  }

  /// Whether one version of a file by itself can be read as keys.
  func isReadable(_ path: String, _ content: ContentID) throws -> Bool {
    let versions = FileVersions(contents: [content: try history.bytes(of: content)], steps: [], peers: [])
    if case .whole = versions.read(path: path, rowShape: try rowShape(of: path)).kind { return false }
    return true
  }

  /// Lets the next reading of a file decide anew what kind it is.
  func forget(_ names: Set<String>) {
    for name in names { kinds[name] = nil }
    recent = RecentDocuments()
  }

  /// One version of a file, read as its other versions were.
  func document(_ path: String, _ content: ContentID) throws -> any KeyedDocument {
    if let document = recent.document(content, path) { return document }
    guard let kind = kinds[path] else {
      let read = try read(path, [content], steps: [])
      return try read.compactMap(\.self).first ?? WholeFile(history.bytes(of: content))
    }
    let document = kind.document(try history.bytes(of: content))
    recent.keep(document, content, path)
    return document
  }

  private func rowShape(of path: String) throws -> RowShape {
    if let rowShape { return rowShape }
    switch LedgerPath(path) {
    case .actuals(let id): return .actuals(dimensions: try dimensions(of: id))
    case .rates: return .keyed(["period"])
    default: return .allButLast
    }
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

/// Documents that were read lately; as many as go into 16 MB of text.
private struct RecentDocuments {
  private struct Version: Hashable {
    let content: ContentID
    let path: String
  }

  private static let limit = 16 << 20
  private var documents: [Version: any KeyedDocument] = [:]
  private var bytes = 0

  func document(_ content: ContentID, _ path: String) -> (any KeyedDocument)? {
    documents[Version(content: content, path: path)]
  }

  mutating func keep(_ document: any KeyedDocument, _ content: ContentID, _ path: String) {
    if bytes > Self.limit { (documents, bytes) = ([:], 0) }
    bytes += document.bytes.count
    documents[Version(content: content, path: path)] = document
  }
}

import LedgerFiles
import LedgerModel
import Policy

/// DESIGN section 5 on three versions of one file that are in no repository, as if everybody had authority:
/// `kpi merge-file`.
public struct FileMerge {
  /// The merged file.
  public let bytes: [UInt8]
  /// What the merge could not put in force.
  public let held: [HeldChange]
  /// The first rows of a CSV that cannot be told from one above them. They are told apart by their order, and none is lost.
  public let repeatedRows: [RepeatedRow]

  /// One of the versions that are merged.
  public enum Version: String, Hashable, Sendable, CaseIterable {
    case base
    case hub
    case local
  }

  /// A row with the key of one above it.
  public struct RepeatedRow: Hashable, Sendable {
    public let version: Version
    public let line: Int
    /// The key, as `Year=2025,Region=North`.
    public let row: String
  }

  /// Merges what `local` made of `base` onto `hub`.
  /// - Parameters:
  ///   - path: where the file stands in a ledger, or any name: its ending says how it is read.
  ///   - key: for CSV, the columns that tell rows apart; nil takes what the path says, else all but the last.
  public init(path: String, base: [UInt8], hub: [UInt8], local: [UInt8], key: [String]? = nil) throws {
    let history = MemoryHistory()
    let nobody = Author(name: "", email: "")
    let fork = history.add([path: base], parents: [], author: nobody)
    let theirs = history.add([path: hub], parents: [fork], author: nobody)
    let ours = history.add([path: local], parents: [fork], author: nobody)
    let merge = Merge(
      history: history, authority: { _ in EverybodysAuthority() }, rowShape: key.map { .keyed($0) })
    let documents = merge.documents(hub: theirs, local: ours)
    let outcome = try merge.outcome(hub: theirs, local: ours, bringer: nil, documents: documents)
    let contents = try [fork, theirs, ours].map { try history.content(of: path, in: $0) }
    let versions = try documents.read(path, contents, steps: [(0, 1), (0, 2)], peers: [(1, 2)])
    repeatedRows = zip(Version.allCases, versions).flatMap { Self.repeatedRows(of: $0, $1) }
    held = outcome?.held ?? []
    switch outcome?.files[path] {
    case .bytes(let merged)?: bytes = merged
    case .content(let id)?: bytes = try history.bytes(of: id)
    case .removed?: bytes = []
    case nil: bytes = hub
    }
  }

  private static func repeatedRows(of version: Version, _ document: (any KeyedDocument)?) -> [RepeatedRow] {
    guard let keys = document as? CSVKeys else { return [] }
    return keys.repeatedRows.prefix(5).map {
      RepeatedRow(version: version, line: keys.table.position(row: $0.row, column: 0).line, row: $0.cells)
    }
  }
}

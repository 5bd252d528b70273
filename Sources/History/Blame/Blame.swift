public import LedgerFiles
public import LedgerModel

/// Who a KPI's files have each of their values from: the definition's and the actuals', key by key.
///
///     let blame = Blame(of: [(id.definitionPath, document)], entries: entries)
///
/// A value that came along with a move, unchanged, is not laid to whoever moved it; one that was put in force by
/// accepting a proposal is laid to whoever proposed it.
public struct Blame: Sendable {
  /// The keys in the order of the files.
  public let lines: [BlameLine]

  /// - Parameters:
  ///   - documents: the files as they are, with their paths
  ///   - entries: what an audit of them finds, under all the names that they had, newest first
  ///   - counting: which values count; nil: all
  public init(
    of documents: [(path: String, document: any KeyedDocument)], entries: [AuditEntry],
    counting: ValuesThatCount? = nil
  ) {
    let past = KeyPasts(entries)
    lines = documents.flatMap { path, document in
      document.keys.compactMap { key in
        guard counting?.takes(key) ?? true, let value = document.value(key) else { return nil }
        let shown = value.meaning == .null && !value.comment.isEmpty ? .string(value.comment) : value.meaning
        let counts = { (value: YAMLValue) in counting?.part(of: value, key) ?? value }
        return BlameLine(
          file: path, key: key, value: counts(shown), origin: past.origin(of: key, in: path, reading: counts))
      }
    }
  }
}

/// A key of a file, with where its value comes from.
public struct BlameLine: Sendable {
  /// The path that the file has now.
  public var file: String
  public var key: Key
  /// What the key has; of a comment that stands alone, its text.
  public var value: YAMLValue
  /// nil where the history does not say, as of a file that no commit has.
  public var origin: ValueOrigin?

  /// The KPI that the file belongs to.
  public var kpi: KPIID? { LedgerPath(file).kpi }
}

/// Where a value that is in force comes from.
public struct ValueOrigin: Hashable, Sendable {
  /// The change in which it was entered: of a settled value the proposal.
  public var entered: AuditEntry
  /// The change that put it in force.
  public var inForce: AuditEntry

  /// Who accepted it, where it had been held.
  public var settledBy: Author? { entered == inForce ? nil : inForce.by }
}

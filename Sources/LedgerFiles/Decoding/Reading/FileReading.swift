import LedgerModel

/// One YAML file while it is decoded: its text, and the findings so far.
final class FileReading {
  let file: String
  let document: YAMLDocument
  private(set) var findings: [Finding] = []

  init(file: String, bytes: [UInt8]) {
    self.file = file
    document = YAMLDocument(parsing: bytes)
    findings = Self.telling(document.findings).map { fault in
      let severity: Severity = fault.rule == "byte-order-mark" ? .warning : .error
      return Finding(severity, rule: fault.rule, file: file, at: fault.position, fault.message)
    }
    if let offset = bytes.firstIndex(of: UInt8(ascii: "\r")) {
      add(
        .warning, "line-endings", at: offset,
        "The lines end as Windows ends them (CR LF): \"kpi check --fix\" writes them as the ledger has them (LF).")
    }
  }

  /// What is worth telling: where a merge made elsewhere has left both versions, their first line alone; all else that
  /// is wrong follows from that.
  private static func telling(_ faults: [YAMLFault]) -> [YAMLFault] {
    faults.first { $0.rule == "conflict-marker" }.map { [$0] } ?? faults
  }

  /// Adds a finding at a byte of the file.
  func add(_ severity: Severity, _ rule: String, at offset: Int, _ message: @autoclosure () -> String) {
    add(severity, rule, at: document.position(at: offset), message())
  }

  /// Adds a finding at a line and column of the file.
  func add(_ severity: Severity, _ rule: String, at position: Position, _ message: String) {
    findings.append(Finding(severity, rule: rule, file: file, at: position, message))
  }

  /// Whether something was found that makes a value of the file unreadable, or its meaning doubtful.
  ///
  /// A field too many or too few leaves the others readable.
  var hasUnreadableValue: Bool {
    findings.contains { $0.severity == .error && $0.rule != "unknown-field" && $0.rule != "missing-field" }
  }

  /// Whether the text is YAML, so that what it says, or fails to say, can be judged.
  private var isReadable: Bool { document.findings.allSatisfy { Self.harmless.contains($0.rule) } }

  /// Faults behind which the rest of the text still reads as it was meant.
  private static let harmless: Set<String> = ["byte-order-mark", "duplicate-key"]

  /// The byte where the value at a path of names begins, or, where there is none, the nearest one around it.
  func offset(of path: [String]) -> Int {
    for count in stride(from: path.count, through: 0, by: -1) {
      if let node = document.node(at: Array(path.prefix(count))) { return node.range.lowerBound }
    }
    return 0
  }

  /// The byte where the name at a path of names stands; as `offset(of:)` where there is none.
  func nameOffset(of path: [String]) -> Int {
    document.entry(at: path)?.keyRange.lowerBound ?? offset(of: path)
  }

  /// The fields of the whole file, or nil with a finding where it has none.
  ///
  /// - Parameter kind: what the file is called in messages, as `a definition`.
  func root(of kind: String, known: KnownFields) -> Fields? {
    guard isReadable else { return nil }
    guard let root = document.root, !Value.isNull(root) else {
      add(.error, "empty-file", at: .start, "The file is empty: it should hold \(kind). Fill it in, or delete it.")
      return nil
    }
    guard case .mapping(let entries, _) = root.kind else {
      add(
        .error, "wrong-type", at: root.range.lowerBound,
        "The file should hold \(kind), one \"field: value\" to a line, but is \(Value.shape(of: root)).")
      return nil
    }
    let fields = Fields(reading: self, owner: kind, label: "", anchor: root.range.lowerBound, entries: entries)
    fields.reportUnknown(known)
    return fields
  }
}

/// The names of the fields that a kind of file, or a group inside one, may have.
struct KnownFields: Sendable {
  let names: [String]
  /// Empty where there are so few names that looking them through is quicker.
  private let set: Set<String>

  init(_ names: [String]) {
    self.names = names
    set = names.count > 10 ? Set(names) : []
  }

  func contains(_ name: String) -> Bool { set.isEmpty ? names.contains(name) : set.contains(name) }
}

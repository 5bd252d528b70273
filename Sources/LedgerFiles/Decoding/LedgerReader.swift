public import LedgerModel

/// Reads a ledger out of its files.
///
/// `decode` is a pure function of one file, so that many can be read at the same time: first all YAML files, then the
/// actuals, each with its definition. `ledger(of:)` puts the results together.
public enum LedgerReader {
  /// A file's path inside the ledger and its content.
  public typealias File = (path: String, bytes: [UInt8])

  /// Reads one file.
  ///
  /// - Parameter definition: of actuals, the definition whose inputs and dimensions their columns are; without one
  ///   every column that is not `period`, `status` or `note` is taken for an input.
  public static func decode(path: String, bytes: [UInt8], definition: Definition? = nil) -> DecodedFile {
    let limit = FileLimits.standard.findings(for: path, size: bytes.count)
    guard !limit.contains(where: { $0.rule == "file-too-large" }) else {
      return DecodedFile(path: path, content: nil, findings: limit)
    }
    switch LedgerPath(path) {
    case .other: return DecodedFile(path: path, content: nil, findings: [])
    case .actuals(let id): return CSVFile.actuals(path: path, bytes: bytes, id: id, definition: definition)
    case .rates(let from, let to): return CSVFile.rates(path: path, bytes: bytes, pair: "\(from)-\(to)")
    case let place:
      let reading = FileReading(file: path, bytes: bytes)
      let content = YAMLFile.content(reading, at: place)
      return DecodedFile(path: path, content: content, findings: reading.findings)
    }
  }

  /// The ledger that decoded files make together, in whatever order they come.
  ///
  /// Without readable settings the company has no name and the currency `XXX`.
  public static func ledger(of files: some Sequence<DecodedFile>) -> Ledger {
    var ledger = Ledger(settings: LedgerSettings(company: "", currency: Currency.none))
    for file in files {
      if let content = file.content { ledger.add(content) }
    }
    ledger.sortLists()
    return ledger
  }

  /// Reads a whole ledger: what it means, and the findings of each file by itself, in the order of the files.
  public static func read(_ files: some Collection<File>) -> (ledger: Ledger, findings: [Finding]) {
    var decoded: [DecodedFile] = []
    decoded.reserveCapacity(files.count)
    var actuals: [(file: File, id: KPIID)] = []
    for file in files {
      if case .actuals(let id) = LedgerPath(file.path) {
        actuals.append((file, id))
      } else {
        decoded.append(decode(path: file.path, bytes: file.bytes))
      }
    }
    var ledger = ledger(of: decoded)
    for (file, id) in actuals {
      let rows = decode(path: file.path, bytes: file.bytes, definition: ledger.definitions[id])
      if let content = rows.content { ledger.add(content) }
      decoded.append(rows)
    }
    return (ledger, decoded.flatMap(\.findings))
  }
}

extension Ledger {
  /// Takes in what one file means.
  mutating func add(_ content: DecodedFile.Content) {
    switch content {
    case .settings(let value): settings = value
    case .people(let value): people = value
    case .goals(let value): goals = value
    case .department(let value): departments[value.id] = value
    case .definition(let value): definitions[value.id] = value
    case .actuals(let id, let value): actuals[id] = value
    case .rates(let pair, let value): rates[pair] = value
    case .action(let value): actions.append(value)
    case .minutes(let value): minutes.append(value)
    case .proposal(let value): proposals.append(value)
    case .close(let value): closes.append(value)
    }
  }

  /// Puts the lists into an order that does not depend on how the files were read.
  fileprivate mutating func sortLists() {
    actions.sort { ($0.department, $0.id) < ($1.department, $1.id) }
    minutes.sort { ($0.department, $0.period) < ($1.department, $1.period) }
    proposals.sort { ($0.file, $0.id) < ($1.file, $1.id) }
    closes.sort { ($0.scope, $0.period) < ($1.scope, $1.period) }
  }
}

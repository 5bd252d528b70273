public import LedgerModel

/// What an import would do to a ledger: the files it writes, row by row why, and what keeps it from being done.
///
///     let plan = ImportPlan(ImportTable(reading: bytes, file: "figures.csv"), map: map, onto: ledger)
///     plan.files        // path and new bytes; empty when there is an error
///
/// It is all or nothing: with one error no file is written. Imported again, the same table changes nothing. Values and
/// targets of a table replace those of the ledger, blank cells never do; definitions that exist keep all but their
/// targets. The files are checked as they would be, and what the check finds is said of the cell, or the line of the
/// map, that it comes from.
public struct ImportPlan: Sendable {
  /// The new bytes of each file that changes, by path.
  public let files: [String: [UInt8]]
  /// In the order of the table.
  public let steps: [ImportStep]
  /// In the order of file and place; those of a ledger's file that the import would write name that file.
  public let findings: [Finding]

  /// Whether nothing keeps the import from being done.
  public var canBeDone: Bool { !findings.contains { $0.severity == .error } }

  /// How much the import does.
  public var summary: ImportSummary { ImportSummary(steps, restatedFinals: restatedFinals) }

  private let restatedFinals: [KPIID: Int]

  /// The plan of an import.
  ///
  /// - Parameters:
  ///   - table: what is imported.
  ///   - map: what its columns mean; nil takes them to be named as in a ledger.
  ///   - source: the files of the ledger as they are.
  public init(_ table: ImportTable, map: ImportMap?, onto source: any LedgerSource) {
    var reader = ImportReader(table, map ?? ImportMap(guessedFor: table))
    let records = reader.read()
    var planner = ImportPlanner(reader, source)
    planner.plan(records)
    var findings = reader.findings + planner.findings
    if !findings.contains(where: { $0.severity == .error }) { findings += planner.check() }
    let isRefused = findings.contains { $0.severity == .error }
    files = isRefused ? [:] : planner.files
    steps = planner.steps(skipped: reader.skipped)
    restatedFinals = planner.restatedFinals
    self.findings = Self.sorted(findings)
  }

  /// In order, each once.
  private static func sorted(_ findings: [Finding]) -> [Finding] {
    var seen: Set<Finding> = []
    return findings.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
      .filter { seen.insert($0).inserted }
  }
}

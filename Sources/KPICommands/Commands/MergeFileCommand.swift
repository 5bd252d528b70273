import ArgumentParser
import Consolidation
import Foundation
import LedgerFiles
import LedgerModel
import Merging

/// `kpi merge-file`
struct MergeFileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-file",
    abstract: "Merge three versions of one file by its keys.",
    discussion: """
      Prints what HUB and LOCAL together made of BASE. A key that both changed differently stays as HUB has it; LOCAL's \
      value is held and printed as JSON on standard error, and the exit status is 1. A definition or a KPI's actuals \
      are recognised, by where they stand or by what is in them, and merged as in a ledger.

      Examples:
        kpi merge-file base.yaml hub.yaml local.yaml
        kpi merge-file base.csv hub.csv local.csv --key Year,Region > merged.csv
      """)

  @Argument(help: "The version both began from.", completion: .file()) var base: String
  @Argument(help: "The version that stands where both changed a key.", completion: .file()) var hub: String
  @Argument(help: "The version whose changes are merged in.", completion: .file()) var local: String

  @Option(help: ArgumentHelp("CSV: the columns that tell rows apart, separated by commas.", valueName: "columns"))
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Read the files as if they stood here in a ledger, as departments/sales/kpis/win-rate.yaml.", valueName: "path"))
  var asPath: String?

  @Option(help: "Write the merged file here and not to standard output.", completion: .file())
  var output: String?

  func run() throws {
    let versions = try [base, hub, local].map(Self.read)
    let path = asPath ?? (key == nil ? FileRecognition.path(names: [hub, local, base], versions: versions) : hub)
    let broken = zip([base, hub, local], versions).flatMap { name, bytes in Self.faults(name, bytes) }
    let columns = key?.split(separator: ",").map(String.init)
    try Self.check(columns ?? [], versions)
    let merge = try FileMerge(path: path, base: versions[0], hub: versions[1], local: versions[2], key: columns)
    if let output {
      guard FileManager.default.createFile(atPath: output, contents: Data(merge.bytes)) else {
        throw Failure("\(output) could not be written.", hint: "Does its folder exist, and may you write there?")
      }
    } else {
      Console.print(bytes: merge.bytes)
    }
    let repeated = merge.repeatedRows.map { Self.text($0, in: [.base: base, .hub: hub, .local: local]) }
    for line in broken + repeated { Console.note(line) }
    if !merge.held.isEmpty { Console.note(HeldJSON.text(merge.held)) }
    if !merge.held.isEmpty || !broken.isEmpty || !repeated.isEmpty { throw ExitStatus.findings.code }
  }

  /// A key that no version has would tell no rows apart.
  private static func check(_ columns: [String], _ versions: [[UInt8]]) throws {
    let known = versions.flatMap { SpreadsheetReader.table($0).header }
    guard let strange = columns.first(where: { !known.contains($0) }) else { return }
    throw Failure(
      "No version has a column '\(strange)'." + Suggestion.sentence(for: strange, in: known),
      hint: "Columns: " + (versions.first.map { SpreadsheetReader.table($0).header } ?? []).joined(separator: ", "))
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("There is no file \(path), or it cannot be read.")
    }
    return [UInt8](data)
  }

  private static func text(_ repeated: FileMerge.RepeatedRow, in files: [FileMerge.Version: String]) -> String {
    "\(files[repeated.version] ?? ""), line \(repeated.line): the row \(repeated.row) stands there a second time. All its "
      + "rows were kept. Delete one, or name the columns that tell the rows apart with --key."
  }

  /// What keeps a version from being merged by keys; it is then merged as one piece.
  private static func faults(_ name: String, _ bytes: [UInt8]) -> [String] {
    if name.hasSuffix(".csv") {
      return SpreadsheetReader.table(bytes).faults.prefix(5).map {
        "\(name), line \($0.position.line), column \($0.position.column): \($0.message)"
      }
    }
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return [] }
    return YAMLDocument(parsing: bytes).findings.prefix(5).map {
      "\(name), line \($0.position.line), column \($0.position.column): \($0.message)"
    }
  }
}

import Consolidation
import LedgerFiles
import LedgerModel

/// Findings as a check prints them.
struct FindingText {
  let findings: [Finding]
  let fixed: [String]
  let checked: Int

  func print(as format: OutputFormat) {
    for file in fixed { Console.note("Put right: \(file)") }
    switch format {
    case .table: printTable()
    case .json, .csv: Console.print(Self.listing.text(findings, as: format), terminator: "")
    }
  }

  static var listing: Listing<Finding> {
    Listing(
      fields: [
        .init("severity") { $0.severity.rawValue },
        .init("rule") { $0.rule },
        .init("file") { $0.file },
        .init("line", text: { "\($0.position.line)" }, json: { $1.number($0.position.line) }),
        .init("column", text: { "\($0.position.column)" }, json: { $1.number($0.position.column) }),
        .init("message") { $0.message },
      ],
      columns: [
        .init("line", isRight: true) { "  \($0.position.line):\($0.position.column)" },
        .init("", wraps: false) { $0.severity.rawValue },
        .init("", wraps: true) { $0.message },
        .init("", wraps: false) { $0.rule },
      ])
  }

  /// File by file, so that the way to each finding is short.
  private func printTable() {
    var start = findings.startIndex
    while start < findings.endIndex {
      let file = findings[start].file
      let end = findings[start...].firstIndex { $0.file != file } ?? findings.endIndex
      Console.print(Style.strong(file))
      let lines = Self.listing.text(Array(findings[start..<end]), as: .table).split(separator: "\n").dropFirst()
      for line in lines { Console.print(String(line)) }
      start = end
    }
    Console.print(summary)
  }

  private var summary: String {
    let files = checked == 1 ? "1 file" : "\(checked) files"
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    guard errors + warnings > 0 else { return "\(files) checked, nothing is wrong." }
    let parts = [Self.count(errors, "error"), Self.count(warnings, "warning")].compactMap(\.self)
    let places = Set(findings.map(\.file)).count
    return "\(files) checked: \(parts.joined(separator: " and ")) in \(places == 1 ? "1 file" : "\(places) files")."
  }

  private static func count(_ number: Int, _ what: String) -> String? {
    switch number {
    case 0: nil
    case 1: "1 \(what)"
    default: "\(number) \(what)s"
    }
  }
}

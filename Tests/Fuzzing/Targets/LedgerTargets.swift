import LedgerFiles
import LedgerModel

extension FuzzTarget {
  /// One file of a ledger: a path, and what stands there.
  static let decoding = FuzzTarget(
    name: "decoding", words: yamlWords + csvWords, seeds: { fileSeeds },
    fault: { bytes in
      let (path, content) = file(bytes)
      let decoded = LedgerReader.decode(path: path, bytes: content)
      for finding in decoded.findings where finding.position.line < 1 || finding.position.column < 1 {
        return "a finding outside the text"
      }
      guard let fixed = Canonical.fixed(path: path, bytes: content) else { return nil }
      return Canonical.fixed(path: path, bytes: fixed.bytes) == nil ? nil : "mended, it is to be mended again"
    })

  /// One file of a small ledger, and what the check says of them all.
  static let ledger = FuzzTarget(
    name: "ledger", words: yamlWords + csvWords, seeds: { fileSeeds },
    fault: { bytes in
      let (path, content) = file(bytes)
      let before = LedgerView(Seeds.ledger)
      let after = LedgerView(LedgerOverlay(over: Seeds.ledger, changes: [path: content]))
      let findings = LedgerCheck.findings(in: after)
      for finding in findings where finding.message.isEmpty || finding.position.line < 1 { return "an empty finding" }
      let new = LedgerCheck.findings(changing: [path], from: before, to: after)
      return Set(new).isSubset(of: findings) ? nil : "a change brings a finding that the ledger has not"
    })

  /// A mapping file, and a table to be imported.
  static let importing = FuzzTarget(
    name: "importing", words: yamlWords + csvWords + ["columns:", "kpi:", "values:", "{\"a\": [", "}]"],
    seeds: {
      let tables =
        Seeds.files("LedgerFilesTests/Fixtures/importing").map(\.bytes)
        + Seeds.ledgerFiles.filter { $0.path.hasSuffix(".csv") }.map(\.bytes)
        + ["[{\"kpi\": \"sales/win-rate\", \"period\": \"2026-01\", \"won\": 1.5}]"].map { Array($0.utf8) }
      return tables.flatMap { table in importMaps.map { joined([Array($0.utf8), table]) } }
    },
    fault: { bytes in
      let parts = parts(of: bytes, most: 2)
      guard let content = parts.last else { return nil }
      let table = ImportTable(reading: content, file: "figures.csv")
      let map = parts.count < 2 ? nil : ImportMap.decode(parts[0], file: "map.yaml").map
      let plan = ImportPlan(table, map: map, onto: Seeds.ledger)
      if !plan.canBeDone { return plan.files.isEmpty ? nil : "files are written in spite of errors" }
      let after = LedgerOverlay(over: Seeds.ledger, changes: plan.files.mapValues { $0 })
      return ImportPlan(table, map: map, onto: after).files.isEmpty ? nil : "imported again, it changes something"
    })

  private static let importMaps = [
    "",
    "columns:\n  kpi: Indicator\n  period: {year: Year, month: Month}\n  values: {value: Value}\n",
    "columns: {kpi: kpi, period: period}\n",
  ]

  private static var fileSeeds: [[UInt8]] { Seeds.ledgerFiles.map { joined([Array($0.path.utf8), $0.bytes]) } }

  private static func file(_ bytes: [UInt8]) -> (path: String, content: [UInt8]) {
    let parts = parts(of: bytes, most: 2)
    guard parts.count == 2 else { return ("departments/sales/kpis/win-rate.yaml", bytes) }
    // No folder without a name, which git does not have.
    let names = parts[0].split(separator: UInt8(ascii: "/"))
    return (String(decoding: Array(names.joined(separator: "/".utf8)), as: UTF8.self), parts[1])
  }
}

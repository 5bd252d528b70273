import LedgerFiles
import LedgerModel
import Merging

extension FuzzTarget {
  /// Three versions of a file: its path, base, hub and local.
  static let merge = FuzzTarget(
    name: "merge", words: yamlWords + csvWords,
    seeds: {
      Seeds.merges.map { joined([Array((mergePaths[$0.kind] ?? "edit.yaml").utf8)] + $0.versions) }
    },
    fault: { bytes in
      let parts = parts(of: bytes, most: 4)
      guard parts.count == 4 else { return nil }
      let path = String(decoding: parts[0], as: UTF8.self)
      return MergeProbe(path: path, base: parts[1], hub: parts[2], local: parts[3]).fault()
    })

  /// A proposal, and the file to which its changes are put.
  static let proposal = FuzzTarget(
    name: "proposal",
    words: yamlWords + ["key:", "proposed:", "instead_of:", "changes:", "because:", "row 2026-01", "file"],
    seeds: {
      let proposals = Seeds.ledgerFiles.filter { $0.path.hasPrefix("proposals/") }.map(\.bytes)
      let files = [
        "departments/sales/kpis/win-rate.yaml", "departments/sales/actuals/win-rate.csv",
        "departments/sales/department.yaml",
      ].compactMap { Seeds.ledger.bytes(at: $0) }
      return proposals.flatMap { proposal in files.map { joined([proposal, $0]) } }
    },
    fault: { bytes in
      let parts = parts(of: bytes, most: 2)
      guard let proposal = ProposalText.read(parts[0], id: "0f"), parts.count == 2 else { return nil }
      for change in proposal.changes {
        let value = change.proposed.flatMap { YAMLDocument(parsing: Array($0.utf8)).root.map { YAMLValue($0) } }
        if change.proposed != nil, value == nil { return "what \(change.key) is to be is not read back" }
        let key = Key(change.key)
        guard let edited = KeyEdit.setting(key, to: value, in: parts[1], path: proposal.file),
          YAMLDocument(parsing: parts[1]).findings.isEmpty, key != .content, key.row == nil, key.note == nil
        else { continue }
        if !YAMLDocument(parsing: edited).findings.isEmpty { return "with \(change.key) set, the file has faults" }
      }
      return nil
    })

  private static let mergePaths = [
    "definition": "departments/sales/kpis/win-rate.yaml", "actuals": "departments/sales/actuals/win-rate.csv",
    "goals": "goals.yaml", "department": "departments/sales/department.yaml", "rates": "rates/EUR-USD.csv",
    "table": "table.csv", "text": "notes.txt",
  ]
}

/// What has to hold of a merge, whatever the versions are.
struct MergeProbe {
  let path: String
  let base: [UInt8]
  let hub: [UInt8]
  let local: [UInt8]

  func fault() -> String? {
    guard let merged = merge(base, hub, local) else { return "it throws" }
    // What settles a proposal is no merge of keys.
    if path.hasPrefix("proposals/") { return nil }
    return first(
      { isUnparsed(merged) ? "it parses no more" : nil },
      { yields(hub, merge(base, hub, base)) ? nil : "with local unchanged it is not the hub's" },
      { yields(local, merge(base, base, local)) ? nil : "with the hub unchanged it is not local's" },
      { yields(merged.bytes, merge(local, merged.bytes, local)) ? nil : "merged again it differs" },
      { losses(merged) })
  }

  private func merge(_ base: [UInt8], _ hub: [UInt8], _ local: [UInt8]) -> FileMerge? {
    try? FileMerge(path: path, base: base, hub: hub, local: local)
  }

  private func yields(_ bytes: [UInt8], _ merged: FileMerge?) -> Bool {
    merged?.bytes == bytes && merged?.held.isEmpty == true
  }

  private func isUnparsed(_ merged: FileMerge) -> Bool {
    let parses: ([UInt8]) -> Bool =
      path.hasSuffix(".csv")
      ? { CSVTable(parsing: $0).faults.isEmpty } : { YAMLDocument(parsing: $0).findings.isEmpty }
    guard path.hasSuffix(".csv") || path.hasSuffix(".yaml") else { return false }
    return [base, hub, local].allSatisfy(parses) && !parses(merged.bytes)
  }

  /// A key that one side changed has that side's value, or the other's that changed it too; else it is held.
  private func losses(_ merged: FileMerge) -> String? {
    let (kind, read) = FileVersions(
      contents: [0: base, 1: hub, 2: local], steps: [(0, 1), (0, 2)], peers: [(1, 2)]
    ).read(path: path, rowShape: rowShape)
    guard let base = read[0], let hub = read[1], let local = read[2] else { return nil }
    let result = kind.document(merged.bytes)
    let held = Set(merged.held.map(\.key))
    for (side, name) in [(hub, "hub"), (local, "local")] {
      for key in side.changedKeys(from: base) where !key.text.hasPrefix("comment") && !held.contains(key) {
        if isEmpty(side.value(key)), result.keys.contains(where: { $0.text.hasPrefix(key.text) }) { continue }
        // With its row a note comes back.
        if let row = key.note, held.contains(.row(row)) { continue }
        if !isSame(key, side, result) { return "the \(name)'s \(key) is neither in force nor held" }
      }
    }
    return nil
  }

  /// A map that one side emptied may be filled by the other.
  private func isEmpty(_ value: KeyValue?) -> Bool {
    value.map { [.null, .map([]), .list([])].contains($0.meaning) } ?? false
  }

  /// Of a row, the cells in columns that both have: a column may be gone, or its removal be held.
  private func isSame(_ key: Key, _ side: any KeyedDocument, _ result: any KeyedDocument) -> Bool {
    guard let row = key.row, let one = side as? CSVKeys, let other = result as? CSVKeys else {
      return result.isSame(key, as: side)
    }
    guard one.row(named: row) != nil, other.row(named: row) != nil else { return result.isSame(key, as: side) }
    let columns = one.columns.filter { other.columns.contains($0) && !(one.layout.isActuals && $0 == "note") }
    return columns.allSatisfy {
      one.cell(row: row, column: $0) == other.cell(row: row, column: $0)
    }
  }

  private var rowShape: RowShape {
    switch LedgerPath(path) {
    case .actuals: .actuals(dimensions: [])
    case .rates: .keyed(["period"])
    default: .allButLast
    }
  }
}

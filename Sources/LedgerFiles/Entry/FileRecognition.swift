import Calculation
import LedgerModel

/// Where in a ledger a file that was taken out of it would stand, so that it is merged like one: `kpi merge-file` is
/// often given copies, as `base.yaml`, `hub.yaml` and `local.yaml`.
public enum FileRecognition {
  /// The path as which versions of one file are merged: what the end of one of their names says, else what all of
  /// them look like, else the first name.
  ///
  /// A definition has a name and two more fields that only definitions have, and no other file is recognised by its
  /// fields; actuals have `period` as first column, with a period in each row.
  /// - Parameter names: the paths that the versions were found at.
  public static func path(names: [String], versions: [[UInt8]]) -> String {
    for name in names {
      if let path = layoutPath(endOf: name) { return path }
    }
    let name = names.first ?? ""
    let versions = versions.filter { !$0.isEmpty }
    guard !versions.isEmpty else { return name }
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      return versions.allSatisfy(isDefinition) ? "departments/copy/kpis/copy.yaml" : name
    }
    if name.hasSuffix(".csv") {
      return versions.allSatisfy(isActuals) ? "departments/copy/actuals/copy.csv" : name
    }
    return name
  }

  /// The longest end of a path that is a path of the layout: `x/departments/sales/kpis/win-rate.yaml` without `x/`.
  private static func layoutPath(endOf name: String) -> String? {
    let parts = name.split(separator: "/")
    return parts.indices.lazy.map { parts[$0...].joined(separator: "/") }.first { LedgerPath($0).isInLayout }
  }

  private static func isDefinition(_ bytes: [UInt8]) -> Bool {
    let document = YAMLDocument(parsing: bytes)
    guard document.findings.isEmpty, let fields = document.root?.entries?.map(\.key) else { return false }
    let telling = ["unit", "direction", "inputs", "formula", "period", "targets"].filter { fields.contains($0) }
    return fields.contains("name") && telling.count >= 2 && (fields.contains("direction") || fields.contains("period"))
  }

  private static func isActuals(_ bytes: [UInt8]) -> Bool {
    let table = CSVTable(parsing: bytes)
    guard table.faults.isEmpty, table.header.first == "period" else { return false }
    return (0..<table.rows.count).allSatisfy { Period(table.text(row: $0, column: 0)) != nil }
  }
}

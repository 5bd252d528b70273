import LedgerFiles
import LedgerModel

/// Reads the names of KPIs and departments that somebody typed.
enum KPIName {
  /// The id of a KPI that the ledger has.
  /// - Throws: `Failure`, with the nearest id where there is one
  static func existing(_ text: String, in view: LedgerView) throws -> KPIID {
    let id = try read(text)
    guard !view.hasDefinition(id) else { return id }
    throw Failure(
      "There is no KPI \(id).\(Suggestion.sentence(for: id.description, in: all(in: view.source)))",
      hint: "See all of them with 'kpi scorecard', or define it: kpi define \(id)")
  }

  /// The ids of all KPIs that the ledger has.
  static func all(in source: any LedgerSource) -> [String] {
    source.names(in: "departments").filter { $0.hasSuffix("/") }.flatMap { department in
      let folder = "departments/\(department)kpis"
      return source.names(in: folder).compactMap { name -> String? in
        guard case .definition(let id) = LedgerPath("\(folder)/\(name)") else { return nil }
        return id.description
      }
    }
  }

  /// An id as it is written.
  /// - Throws: `Failure`
  static func read(_ text: String) throws -> KPIID {
    guard let id = KPIID(text) else {
      throw Failure(
        "'\(text)' is no KPI's id.",
        hint: "An id is department/kpi, in small letters, digits and '-', as sales/win-rate.")
    }
    return id
  }

  /// The id of a department that the ledger has.
  /// - Throws: `Failure`, with the nearest id where there is one
  static func department(_ text: String, in view: LedgerView) throws -> String {
    guard !view.departments.contains(text) else { return text }
    throw Failure(
      "There is no department '\(text)'.\(Suggestion.sentence(for: text, in: view.departments))",
      hint: view.departments.isEmpty ? nil : "Departments: \(view.departments.prefix(20).joined(separator: ", "))")
  }
}

import Calculation
import LedgerModel

/// What of a definition is held against others', to find KPIs that mean the same and are calculated otherwise.
public struct KPICard: Sendable {
  let id: KPIID
  let name: String
  /// By field, in the order of the file, how a period is calculated.
  let calculation: [Part]
  /// Where it is made of others: the KPIs that it names, and the names that it takes from every department.
  let sources: Set<KPIID>
  let everywhere: Set<String>
  /// What makes it like others, the most telling first.
  let likenesses: [Likeness]

  /// A field of the calculation, as a reader sees it.
  struct Part: Hashable {
    let field: String
    let text: String
  }

  /// Something that KPIs share that mean the same.
  enum Likeness: Hashable {
    case name(String)
    case formula(String)
  }

  /// Input names that say nothing of what is counted.
  private static let bland: Set<String> = [
    "value", "numerator", "denominator", "count", "total", "amount", "base", "part", "whole", "actual", "a", "b",
  ]

  /// nil of a draft, and of a KPI that was given up.
  init?(_ definition: Definition) {
    guard definition.status == .active else { return nil }
    id = definition.id
    name = definition.name
    let calculation = definition.calculation
    func part(_ field: String, _ text: String?) -> Part { Part(field: field, text: text ?? "nothing") }
    self.calculation = [
      part("unit", calculation.unit), part("direction", calculation.direction?.rawValue),
      part(
        "inputs",
        calculation.inputs.sorted { $0.name < $1.name }.map { "\($0.name) (\($0.aggregate.rawValue))" }
          .joined(separator: ", ")),
      part("formula", Self.plain(calculation.formula)), part("dimensions", Self.list(calculation.dimensions)),
      part("period", calculation.period.rawValue), part("profile", calculation.profile.rawValue),
      part("missing", calculation.missing.rawValue),
    ]
    var (sources, everywhere) = (Set(calculation.formula.kpis.compactMap { KPIID($0) }), Set<String>())
    for source in definition.consolidates?.sources ?? [] {
      switch source {
      case .kpi(let id): sources.insert(id)
      case .everyDepartment(let kpi): everywhere.insert(kpi)
      }
    }
    (self.sources, self.everywhere) = (sources, everywhere)
    likenesses = Self.likenesses(definition)
  }

  private static func list(_ names: [String]) -> String? { names.isEmpty ? nil : names.joined(separator: ", ") }

  private static func likenesses(_ definition: Definition) -> [Likeness] {
    var likenesses: [Likeness] = []
    let name = definition.name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "%" }
    if !name.isEmpty { likenesses.append(.name(name)) }
    let calculation = definition.calculation
    if calculation.inputs.contains(where: { !bland.contains($0.name) }) {
      let inputs = calculation.inputs.map { "\($0.name)=\($0.source ?? "")" }.sorted()
      likenesses.append(.formula((plain(calculation.formula) + ";" + inputs.joined(separator: ";")).lowercased()))
    }
    return likenesses
  }

  /// A formula without the blanks in it, one between any two parts.
  private static func plain(_ formula: Formula) -> String {
    var text = ""
    for character in formula.text where !character.isWhitespace {
      text += "+-*/".contains(character) ? " \(character) " : String(character)
    }
    return text
  }
}

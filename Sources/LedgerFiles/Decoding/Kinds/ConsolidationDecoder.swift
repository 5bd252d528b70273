import Calculation
import LedgerModel

/// `consolidates: {from: [emea/win-rate, us/win-rate], by: inputs, where: {territory: emea}}`
enum ConsolidationDecoder {
  private static let methods = ["inputs", "sum", "mean", "weighted:<input>", "min", "max", "last"]

  /// The rule; nil where the KPI consolidates nothing. `coverage` may stand in the group or beside it.
  static func rule(_ definition: Fields) -> ConsolidationRule? {
    let beside = definition.value("coverage")?.number(in: 0...100)
    guard let fields = definition.value("consolidates")?.fields(KnownFields(["from", "by", "coverage", "where"])) else {
      return nil
    }
    let from = fields.value("from", missing: .error, hint: "the KPIs that it is made of")
    let by = fields.value("by", missing: .error, hint: methods.joined(separator: ", "))
    let coverage = fields.value("coverage")?.number(in: 0...100)
    let filter = fields.value("where")?.group().map(filter)
    guard let sources = from.flatMap(sources), let method = by.flatMap(method) else { return nil }
    return ConsolidationRule(sources: sources, method: method, coverage: coverage ?? beside, filter: filter ?? [:])
  }

  /// `{territory: [emea, us]}`: to each dimension the values that count.
  private static func filter(_ group: Fields) -> [String: [String]] {
    var filter: [String: [String]] = [:]
    for (entry, value) in group.members {
      guard ColumnName.isValid(entry.key) else {
        group.reading.add(
          .error, "bad-name", at: entry.keyRange.lowerBound,
          "\"\(Value.shortened(entry.key))\" cannot be the name of a dimension: use small letters, digits and underscores."
        )
        continue
      }
      filter[entry.key] = values(value)
    }
    return filter
  }

  private static func values(_ value: Value) -> [String] {
    if case .scalar = value.node.kind { return value.bareText().map { [$0] } ?? [] }
    let list = value.list { $0.bareText() }
    if list.isEmpty, value.items()?.isEmpty == true {
      value.report("missing-field", "\"\(value.label)\" names no value: name at least one, or take the field out.")
    }
    return list
  }

  private static func sources(_ value: Value) -> [ConsolidationRule.Source]? {
    if case .scalar = value.node.kind { return source(value).map { [$0] } }
    let list = value.list(source)
    if list.isEmpty, value.items()?.isEmpty == true {
      value.report("missing-field", "\"\(value.label)\" names no KPI: name at least one, or take the field out.")
    }
    return list
  }

  private static func source(_ value: Value) -> ConsolidationRule.Source? {
    guard let text = value.text() else { return nil }
    if text.hasPrefix("*/"), Slug.isValid(text.dropFirst(2)) {
      return .everyDepartment(kpi: String(text.dropFirst(2)))
    }
    return value.kpiID().map { .kpi($0) }
  }

  private static func method(_ value: Value) -> ConsolidationRule.Method? {
    guard let text = value.text() else { return nil }
    switch text {
    case "inputs": return .inputs
    case "sum": return .sum
    case "mean": return .mean
    case "min": return .min
    case "max": return .max
    case "last": return .last
    default:
      if text.hasPrefix("weighted:"), ColumnName.isValid(text.dropFirst(9)) {
        return .weighted(input: String(text.dropFirst(9)))
      }
      value.reportUnknown(text, allowed: methods)
      return nil
    }
  }
}

import Calculation
import LedgerModel

/// `targets: {2026: 25, 2026-Q3: {low: 3, high: 5, tolerance: 1}}`
struct TargetsDecoder {
  let fields: Fields
  let need: Severity?

  func targets() -> [Period: Target] {
    let value = fields.value("targets", missing: need, hint: "what is planned, as {2026: 25}")
    guard let group = value?.group() else { return [:] }
    var targets: [Period: Target] = [:]
    var isBlank = true
    for (entry, value) in group.members {
      isBlank = isBlank && value.isBlank
      guard let period = period(entry), !value.isBlank, let target = target(value) else { continue }
      targets[period] = target
    }
    if isBlank, let need {
      fields.reading.add(
        need, "missing-field", at: group.anchor, "A KPI needs a target: write one to a period, as {2026: 25}.")
    }
    return targets
  }

  private func period(_ entry: YAMLEntry) -> Period? {
    if let period = Period(entry.key) { return period }
    fields.reading.add(
      .error, "bad-period", at: entry.keyRange.lowerBound,
      "\"targets\": \(Value.badPeriod(entry.key))")
    return nil
  }

  private func target(_ value: Value) -> Target? {
    guard case .mapping = value.node.kind else { return value.number().map { .value($0) } }
    guard let fields = value.fields(KnownFields(["low", "high", "tolerance"])) else { return nil }
    let low = fields.value("low", missing: .error, hint: "the lower end of the band")?.number()
    let high = fields.value("high", missing: .error, hint: "the upper end of the band")
    let hint = "how far outside the score has fallen to 0"
    let tolerance = fields.value("tolerance", missing: .error, hint: hint)?.number(from: 0)
    guard let low, let top = high?.number(), let tolerance else { return nil }
    if top < low {
      high?.report("band-order", "The band's upper end, \(top), is below its lower end, \(low): swap them.")
    }
    return .band(low: low, high: top, tolerance: tolerance)
  }
}

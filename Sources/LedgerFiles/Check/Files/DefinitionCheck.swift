import Calculation
import LedgerModel

/// What a definition says in one place against what it says in another.
struct DefinitionCheck {
  private let definition: Definition
  private let reading: FileReading
  private let calendar: FiscalCalendar

  init(_ definition: Definition, reading: FileReading, view: LedgerView) {
    self.definition = definition
    self.reading = reading
    calendar = view.settings.value?.calendar ?? FiscalCalendar()
  }

  func check() {
    for (period, target) in definition.targets { check(target, of: period) }
    checkEarlier()
  }

  // MARK: Targets

  private func check(_ target: Target, of period: Period) {
    let place = ["targets", reading.targetName(of: period)]
    let shortest = ([definition.calculation] + definition.earlier).map(\.period).min() ?? .month
    if period.kind < shortest {
      reading.add(
        .error, "target-period", at: reading.nameOffset(of: place),
        "A target for the \(period.kind.rawValue) \(period) has no actual to be held against: the KPI is recorded by "
          + "\(shortest.rawValue).")
    }
    checkForm(target, at: place)
    checkBaseline(target, at: place)
  }

  private func checkForm(_ target: Target, at place: [String]) {
    guard let direction = definition.calculation.direction else { return }
    switch (direction, target) {
    case (.band, .value):
      report(
        "target-form", at: place,
        "The direction is \"band\", so that a target is a band: write {low: …, high: …, tolerance: …}.")
    case (.higher, .band), (.lower, .band):
      report(
        "target-form", at: place,
        "A target in the form of a band needs \"direction: band\"; with \"\(direction.rawValue)\" it is one number.")
    default: break
    }
  }

  /// DESIGN section 6: achievement is actual / target only above zero, otherwise it is measured from the baseline.
  private func checkBaseline(_ target: Target, at place: [String]) {
    guard case .value(let value) = target, value <= 0, definition.baseline == nil, definition.kind == .kpi,
      definition.calculation.direction != .band
    else { return }
    reading.add(
      definition.status == .active ? .error : .warning, "baseline-needed", at: reading.offset(of: place),
      "Progress towards a target of \(value) cannot be measured in percent of it: add a \"baseline\", the value from "
        + "which it started.")
  }

  // MARK: Earlier calculations

  private func checkEarlier() {
    guard !definition.earlier.isEmpty else { return }
    guard let start = definition.calculation.effectiveFrom else {
      reading.add(
        .error, "missing-field", at: reading.nameOffset(of: ["earlier"]),
        "With earlier calculations the present one needs its first period: add \"effective_from\".")
      return
    }
    var seen: [Range<Day>] = []
    for (index, item) in (reading.document.node(at: ["earlier"])?.items ?? []).enumerated() {
      guard let text = item.value.entry("effective_from")?.value.scalar?.text, let from = Period(text) else { continue }
      let days = calendar.days(of: from)
      let place = ["earlier", String(index), "effective_from"]
      if days.lowerBound >= calendar.days(of: start).lowerBound {
        report(
          "earlier-order", at: place, "An earlier calculation starts in \(from), not before the present one, \(start).")
      } else if seen.contains(where: { $0.lowerBound == days.lowerBound }) {
        report("earlier-order", at: place, "Two earlier calculations start in \(from): only one can be in force.")
      }
      seen.append(days)
    }
  }

  private func report(_ rule: String, at path: [String], _ message: String) {
    reading.add(.error, rule, at: reading.offset(of: path), message)
  }
}

import Calculation
import LedgerModel

/// KPIs whose formula names others.
extension Measurer {
  /// From the figures of the KPIs that the formula names, and the KPI's own rows.
  mutating func byFormula(
    _ definition: Definition, _ links: SourceGraph.Links, in frame: Frame, _ currency: String?, rows: RowSelection
  ) -> Measured {
    let references = references(links, definition.calculation.unit, in: frame)
    let actuals = rows.rows(of: ledger.actuals[definition.id] ?? Actuals())
    var result = fromRows(definition, actuals, references: references, in: frame, currency: nil)
    guard result.points.count == frame.points.count else { return result }
    for id in links.all { result.breaks.add(breaks(of: id, in: frame)) }
    let readsRows = !definition.calculation.formula.inputs.isEmpty
    let begun = result.points.indices.filter { index in
      readsRows && result.points[index].isRecorded || references.contains { $0?.points[index].figure != nil }
    }
    for index in result.points.indices {
      let kpis = references.map { $0?.points[index].figure }
      guard kpis.contains(where: { $0 == nil }) else { continue }
      result.points[index].isRecorded = false
      result.points[index].marks.insert(.incomplete)
    }
    let isFlow = isFlow(definition)
    if isFlow {
      result.addUp(in: frame)
    } else {
      let pairing = Pairing(definition, actuals, references, result, begun: begun)
      result.current = paired(pairing, over: frame.current, in: frame) { $0.current }
      result.yearToDate = paired(pairing, over: frame.yearToDate, in: frame) { $0.yearToDate }
    }
    result.current.missing = zip(links.references, references)
      .compactMap { id, measured in measured?.current.figure == nil ? id : nil }.sorted()
    result.adopt(references.compactMap { $0 })
    for (id, measured) in zip(links.references, references) {
      guard let id, let measured else { continue }
      let begins = ledger.definitions[id].map { begin(of: $0, in: frame) } ?? 0
      result.note(.init(id: id, measured: measured, begins: begins), in: frame, isMissed: true) { $0.figure != nil }
    }
    return translated(result, definition, into: currency, in: frame, isFlow: isFlow)
  }

  private func isFlow(_ definition: Definition) -> Bool { accrual(of: definition, definition.calculation) == .flow }

  /// A KPI measured by a formula, with what it was measured from.
  private struct Pairing {
    let definition: Definition
    let actuals: Actuals
    let references: [Measured?]
    let measured: Measured
    /// The points for which anything at all is there.
    let begun: [Int]

    init(
      _ definition: Definition, _ actuals: Actuals, _ references: [Measured?], _ measured: Measured, begun: [Int]
    ) {
      self.definition = definition
      self.actuals = actuals
      self.references = references
      self.measured = measured
      self.begun = begun
    }
  }

  /// A ratio over several points, of those points alone for which all is there that the formula names: what one KPI has
  /// and another lacks would be in one sum and not in the other.
  private func paired(
    _ pairing: Pairing, over span: Range<Int>, in frame: Frame, _ pick: (Measured) -> Measurement
  ) -> Measurement {
    let whole = span.filter { pairing.measured.points[$0].isRecorded }
    guard span.count > 1, !whole.isEmpty, whole != pairing.begun.filter(span.contains) else {
      return pick(pairing.measured)
    }
    let days = whole.map { calendar.days(of: frame.points[$0]) }
    let rows = RowSelection.rows(of: pairing.actuals) { row in
      let day = calendar.days(of: pairing.actuals.periods[row]).lowerBound
      return days.contains { $0.contains(day) }
    }
    let sums = zip(pairing.definition.calculation.formula.kpis, pairing.references).map {
      text, reference -> Measured? in
      guard var reference, let id = KPIID(text), let source = ledger.definitions[id], isFlow(source) else {
        return reference
      }
      let sum = whole.reduce(Quantity.zero) { $0 + (reference.points[$1].figure ?? .zero) }
      (reference.current.figure, reference.yearToDate.figure) = (sum, sum)
      return reference
    }
    return pick(fromRows(pairing.definition, rows, references: sums, in: frame, currency: nil))
  }

  /// A KPI made by a formula in another currency: its figures, each by its period's rate.
  private func translated(
    _ measured: Measured, _ definition: Definition, into currency: String?, in frame: Frame, isFlow: Bool
  ) -> Measured {
    guard let exchange = exchange(of: definition.calculation, definition.id, into: currency, isFlow: isFlow),
      let spans = frame.spans(by: frame.kind)
    else { return measured }
    var result = measured
    for index in result.points.indices where result.points[index].isRecorded {
      result.points[index].last = frame.points[index]
      result.points[index].translate(by: exchange.rate(in: frame.points[index]), inputs: 0)
    }
    if isFlow {
      result.addUp(in: frame)
    } else {
      let last = frame.current.last { result.points[$0].isRecorded }.map { frame.points[$0] } ?? frame.period
      result.current.last = last
      result.current.translate(by: exchange.rate(in: last), inputs: 0)
      result.yearToDate.translate(by: exchange.rate(in: last), inputs: 0)
    }
    result.note(exchange, spans, translated: 0)
    result.adopt([measured])
    return result
  }
}

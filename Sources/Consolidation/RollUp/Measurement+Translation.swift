import Calculation
import LedgerModel

extension Measurement {
  /// Takes the figure and its first so many inputs into another currency; without a rate there is neither.
  mutating func translate(by rate: Quantity?, inputs count: Int) {
    guard let rate else {
      (figure, inputs, isRecorded) = (nil, [], false)
      return
    }
    figure = figure.map { $0 * rate }
    for index in inputs.indices.prefix(count) { inputs[index] = inputs[index].map { $0 * rate } }
  }

  /// Puts the inputs into the order of other names.
  mutating func arrange(_ own: [String], as names: [String]) {
    guard !inputs.isEmpty, own != names else { return }
    inputs = names.map { name in own.firstIndex(of: name).flatMap { inputs[$0] } }
  }
}

extension KPICalculation {
  /// How many inputs, from the first of the formula on, can be translated one by one.
  var translatable: Int { isProportional ? formula.inputs.count : 0 }
}

extension Measured {
  /// Keeps what was asked of the exchange rates: those of the current period, and what is missing since the year began.
  mutating func note(_ exchange: Exchange, _ spans: Frame.Spans, translated count: Int) {
    translated = count
    let begin = Swift.min(spans.yearToDate.first, spans.current.first)
    rateGaps = exchange.gaps { $0 >= begin }
    if exchange.accrual == .level {
      rates = exchange.used { $0 == current.last }
    } else {
      let end = spans.current.first.advanced(by: spans.current.count)
      rates = exchange.used { $0 >= spans.current.first && $0 < end }
    }
    rates.sort(by: KPIResult.RateUsed.precedes)
  }

  /// Takes over the exchange rates of what it is made of, and what they lack where they have figures all the same.
  mutating func adopt(_ sources: [Measured]) {
    rates = Set(rates).union(sources.flatMap(\.rates)).sorted(by: KPIResult.RateUsed.precedes)
    rateGaps = Set(rateGaps).union(sources.flatMap(\.rateGaps)).sorted(by: RateGap.precedes)
  }
}

extension RateGap {
  /// By time, then by pair and KPI.
  static func precedes(_ one: RateGap, _ other: RateGap) -> Bool {
    if one.period != other.period { return one.period < other.period }
    if one.source != other.source { return one.source < other.source }
    return one.target != other.target ? one.target < other.target : one.kpi < other.kpi
  }
}

import Calculation
import LedgerModel

/// What a reader has to know about a figure: flags with their reasons, sources without data, exchange rates.
struct Notes {
  /// The kind as files name it, as `no-target`, and one sentence without its full stop.
  typealias Note = (kind: String, text: String)

  private(set) var notes: [Note]

  init(_ flags: [Flag]) { notes = flags.map { ($0.kind.rawValue, $0.reason) } }

  init(of kpi: KPIResult) {
    self.init(kpi.flags)
    if !kpi.missingSources.isEmpty { notes.append(("without", Self.names(kpi.missingSources.map(\.description)))) }
    if !kpi.rates.isEmpty { notes.append(("rates", Self.names(kpi.rates.map(\.text)))) }
  }

  var isEmpty: Bool { notes.isEmpty }

  /// Five by name at most.
  private static func names(_ names: [String]) -> String {
    let more = names.count - 5
    return names.prefix(5).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

extension KPIResult.RateUsed {
  /// As `1 USD = 0.92 EUR (average 2026-03)`.
  var text: String { "1 \(source) = \(rate) \(target) (\(kind) \(period))" }
}

import Calculation
import LedgerModel

/// What a reader has to know about a figure: flags with their reasons, sources without data, exchange rates.
struct FlagList {
  private var items: [(title: String, text: String)]

  init(_ flags: [Flag]) { items = flags.map { ($0.kind.title, $0.reason) } }

  init(of kpi: KPIResult) {
    self.init(kpi.flags)
    if !kpi.missingSources.isEmpty { items.append(("without", Self.names(kpi.missingSources.map(\.description)))) }
    if !kpi.rates.isEmpty { items.append(("rates", Self.names(kpi.rates.map(\.text)))) }
  }

  var isEmpty: Bool { items.isEmpty }

  func write(to html: inout HTMLWriter) {
    guard !isEmpty else { return }
    html.element("ul", ["class": "flags"]) { html in
      for item in items {
        html.element("li") { html in
          html.element("b", item.title)
          html.string(": \(item.text)")
        }
      }
    }
  }

  /// Five by name at most.
  private static func names(_ names: [String]) -> String {
    let more = names.count - 5
    return names.prefix(5).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

extension Flag.Kind {
  /// The kind as a reader's word: `no target`.
  var title: String { rawValue.replacing("-", with: " ") }
}

extension KPIResult.RateUsed {
  /// As `1 USD = 0.92 EUR (average 2026-03)`.
  var text: String { "1 \(source) = \(rate) \(target) (\(kind) \(period))" }
}

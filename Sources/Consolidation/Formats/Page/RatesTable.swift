import Calculation

/// The exchange rates that the figures shown were translated with, each once.
struct RatesTable {
  private let rates: [KPIResult.RateUsed]

  init(_ kpis: [KPIResult]) {
    rates = Set(kpis.lazy.flatMap(\.rates)).sorted { one, other in
      (one.source, one.target, one.period, one.kind, one.rate)
        < (other.source, other.target, other.period, other.kind, other.rate)
    }
  }

  func write(to html: inout HTMLWriter) {
    guard !rates.isEmpty else { return }
    html.element("section", ["id": "rates"]) { html in
      html.element("div", ["class": "top"]) { $0.element("h2", "Exchange rates used") }
      html.element("table", ["class": "rates"]) { html in
        html.raw(Self.header)
        html.element("tbody") { html in for rate in rates { row(rate, &html) } }
      }
    }
    html.newLine()
  }

  private static let header = """
    <thead><tr><th scope="col">Currencies</th><th scope="col">Rate</th><th scope="col">Period</th>\
    <th scope="col" class="left">Kind</th></tr></thead>
    """

  private func row(_ rate: KPIResult.RateUsed, _ html: inout HTMLWriter) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"], "1 \(rate.source) in \(rate.target)")
      html.element("td", rate.rate.description)
      html.element("td", rate.period.description)
      html.element("td", ["class": "left"], rate.kind)
    }
  }
}

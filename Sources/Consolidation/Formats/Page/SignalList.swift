import Calculation
import LedgerModel

/// What does not show in a status and should be talked about: a KPI that is on target at another's expense, and one
/// that a leading KPI warns of. What is off target already needs a decision anyway, and is not repeated.
struct SignalList {
  let scorecard: Scorecard

  private static let most = 9
  private static let kinds: [(kind: Flag.Kind, title: String)] = [
    (.conflict, "Conflict"), (.leadingWarning, "Early warning"),
  ]

  /// A flag of one of the kinds, and the KPI that it is on.
  private struct Signal {
    let title: String
    let kpi: KPIResult
    let reason: String
  }

  func write(to html: inout HTMLWriter) {
    let signals = found
    guard !signals.isEmpty else { return }
    html.element("section", ["id": "signals"]) { html in
      html.element("div", ["class": "top"]) { html in
        html.element("h2", "Look closer")
        if signals.count > Self.most {
          html.element("span", ["class": "note"], "the first \(Self.most) of \(signals.count)")
        }
      }
      html.element("ul", ["class": "calls"]) { html in
        for signal in signals.prefix(Self.most) { write(signal, &html) }
      }
    }
    html.newLine()
  }

  private var found: [Signal] {
    Self.kinds.flatMap { kind, title in
      scorecard.kpis.filter { $0.status != .red }.flatMap { kpi in
        kpi.flags.filter { $0.kind == kind }.map { Signal(title: title, kpi: kpi, reason: $0.reason) }
      }
    }
  }

  private func write(_ signal: Signal, _ html: inout HTMLWriter) {
    let kpi = signal.kpi
    html.element("li", ["class": kpi.status?.rawValue ?? "none"]) { html in
      if let status = kpi.status { StatusMark.write(status, atRisk: kpi.atRisk, to: &html) }
      html.element("b") { $0.element("a", ["href": "#\(KPITable.anchor(kpi))"], kpi.name) }
      html.element("p", ["class": "ask"], "\(signal.title): \(signal.reason)")
      html.element("p", scorecard.place(of: kpi))
    }
  }
}

import Calculation

/// A status by shape, colour and word together.
enum StatusMark {
  /// The shapes, defined once a page.
  static let definitions = """
    <svg width="0" height="0" class="defs" aria-hidden="true"><defs>\
    <symbol id="s-green" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5"/></symbol>\
    <symbol id="s-amber" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" \
    stroke-width="1.4"/><path d="M6 1.7a4.3 4.3 0 0 0 0 8.6z"/></symbol>\
    <symbol id="s-red" viewBox="0 0 12 12"><path d="M6 .8 11.5 11H.5z"/></symbol>\
    <symbol id="s-grey" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" \
    stroke-width="1.4"/></symbol></defs></svg>
    """

  static func write(_ status: Status, atRisk: Bool = false, to html: inout HTMLWriter) {
    html.element("span", ["class": "status \(status.rawValue)"]) { html in
      shape(status, to: &html)
      html.element("span", atRisk ? "at risk" : status.words)
    }
  }

  static func shape(_ status: Status, to html: inout HTMLWriter) {
    html.raw("<svg class=\"shape\" aria-hidden=\"true\"><use href=\"#s-\(status.rawValue)\"/></svg>")
  }
}

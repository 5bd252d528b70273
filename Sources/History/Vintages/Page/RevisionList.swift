import Calculation
import Consolidation
import LedgerModel

/// The restatements of a triangle as a list, the newest first: what became of which value, who entered that, and why.
struct RevisionList {
  let triangle: RestatementTriangle
  let shown: TrianglePart
  let unit: UnitLabel

  private static let most = 40
  private let figures = FigureText()

  init(triangle: RestatementTriangle, shown: TrianglePart, unit: UnitLabel) {
    self.triangle = triangle
    self.shown = shown
    self.unit = unit
  }

  func write(to html: inout HTMLWriter) {
    let restatements = Array(triangle.restatements.reversed())
    guard !restatements.isEmpty else { return }
    html.element("section") { html in
      html.element("div", ["class": "top"]) { html in
        html.element("h2", "Restatements")
        if restatements.count > Self.most {
          html.element("span", ["class": "note"], "the newest \(Self.most) of \(restatements.count)")
        }
      }
      html.element("div", ["class": "scroll", "tabindex": "0"]) { html in
        html.element("table", ["class": "revisions"]) { html in
          html.raw(Self.header)
          html.element("tbody") { html in for revision in restatements.prefix(Self.most) { row(revision, &html) } }
        }
      }
    }
    html.newLine()
  }

  private static let header = """
    <thead><tr><th scope="col">Period</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Change</th>\
    <th scope="col" class="left">Known from</th><th scope="col" class="left">Who</th><th scope="col" class="left">Why</th>\
    </tr></thead>
    """

  private func row(_ revision: Revision, _ html: inout HTMLWriter) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"], revision.row.title)
      html.element("td", figures.text(revision.from?.value, in: unit))
      html.element("td", revision.to.map { figures.text($0.value, in: unit) } ?? "gone")
      html.element("td", revision.percent.map { ($0.isNegative ? "" : "+") + figures.percent($0) } ?? "")
      html.element("td", ["class": "left"], shown.title(of: revision.vintage))
      html.element("td", ["class": "left"], revision.entry?.by.name ?? "")
      html.element(
        "td", ["class": "left why"], revision.entry.map { String($0.message.prefix { !$0.isNewline }) } ?? "")
    }
  }
}

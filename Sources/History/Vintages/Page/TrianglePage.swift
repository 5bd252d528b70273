public import Calculation
public import Consolidation
import LedgerModel

/// A KPI's restatement triangle as one self-contained HTML page: no script, nothing fetched, styles and drawing inside.
///
/// It is readable from 380 to 1,400 pixels, in light and dark, and on A4. Everything from the ledger is escaped, and the
/// page's content policy forbids whatever might get past that.
public struct TrianglePage: Sendable {
  /// What stands above the triangle.
  public struct Head: Sendable {
    public var company: String
    /// The KPI's name and id.
    public var name: String
    public var id: String
    /// What is shown of it: `figures`, `won`, `targets`.
    public var what: String
    /// Who answers for it, as `head-of-sales: Ana Ruiz`.
    public var owner: String?
    public var unit: UnitLabel
    /// The version that the newest column is of, and its day.
    public var source: String
    public var day: Day
    /// A sentence of summary.
    public var summary: String
    /// The command that makes the same page again.
    public var command: String

    public init(
      company: String, name: String, id: String, what: String, owner: String?, unit: UnitLabel, source: String,
      day: Day,
      summary: String, command: String
    ) {
      self.company = company
      self.name = name
      self.id = id
      self.what = what
      self.owner = owner
      self.unit = unit
      self.source = source
      self.day = day
      self.summary = summary
      self.command = command
    }
  }

  /// So many vintages at most, and so many periods.
  static let mostVintages = 12
  static let mostRows = 120

  private let triangle: RestatementTriangle
  private let head: Head
  private let shown: TrianglePart
  private let figures = FigureText()

  /// - Parameter day: the day of a moment in seconds since 1970, as the ledger counts days
  public init(_ triangle: RestatementTriangle, _ head: Head, day: (Int64) -> Day) {
    self.triangle = triangle
    self.head = head
    shown = TrianglePart(
      triangle, vintages: Self.mostVintages, rows: Self.mostRows, titles: triangle.vintages.map { day($0.seconds) })
  }

  /// The page, UTF-8, with a line feed at its end.
  public func text() -> String {
    var html = HTMLWriter()
    html.raw("<!doctype html>\n")
    html.element("html", ["lang": "en"]) { html in
      head(&html)
      html.newLine()
      html.element("body") { html in
        header(&html)
        html.element("main") { html in
          VintageChart(triangle: triangle, shown: shown, unit: head.unit, name: head.name).write(to: &html)
          table(&html)
          RevisionList(triangle: triangle, shown: shown, unit: head.unit).write(to: &html)
        }
        footer(&html)
      }
    }
    html.newLine()
    return html.text
  }

  private func head(_ html: inout HTMLWriter) {
    html.element("head") { html in
      html.void("meta", ["charset": "utf-8"])
      html.void("meta", ["name": "viewport", "content": "width=device-width,initial-scale=1"])
      html.void("meta", ["name": "color-scheme", "content": "light dark"])
      html.void(
        "meta",
        ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
      html.element("title", "\(head.name): \(head.what) as they were known")
      html.element("style") { $0.raw(PageStyle.sheet + TriangleStyle.sheet) }
    }
  }

  private func header(_ html: inout HTMLWriter) {
    html.element("header") { html in
      html.element("p", ["class": "company"], head.company)
      html.element("h1", head.name)
      html.element("p", ["class": "facts"]) { html in
        html.element("code", head.id)
        html.string(" \u{00B7} \(head.what) as they were known")
        if let unit = head.unit.symbol ?? head.unit.id { html.string(" \u{00B7} in \(unit)") }
        if let owner = head.owner { html.string(" \u{00B7} \(owner)") }
      }
      html.element("p", ["class": "facts"]) { html in
        html.string("As known on \(head.day.title) \u{00B7} source ")
        html.element("code", head.source)
      }
      html.element("p", ["class": "lead"], head.summary)
    }
    html.newLine()
  }

  // MARK: Table

  private func table(_ html: inout HTMLWriter) {
    guard !shown.vintages.isEmpty else { return }
    html.element("section") { html in
      html.element("div", ["class": "top"]) { html in
        html.element("h2", "What was known when")
        if let note = shown.omission { html.element("span", ["class": "note"], note) }
      }
      html.element("div", ["class": "scroll recent", "tabindex": "0"]) { html in
        html.element("table", ["class": "triangle"]) { html in
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], "Period")
              for vintage in shown.vintages { title(shown.title(of: vintage), &html) }
            }
          }
          html.element("tbody") { html in for row in shown.rows { self.row(row, &html) } }
        }
      }
      html.element("p", ["class": "key"]) { html in
        html.raw(TriangleStyle.mark)
        html.string(
          " another value than in the column before; (p) provisional, (e) estimated; an empty cell: nothing known.")
      }
    }
    html.newLine()
  }

  /// A day on two lines: the year, and the day in it.
  private func title(_ title: String, _ html: inout HTMLWriter) {
    let parts = title.split(separator: "-", maxSplits: 1)
    html.element("th", ["scope": "col"]) { html in
      guard let year = parts.first, let rest = parts.dropFirst().first else { return html.string(title) }
      html.string("\(year)-")
      html.void("br", [:])
      html.string(String(rest))
    }
  }

  private func row(_ row: VintageRow, _ html: inout HTMLWriter) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"], row.title)
      for vintage in shown.vintages {
        let cell = triangle.cell(row, in: vintage)
        let revision = triangle.revision(of: row, in: vintage).flatMap { $0.isOfValue ? $0 : nil }
        var kinds = revision == nil ? [] : ["revised"]
        if vintage == shown.vintages.last { kinds.append("newest") }
        html.element("td", ["class": kinds.joined(separator: " ")]) { html in
          if let revision {
            html.element("span", ["title": shown.told(revision, head.unit)]) { html in
              html.raw(TriangleStyle.mark)
              html.element("b", cell.map { figures.text($0.value, in: head.unit) } ?? "gone")
            }
          } else if let cell {
            html.string(figures.text(cell.value, in: head.unit))
          }
          if let cell, let sign = cell.status.sign { html.element("span", ["class": "sign"], " (\(sign))") }
        }
      }
    }
    html.newLine()
  }

  private func footer(_ html: inout HTMLWriter) {
    html.element("footer") { html in
      html.element("p", Self.explanation)
      html.element("p") { html in
        html.string("Anybody with the ledger gets the same page again with ")
        html.element("code", head.command)
      }
    }
  }

  private static let explanation = """
    Each column is what the ledger said after a sync that changed a value, by the calculation that was in force then, and \
    by the time of the main line. A restatement is a final value that was changed after its period had begun, other than by \
    figures that were still missing in it.
    """
}

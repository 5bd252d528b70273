import Calculation
import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel

/// A restatement triangle in the formats of `kpi history`.
struct TriangleText {
  private let triangle: RestatementTriangle
  private let definition: Definition
  private let measure: RestatementTriangle.Measure
  private let settings: LedgerSettings
  private let people: People?
  private let version: LedgerVersion
  private let figures = FigureText(typographic: false)

  init(
    _ triangle: RestatementTriangle, of definition: Definition, _ measure: RestatementTriangle.Measure,
    settings: LedgerSettings, people: People?, version: LedgerVersion
  ) {
    self.triangle = triangle
    self.definition = definition
    self.measure = measure
    self.settings = settings
    self.people = people
    self.version = version
  }

  /// - Parameter command: makes the page again
  func text(as format: HistoryFormat, command: String) -> String {
    switch format {
    case .table: table
    case .json: listing.text(triangle.revisions, as: .json)
    case .csv: listing.text(triangle.revisions, as: .csv)
    case .html: TrianglePage(triangle, head(command), day: { day(of: $0) }).text()
    }
  }

  private var unit: UnitLabel {
    if case .input = measure { return UnitLabel(id: nil) }
    return UnitLabel(definition.calculation.unit, in: settings)
  }

  private var what: String {
    switch measure {
    case .figure: "figures"
    case .input(let name): name
    case .targets: "targets"
    }
  }

  private func day(of seconds: Int64) -> Day { LedgerDay.day(of: seconds, in: settings.calendar) }

  // MARK: JSON and CSV

  private var listing: Listing<Revision> {
    Listing(
      fields: [
        .init("period") { $0.row.period.description },
        .init("limit") { $0.row.limit?.rawValue },
        .init("known_from") { TimeText.utc(triangle.vintages[$0.vintage].seconds) },
        .init("known_at") { triangle.vintages[$0.vintage].commit.description },
        .init("value", text: { $0.to?.value.description ?? "" }, json: { $1.number($0.to?.value) }),
        .init("was", text: { $0.from?.value.description ?? "" }, json: { $1.number($0.from?.value) }),
        .init("status") { $0.to?.status.rawValue },
        .init("restated", text: { $0.isRestatement ? "true" : "false" }, json: { $1.bool($0.isRestatement) }),
        .init("by") { $0.entry?.by.description },
        .init("entered_at") { $0.entry.map { TimeText.utc($0.at.seconds) } },
        .init("commit") { $0.entry?.commit.description },
        .init("message") { $0.entry?.message },
        .init("settled_by") { $0.origin?.settledBy?.description },
        .init("kpi") { triangle.vintages[$0.vintage].kpi.description },
      ], columns: [])
  }

  // MARK: Table

  private var table: String {
    guard !triangle.vintages.isEmpty else { return "Nothing is known of the \(what) of \(definition.id).\n" }
    let shown = newestThatFit
    let title = Style.strong(TextWidth.plain(definition.name)) + "  \(definition.id), \(what) as they were known"
    var table = TextTable([TextTable.Column("period")] + shown.map { TextTable.Column($0.title, isRight: true) })
    for (place, row) in triangle.rows.enumerated() {
      table.add([row.title] + shown.map { $0.cells[place].isEmpty ? " " : $0.cells[place] })
    }
    var lines = [title] + table.lines(width: Console.width)
    let left = triangle.vintages.count - shown.count
    if left > 0 {
      lines.append("\(left) earlier \(left == 1 ? "column" : "columns") left out: '--format csv' has all changes.")
    }
    return (lines + TextWidth.wrapped(summary, to: Console.width)).map { $0 + "\n" }.joined()
  }

  /// The newest columns that there is room for; one there always is.
  private var newestThatFit: [(title: String, cells: [String])] {
    let days = triangle.vintages.map { day(of: $0.seconds) }
    let counts = Dictionary(days.map { ($0, 1) }, uniquingKeysWith: +)
    var room = Console.width - (triangle.rows.map { TextWidth.of($0.title) }.max() ?? 0)
    var columns: [(title: String, cells: [String])] = []
    for vintage in triangle.vintages.indices.reversed() {
      let title = title(of: vintage, days[vintage], isOnlyOne: counts[days[vintage]] == 1)
      let cells = triangle.rows.map { cell($0, vintage) }
      room -= cells.reduce(TextWidth.of(title)) { Swift.max($0, TextWidth.of($1)) } + 2
      guard room >= 0 || columns.isEmpty else { break }
      columns.append((title, cells))
    }
    return columns.reversed()
  }

  private func cell(_ row: VintageRow, _ vintage: Int) -> String {
    let isChanged = triangle.revision(of: row, in: vintage)?.isOfValue ?? false
    guard let cell = triangle.cell(row, in: vintage) else { return isChanged ? "gone *" : "" }
    let text = figures.text(cell.value, in: unit)
    // The marks stand below each other, so that the figures do.
    return text + (isChanged ? " *" : cell.status.sign.map { " " + $0 } ?? "  ")
  }

  /// The day of a vintage, with the time where several are of one day.
  private func title(of vintage: Int, _ day: Day, isOnlyOne: Bool) -> String {
    guard triangle.vintages[vintage].isSent else { return "not sent  " }
    let time = isOnlyOne ? "" : " " + LedgerDay.time(of: triangle.vintages[vintage].seconds, in: settings.calendar)
    return "\(day)\(time)  "
  }

  // MARK: In words

  /// How many values were restated, and which most.
  private var summary: String {
    let (count, all) = (triangle.restatedRows, triangle.rows.count)
    let values = all == 1 ? "value" : "values"
    guard count > 0, let largest = triangle.largest else { return "None of \(all) \(values) was restated." }
    return "\(count) of \(all) \(values) \(count == 1 ? "was" : "were") restated\(count == 1 ? "" : "; the largest"): "
      + told(largest) + "."
  }

  private func told(_ revision: Revision) -> String {
    let percent = revision.percent.map { percent in
      " (\(percent.isNegative ? "" : "+")\(percent.rounded(toPlaces: 1)) %)"
    }
    let to = revision.to.map { "to \(figures.text($0.value, in: unit))" } ?? "to nothing"
    let who = revision.entry.map { ", by \($0.by.name)" } ?? ""
    let date =
      triangle.vintages[revision.vintage].isSent
      ? ", known from \(day(of: triangle.vintages[revision.vintage].seconds))" : ""
    let why = revision.entry.map(\.why).flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
    return TextWidth.plain(
      "\(revision.row.title) from \(figures.text(revision.from?.value, in: unit)) \(to)\(percent ?? "")\(who)\(date)\(why)"
    )
  }

  private func head(_ command: String) -> TrianglePage.Head {
    let day = day(of: version.commit.committer.time.seconds)
    return TrianglePage.Head(
      company: settings.company, name: definition.name, id: definition.id.description, what: what,
      owner: owner(on: day),
      unit: unit, source: version.commit.id.description, day: version.day ?? day, summary: summary,
      command: command + " --at \(version.commit.id)")
  }

  private func owner(on day: Day) -> String? {
    definition.owner.map { role in
      guard let holder = people?.roles[role]?.holder(on: day) else { return role }
      return "\(role): \(people?.people[holder]?.name ?? holder)"
    }
  }
}

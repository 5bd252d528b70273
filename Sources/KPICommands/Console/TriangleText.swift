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
    let cells = triangle.rows.map { row in (row, triangle.vintages.indices.map { cell(row, $0) }) }
    let titles = self.titles
    let widths = titles.indices.map { column in
      cells.reduce(TextWidth.of(titles[column])) { Swift.max($0, TextWidth.of($1.1[column])) } + 2
    }
    let first = firstShown(widths, besides: cells.map { TextWidth.of($0.0.title) }.max() ?? 0)
    var table = TextTable(
      [TextTable.Column("period")] + titles[first...].map { TextTable.Column($0, isRight: true) })
    for (row, texts) in cells { table.add([row.title] + texts[first...].map { $0.isEmpty ? " " : $0 }) }
    var lines = [Style.strong(TextWidth.plain(definition.name)) + "  \(definition.id), \(what) as they were known"]
    lines += table.lines(width: Console.width)
    if first > 0 {
      lines.append("\(first) earlier \(first == 1 ? "column" : "columns") left out: '--format csv' has all changes.")
    }
    return (lines + TextWidth.wrapped(summary, to: Console.width)).map { $0 + "\n" }.joined()
  }

  private func cell(_ row: VintageRow, _ vintage: Int) -> String {
    let isChanged = triangle.revision(of: row, in: vintage)?.isOfValue ?? false
    guard let cell = triangle.cell(row, in: vintage) else { return isChanged ? "gone *" : "" }
    let text = figures.text(cell.value, in: unit)
    // The marks stand below each other, so that the figures do.
    return text + (isChanged ? " *" : cell.status.sign.map { " " + $0 } ?? "  ")
  }

  /// The day of each vintage, with the time where several are of one day.
  private var titles: [String] {
    let days = triangle.vintages.map { day(of: $0.seconds) }
    let counts = Dictionary(days.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(triangle.vintages, days).map { vintage, day in
      guard vintage.isSent else { return "not sent  " }
      guard counts[day] ?? 0 > 1 else { return "\(day)  " }
      return "\(day) \(LedgerDay.time(of: vintage.seconds, in: settings.calendar))  "
    }
  }

  /// The first of the newest columns that there is room for; one there always is.
  private func firstShown(_ widths: [Int], besides period: Int) -> Int {
    var room = Console.width - Swift.max(period, 6)
    var first = widths.count
    while first > 0, first == widths.count || widths[first - 1] <= room {
      first -= 1
      room -= widths[first]
    }
    return first
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

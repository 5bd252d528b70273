import Calculation
import LedgerModel

/// The scorecard as plain text that fits a terminal.
public struct ScorecardTable: Sendable {
  private let scorecard: Scorecard
  private let width: Int
  private let style: Style
  private let figures = FigureText(typographic: false)

  /// How the terminal shows status.
  public struct Style: Hashable, Sendable {
    /// ● ◐ ▲ ○ before the words; without, words only.
    public var symbols: Bool
    /// ANSI colours on the status.
    public var colour: Bool

    /// Plain text unless said otherwise.
    public init(symbols: Bool = false, colour: Bool = false) {
      self.symbols = symbols
      self.colour = colour
    }
  }

  /// The format of one scorecard, for lines of so many cells (40 at least). Above `limit` KPIs it shows those that need
  /// attention first, and says how to see the others.
  public init(
    _ scorecard: Scorecard, width: Int = 100, style: Style = Style(), limit: Int = Scorecard.standardLimit
  ) {
    self.scorecard = scorecard.limited(to: limit)
    self.width = Swift.max(40, width)
    self.style = style
  }

  /// The text; no line is wider than the width, none has spaces at its end.
  public func text() -> String {
    var lines = heading()
    let columns = fittedColumns()
    lines += ["", header(columns)]
    for section in ScorecardOutline(scorecard).sections {
      lines.append(title(of: section))
      for kpi in section.kpis { lines.append(row(kpi, columns)) }
      if section.left > 0 { lines.append("  and \(section.left) more") }
    }
    if scorecard.goals.isEmpty, scorecard.kpis.isEmpty { lines.append("No goals and no active KPIs yet.") }
    lines += flagLines()
    if let note = scorecard.omission {
      let rest = "\(note). The others: kpi scorecard --department D; all of them: --all."
      lines += [""] + TextWidth.wrapped(rest, to: width)
    }
    return lines.map(Self.trimmed).joined(separator: "\n") + "\n"
  }

  private func heading() -> [String] {
    let name: String
    switch scorecard.scope {
    case .company: name = scorecard.company
    case .department(_, let department): name = "\(department), \(scorecard.company)"
    }
    let state = scorecard.isRunning ? "running, " : ""
    let facts = "\(state)as of \(scorecard.asOf), source \(scorecard.source)"
    let counts = scorecard.counts
    var summary = "\(counts.green) on target, \(counts.amber) close, \(counts.red) off target, \(counts.grey) not rated"
    if counts.atRisk > 0 { summary += "; \(counts.atRisk) at risk" }
    return TextWidth.wrapped(TextWidth.plain("\(name): \(scorecard.title)"), to: width)
      + TextWidth.wrapped(TextWidth.plain(facts), to: width) + TextWidth.wrapped(summary, to: width)
  }

  // MARK: Columns

  private struct Column {
    let title: String
    let width: Int
    /// How soon the column gives way: 0 never does.
    let rank: Int
    let isLeft: Bool
    let text: (KPIResult) -> String
  }

  /// The most important columns that leave the names room to breathe.
  private func fittedColumns() -> [Column] {
    let all = columns()
    let ranked = all.indices.sorted { (all[$0].rank, $0) < (all[$1].rank, $1) }
    let kept = ranked.reduce(into: Set<Int>()) { kept, index in
      let used = (kept.union([index])).reduce(statusWidth + 2) { $0 + all[$1].width + 2 }
      if width - used >= Swift.min(26, width / 3 + 1) || all[index].rank == 0 { kept.insert(index) }
    }
    return kept.sorted().map { all[$0] }
  }

  private func columns() -> [Column] {
    let figures = figures
    func column(
      _ title: String, _ rank: Int, isLeft: Bool = false, _ text: @escaping (KPIResult) -> String
    ) -> Column {
      let widest = scorecard.kpis.reduce(title.utf8.count) { Swift.max($0, TextWidth.of(text($1))) }
      return Column(title: title, width: Swift.min(widest, 18), rank: rank, isLeft: isLeft, text: text)
    }
    let hasDepartments = Set(scorecard.kpis.map(\.department)).count > 1
    let running = scorecard.isRunning
    return [
      hasDepartments ? column("department", 3, isLeft: true) { Self.dashed($0.department) } : nil,
      column("actual", 0) { Self.dashed(figures.text($0.actual, in: $0.unit)) },
      column("target", 1) { Self.dashed(figures.text($0.target, in: $0.unit)) },
      column("ach. %", 1) { Self.dashed(figures.score($0.achievement)) },
      running ? column("landing", 2) { Self.dashed(figures.text($0.landing, in: $0.unit)) } : nil,
      column("unit", 4) { Self.dashed($0.unit.symbol ?? $0.unit.id ?? "") },
      scorecard.kpis.contains { $0.trend != nil }
        ? column("trend", 6, isLeft: true) { Self.dashed($0.trend?.rawValue ?? "") } : nil,
      column("gap", 8) { Self.dashed(figures.text($0.gap, in: $0.unit)) },
      column("ytd", 5) { Self.dashed(figures.text($0.yearToDate.actual, in: $0.unit)) },
      column("ytd %", 7) { Self.dashed(figures.score($0.yearToDate.achievement)) },
      scorecard.kpis.contains { $0.year.landing != nil }
        ? column("year ends", 10) { Self.dashed(figures.text($0.year.landing, in: $0.unit)) } : nil,
      running ? column("pace", 9) { Self.dashed($0.pace?.rawValue ?? "") } : nil,
      column("owner", 11, isLeft: true) { Self.dashed($0.owner ?? "") },
    ].compactMap { $0 }
  }

  private static func dashed(_ text: String) -> String {
    if text.isEmpty || text == "\u{2013}" { return "-" }
    let plain = TextWidth.plain(text)
    // Nearly all are plain ASCII, and looking for a string takes longer than all else.
    return plain.utf8.allSatisfy { $0 < 0x80 } ? plain : plain.replacing("\u{2013}", with: "..")
  }

  // MARK: Lines

  private var statusWidth: Int { style.symbols ? 12 : 10 }

  private func header(_ columns: [Column]) -> String {
    let cells = columns.map { TextWidth.fitted($0.title, to: $0.width, rightAligned: !$0.isLeft) }
    return TextWidth.fitted("KPI", to: nameWidth(columns)) + cells.map { "  " + $0 }.joined() + "  status"
  }

  private func nameWidth(_ columns: [Column]) -> Int {
    Swift.max(8, width - columns.reduce(statusWidth + 2) { $0 + $1.width + 2 })
  }

  private func title(of section: ScorecardOutline.Section) -> String {
    guard let goal = section.goal else { return ScorecardOutline.looseTitle }
    let indent = String(repeating: "  ", count: Swift.min(goal.depth, 6))
    let landing =
      scorecard.isRunning && goal.outlook != goal.score ? ", landing \(Self.dashed(figures.score(goal.outlook)))" : ""
    let score = "\(Self.dashed(figures.score(goal.score)))\(landing)  (\(goal.coverage))"
    let room = Swift.max(4, width - statusWidth - 2 - TextWidth.of(score) - 2)
    let name = TextWidth.fitted(indent + TextWidth.plain(goal.name), to: room)
    return "\(name)  \(score)  \(status(goal.status))"
  }

  private func row(_ kpi: KPIResult, _ columns: [Column]) -> String {
    let mark = Notes(of: kpi).isEmpty ? "" : " *"
    let room = nameWidth(columns)
    let name = TextWidth.truncated("  " + TextWidth.plain(kpi.name), to: room - mark.utf8.count) + mark
    let cells = columns.map { "  " + TextWidth.fitted($0.text(kpi), to: $0.width, rightAligned: !$0.isLeft) }
    return TextWidth.fitted(name, to: room) + cells.joined() + "  " + (kpi.status.map(status) ?? "-")
  }

  private func status(_ status: Status) -> String {
    let text = style.symbols ? "\(status.symbol) \(status.words)" : status.words
    guard style.colour else { return text }
    let code =
      switch status {
      case .green: "32"
      case .amber: "33"
      case .red: "31"
      case .grey: "90"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private func flagLines() -> [String] {
    let notes =
      scorecard.goals.map { ($0.id, Notes($0.flags)) } + scorecard.kpis.map { ($0.id.description, Notes(of: $0)) }
    let texts = notes.flatMap { id, notes in notes.notes.map { "\(id): \($0.kind): \($0.text)" } }
    guard !texts.isEmpty else { return [] }
    var lines = ["", "* to know before relying on a figure:"]
    for text in texts {
      for (index, line) in TextWidth.wrapped(TextWidth.plain(text), to: width - 4).enumerated() {
        lines.append((index == 0 ? "  " : "    ") + line)
      }
    }
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}

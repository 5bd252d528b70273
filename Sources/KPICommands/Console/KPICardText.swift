import Calculation
import Consolidation
import Git
import LedgerModel

/// One KPI as a page of text: what it is, how it stands, plan against actual.
struct KPICardText {
  private let card: KPICard
  private let figures = FigureText(typographic: false)

  init(_ card: KPICard) { self.card = card }

  private var definition: Definition { card.definition }

  func print() {
    Console.print(Style.strong(TextWidth.plain(definition.name)) + "  \(definition.id)\(remark)")
    printFacts(facts)
    for error in card.errors {
      Console.print("  Error in \(error.file), line \(error.position.line): \(error.message)")
    }
    for row in card.earlier { printWrapped("  * ", TextWidth.plain(EarlierText.line(row))) }
    guard let result = card.result else {
      return Console.print("\nA \(definition.status.rawValue) KPI has no figures on the scorecard.")
    }
    Console.print("\n" + Style.strong(heading(result)))
    printFacts(standing(result))
    for flag in result.flags { printWrapped("  * ", TextWidth.plain(flag.reason)) }
    printSeries(result)
  }

  // MARK: What it is

  private var remark: String {
    let kind: String? =
      switch definition.kind {
      case .kpi: nil
      case .metric: "a metric: observed, not steered by"
      case .context: "context: external, not steered by"
      }
    let parts = [kind, definition.status == .active ? nil : definition.status.rawValue].compactMap(\.self)
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private var facts: [(String, String?)] {
    [
      ("goal", goal), ("owner", role(definition.owner)), ("data from", role(definition.dataOwner)),
      ("decision", definition.decision), ("otherwise", definition.consequence), ("calculation", calculation),
      ("unit", unit), ("made of", sources), ("review", review),
      ("leads to", definition.leadsTo.isEmpty ? nil : definition.leadsTo.map(\.description).joined(separator: ", ")),
      ("as it stood", version),
      ("formerly", definition.was.isEmpty ? nil : definition.was.map(\.description).joined(separator: ", ")),
    ]
  }

  /// The version of the ledger, where it is not the files in the folder.
  private var version: String? {
    card.version.map { version in
      let commit = version.commit
      return "\(commit.id.abbreviated()) of \(TimeText.moment(commit.committer.time.seconds)), \(commit.committer.name)"
    }
  }

  private var goal: String? {
    guard let id = definition.goal else { return nil }
    let name = card.ledger.goals[id].map { "\($0.name) (\(id))" } ?? "\(id), which goals.yaml does not have"
    return "\(name), weight \(definition.weight)" + (definition.priority.map { ", priority \($0)" } ?? "")
  }

  private func role(_ id: String?) -> String? {
    guard let id else { return nil }
    guard let holder = card.ledger.people.roles[id]?.holder(on: card.scorecard.asOf) else { return id }
    return "\(id): \(card.ledger.people.people[holder]?.name ?? holder)"
  }

  private var calculation: String {
    let calculation = definition.calculation
    let inputs = calculation.inputs.map { input in
      "\(input.name) (\(input.aggregate.rawValue)\(input.source.map { " from \($0)" } ?? ""))"
    }
    let from = calculation.effectiveFrom.map { ", from \($0) on" } ?? ""
    return "\(calculation.formula.text) of \(inputs.joined(separator: ", ")), by \(calculation.period.rawValue)\(from)"
  }

  private var unit: String? {
    let direction: String? =
      switch definition.calculation.direction {
      case .higher: "higher is better"
      case .lower: "lower is better"
      case .band: "within a band is best"
      case nil: nil
      }
    let parts = [definition.calculation.unit, direction].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var sources: String? {
    guard let rule = definition.consolidates else { return nil }
    let sources = rule.sources.map { source in
      switch source {
      case .kpi(let id): id.description
      case .everyDepartment(let kpi): "every department's \(kpi)"
      }
    }
    let filter = rule.filter.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.joined(separator: " or "))" }
    return sources.joined(separator: ", ") + (filter.isEmpty ? "" : ", where \(filter.joined(separator: " and "))")
  }

  private var review: String? {
    definition.review.map { review in "every \(review.cadence.rawValue)" + (review.venue.map { ", \($0)" } ?? "") }
  }

  // MARK: How it stands

  private func heading(_ result: KPIResult) -> String {
    let title = card.ledger.settings.calendar.title(of: result.period)
    return "\(title), \(card.scorecard.isRunning ? "running, " : "")as of \(card.scorecard.asOf)"
  }

  private func standing(_ result: KPIResult) -> [(String, String?)] {
    let unit = result.unit
    func figure(_ value: Quantity?) -> String? { value.map { figures.text($0, in: unit, withUnit: true) } }
    return [
      ("status", result.status.map { Style.status($0) + (result.atRisk ? ", at risk" : "") }),
      ("actual", figure(result.actual) ?? "not recorded"),
      ("target", result.target.map { figures.text($0, in: unit) }),
      ("achievement", result.achievement.map { figures.score($0) + " %" }),
      ("gap", result.gap.map { figures.signed($0, in: unit) }),
      ("time elapsed", card.scorecard.isRunning ? result.timeElapsed.map { figures.score($0) + " %" } : nil),
      ("pace", result.pace.map { $0.rawValue.split(separator: "-").joined(separator: " ") }),
      ("landing", card.scorecard.isRunning ? figure(result.landing) : nil),
      ("shortfall", card.scorecard.isRunning ? figure(result.shortfall) : nil),
      ("needed per day", figure(result.neededPerDay)), ("year to date", yearToDate(result)),
    ]
  }

  private func yearToDate(_ result: KPIResult) -> String? {
    let year = result.yearToDate
    guard let actual = year.actual else { return nil }
    var text = figures.text(actual, in: result.unit, withUnit: true)
    if let target = year.target { text += " of \(figures.text(target, in: result.unit))" }
    if let achievement = year.achievement { text += ": \(figures.score(achievement)) %" }
    return text + " (\(year.periods) periods)"
  }

  private func printSeries(_ result: KPIResult) {
    let known = result.series.filter { $0.actual != nil || $0.target != nil }
    guard !known.isEmpty else { return }
    var table = TextTable([
      .init("  period"), .init("actual", isRight: true), .init("target", isRight: true),
      .init("achievement", isRight: true),
    ])
    for point in known {
      let achievement = point.target.flatMap { target in
        point.actual.flatMap { actual in
          result.direction.flatMap {
            Target.value(target).achievement(of: actual, direction: $0, baseline: definition.baseline)
          }
        }
      }
      table.add([
        "  \(point.period)", point.actual.map { figures.text($0, in: result.unit) } ?? "-",
        point.target.map { figures.text($0, in: result.unit) } ?? "",
        achievement.map { figures.score($0) + " %" } ?? "",
      ])
    }
    Console.print("")
    for line in table.lines(width: Console.width) { Console.print(line) }
  }

  // MARK: Lines

  private func printFacts(_ facts: [(String, String?)]) {
    let known = facts.compactMap { name, text in text.map { (name, TextWidth.plain($0)) } }
    let width = known.map(\.0.utf8.count).max() ?? 0
    for (name, text) in known {
      // A coloured status is short and must keep its colour.
      if name == "status", let text = facts.first(where: { $0.0 == name })?.1 {
        Console.print("  " + TextWidth.fitted(name, to: width) + "  " + text)
      } else {
        printWrapped("  " + TextWidth.fitted(name, to: width) + "  ", text)
      }
    }
  }

  private func printWrapped(_ head: String, _ text: String) {
    let indent = String(repeating: " ", count: TextWidth.of(head))
    let lines = TextWidth.wrapped(text, to: Swift.max(20, Console.width - indent.utf8.count))
    for (index, line) in lines.enumerated() { Console.print((index == 0 ? head : indent) + line) }
  }
}

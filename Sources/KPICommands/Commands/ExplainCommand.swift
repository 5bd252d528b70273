import ArgumentParser
import Calculation
import Git
import History
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why scores moved: actuals, targets, calculations, weights and coverage, change by change.",
    discussion: """
      Between two versions of the ledger, named by days or by ids from 'kpi audit', both calculated for one period and \
      one day: only what became known counts. A day stands for the ledger as it was when the day ended. Between two \
      months, quarters or years: both calculated from one version.

      Each change is put in force in the order of the main line; what it does to the score is its part. The parts add \
      up to the difference exactly.

      Examples:
        kpi explain 2026-03-01..2026-03-31               what moved the goals' scores in March
        kpi explain 2026-03-01..                         since then
        kpi explain 3f2a91c..8c01de2 --goal grow --all
        kpi explain 2026-03-01..2026-03-31 sales/win-rate
        kpi explain 2026-02..2026-03 --department sales  March against February
        kpi explain 2025-Q1..2026-Q1 --format csv
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(
    help: ArgumentHelp("Two days, two ids of changes, or two periods. FROM.. goes to now.", valueName: "from..to"))
  var range: String

  @Argument(help: "A KPI, as sales/win-rate, whose score is explained. Without it, the goals'.", completion: .kpi)
  var id: String?

  @Option(help: "One goal.", completion: .goal)
  var goal: String?

  @Option(help: "The goals of one department's scorecard, with those below it.", completion: .department)
  var department: String?

  @Option(help: "What the scores are of, as 2026-03 or 2026-Q1. Without it, the newest month that most have recorded.")
  var period: String?

  @OptionGroup var past: PastOption

  @Flag(help: "Show all parts, of however many. JSON and CSV always have all.")
  var all = false

  @OptionGroup var format: FormatOption

  func validate() throws {
    guard id == nil || goal == nil && department == nil else {
      throw ValidationError("Say a KPI, or --goal and --department.")
    }
  }

  func run() throws {
    let clone = try ledger.open()
    // A KPI before the range is as clear as behind it.
    let isTurned = !ExplainRange.isRange(range) && id.map(ExplainRange.isRange) ?? false
    let (range, id) = isTurned ? (self.id ?? range, range) : (range, self.id)
    let run = ExplainRun(
      clone: clone, id: id, goal: goal, department: department, day: try past.day(),
      parts: all || format.format != .table ? nil : ExplainText.mostParts)
    let told: ExplainRun.Told
    switch try ExplainRange(range, in: clone) {
    case .versions(let from, let to):
      guard past.at == nil else {
        throw Failure("--at is for two periods; two versions are named by the range itself.")
      }
      told = try run.versions(from, to, period: period.map(LedgerDay.period))
    case .periods(let from, let to):
      guard period == nil else { throw Failure("--period is for two versions; the range names the periods itself.") }
      told = try run.periods(from, to, at: past.version(in: clone))
    }
    guard format.format == .table else {
      let rows = told.explanations.flatMap { explanation in
        explanation.parts.map { ExplainListing.Row(explanation: explanation, period: told.period, part: $0) }
      }
      return Console.print(ExplainListing.listing.text(rows, as: format.format), terminator: "")
    }
    ExplainText(told: told, showsAll: all).print()
  }
}

/// Asks the history for an explanation, and who is behind it.
struct ExplainRun {
  let clone: LedgerClone
  let id: String?
  let goal: String?
  let department: String?
  /// The last day that counts; nil where nobody says.
  let day: Day?
  /// Of how many parts each explanation says who entered them; nil for all.
  let parts: Int?

  /// What there is to tell.
  struct Told {
    var explanations: [Explanation]
    /// How many changes moved no score.
    var still: Int
    /// What the scores are of.
    var period: String
    /// What is compared, in words.
    var scope: String
  }

  private var objects: ObjectDatabase { clone.repository.objects }

  func versions(_ from: LedgerVersion, _ to: LedgerVersion, period: Period?) throws -> Told {
    let calendar = to.settings(in: clone).calendar
    let day = day ?? to.asOf(in: calendar)
    let question = try question(LedgerView(to.source(in: clone)), LedgerView(from.source(in: clone)))
    let rollUp = try LedgerRollUp(
      of: to.commit.id, in: objects, cache: clone.cacheFolder, program: Version.program, isPast: !to.isNewest)
    let period = try period ?? rollUp.newestPeriod(asOf: day, calendar: calendar)
    let explain = Explain(objects, asOf: day, question: question)
    let answer = try explain.versions(from.commit.id, to.commit.id, of: period) { done, of in
      if of > 5000, Console.canAsk { Console.note("Going along the history: \(done) of \(of) syncs") }
    }
    guard let answer else { throw try ExplainRange.failure(from, to, in: objects) }
    let explanations = try Attribution(objects, proof: AuthorProofs.maker(objects))
      .attributed(answer.explanations, parts: parts, tip: to.commit.id, hub: clone.hubTip())
    return Told(
      explanations: explanations, still: answer.still, period: period.description,
      scope: "\(period) as known in \(Self.name(from)) and in \(Self.name(to)), both as of \(day)")
  }

  func periods(_ from: Period, _ to: Period, at version: LedgerVersion) throws -> Told {
    let calendar = version.settings(in: clone).calendar
    let day = day ?? version.asOf(in: calendar)
    let view = LedgerView(version.source(in: clone))
    let answer = try Explain(objects, asOf: day, question: question(view, view)).periods(
      from, to, at: version.commit.id)
    var query = AuditQuery()
    let shown = answer.explanations.flatMap { explanation in
      explanation.largest(parts).compactMap { explanation.parts[$0].kpi }
    }
    query.kpis = Set(shown).sorted().flatMap { AuditScope.names(of: $0, in: view) }
    let entries = shown.isEmpty ? [] : try LedgerPast(clone).entries(endingAt: version.commit.id, query)
    return Told(
      explanations: Attribution.attributed(answer.explanations, by: entries, of: to, calendar: calendar),
      still: answer.still, period: "\(from)..\(to)",
      scope: "\(from) and \(to), as known in \(Self.name(version)), both as of \(day)")
  }

  /// As `3f2a91c of 31 Mar 2026`.
  private static func name(_ version: LedgerVersion) -> String {
    "\(version.commit.id.abbreviated()) of \(TimeText.date(version.commit.committer.time.seconds))"
  }

  /// Whose scores are asked about, by the later version; what is gone there, by the earlier one.
  private func question(_ later: LedgerView, _ earlier: LedgerView) throws -> Explain.Question {
    if let id { return .kpi(try names(of: id, later, earlier)) }
    if let department, !earlier.departments.contains(department) { _ = try KPIName.department(department, in: later) }
    guard let goal else { return .goals(department: department) }
    let known = (later.goals.value ?? [:]).merging(earlier.goals.value ?? [:]) { first, _ in first }
    guard known[goal] != nil else {
      throw Failure("There is no goal '\(goal)'.\(Suggestion.sentence(for: goal, in: known.keys.sorted()))")
    }
    return .goal(goal, department: department)
  }

  /// A KPI's ids, the newest first, whichever of them somebody names.
  private func names(of text: String, _ later: LedgerView, _ earlier: LedgerView) throws -> [KPIID] {
    let id = try KPIName.read(text)
    let current = LedgerPath(later.currentPath(of: id.definitionPath)).kpi ?? id
    if later.hasDefinition(current) { return AuditScope.names(of: current, in: later) }
    return AuditScope.names(of: try KPIName.existing(text, in: earlier), in: earlier)
  }
}

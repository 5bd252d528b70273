import ArgumentParser
import Calculation
import Consolidation
import Foundation
import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi history`
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "What each value of a KPI was known to be, and when: the restatement triangle.",
    discussion: """
      A row is a period, a column what the ledger said after a sync that changed a value; '*' stands where a value differs \
      from the column before, 'p' and 'e' where it was provisional or estimated. A table shows the newest columns that \
      fit; JSON and CSV have all, a line for each change.

      Examples:
        kpi history sales/win-rate
        kpi history sales/win-rate --input won         one of its inputs, as it was recorded
        kpi history sales/win-rate --targets           what was planned
        kpi history sales/win-rate --at 2026-03-31     as far as it was known when that day ended
        kpi history sales/win-rate --format html --output win-rate.html
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate.", completion: .kpi)
  var id: String

  @Option(help: "One of its inputs, as it was recorded, in place of its figure.")
  var input: String?

  @ArgumentParser.Flag(help: "What was planned, in place of its figure.")
  var targets = false

  @OptionGroup var past: PastOption

  @Option(help: "How to print it: table, json, csv or html.")
  var format: HistoryFormat = .table

  @Option(name: .shortAndLong, help: "Write it to a file.", completion: .file())
  var output: String?

  func validate() throws {
    if targets, input != nil { throw ValidationError("Say one of --input and --targets.") }
  }

  func run() throws {
    let clone = try ledger.open()
    let version = try past.version(in: clone)
    let view = LedgerView(version.source(in: clone))
    let then = try KPIThen.named(id, in: view, of: clone)
    then.note()
    guard let definition = view.definition(then.id).value else {
      throw Failure(
        "The definition of \(then.id) cannot be read.", hint: "See why: kpi check \(then.id.definitionPath)")
    }
    let settings = version.settings(in: clone)
    let measure = try measure(of: definition)
    let history = LedgerPast(clone)
    let reader = TriangleReader(clone.repository.objects) { kpis in
      var query = AuditQuery()
      query.kpis = kpis
      return try history.entries(endingAt: version.commit.id, query)
    }
    var triangle = try reader.triangle(of: then.id, formerly: definition.was, measure, endingAt: version.commit.id)
    if let day = try past.day() {
      triangle = triangle.limited { settings.calendar.days(of: $0).lowerBound <= day }
    }
    let text = TriangleText(
      triangle, of: definition, measure, settings: settings, people: view.people.value, version: version)
    try FileOutput(output).write(text.text(as: format, command: command))
  }

  private func measure(of definition: Definition) throws -> RestatementTriangle.Measure {
    if targets { return .targets }
    guard let input else { return .figure }
    let names = ([definition.calculation] + definition.earlier).flatMap { $0.inputs.map(\.name) }
    guard names.contains(input) else {
      throw Failure(
        "\(definition.id) has no input '\(input)'.\(Suggestion.sentence(for: input, in: names))",
        hint: names.isEmpty ? nil : "Its inputs: \(Set(names).sorted().joined(separator: ", "))")
    }
    return .input(input)
  }

  /// The command that makes the same again.
  private var command: String {
    let what = targets ? " --targets" : input.map { " --input \($0)" } ?? ""
    return "kpi history \(id)\(what)\(past.asOf.map { " --as-of \($0)" } ?? "") --format html"
  }
}

/// The formats of a triangle.
enum HistoryFormat: String, ExpressibleByArgument, CaseIterable { case table, json, csv, html }

import ArgumentParser
import Calculation
import Consolidation
import Git
import History
import Hub
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi show`
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "One KPI: its definition, plan against actual, and where the period will end.",
    discussion: """
      Shows the files as they are in the folder, with what is edited and not sent yet.

      Examples:
        kpi show sales/win-rate
        kpi show sales/win-rate --period 2026-Q1
        kpi show sales/win-rate --format csv     plan against actual, a period a line
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate.", completion: .kpi)
  var id: String

  @Option(help: "The period of its figures, as 2026-03 or 2026-Q1. Without it, that of its newest figures.")
  var period: String?

  @Option(help: ArgumentHelp("The last day that counts, as 2026-03-31. Without it, today.", valueName: "day"))
  var asOf: String?

  @OptionGroup var format: FormatOption

  func run() async throws {
    let clone = try ledger.open()
    let source = FolderSource(clone.folder)
    let id = try KPIName.existing(self.id, in: LedgerView(source))
    let tree = LedgerTree(.kpi(id), from: source)
    guard let definition = tree.ledger.definitions[id] else {
      throw Failure("The definition of \(id) cannot be read.", hint: "See why: kpi check \(id.definitionPath)")
    }
    let calendar = tree.ledger.settings.calendar
    let day = try asOf.map(LedgerDay.read) ?? LedgerDay.today(in: calendar)
    var own = tree.ledger
    own.actuals = own.actuals.filter { $0.key == id }
    let newest = ReportingPeriod.newest(of: own.actuals.isEmpty ? tree.ledger : own, asOf: day)
    let consolidation = Consolidation(
      of: tree.ledger, for: try period.map(LedgerDay.period) ?? newest, asOf: day, source: "the files in this folder")
    var card = KPICard(
      definition: definition, ledger: tree.ledger, scorecard: consolidation.company, errors: tree.findings(of: id))
    if format.format != .csv { card.earlier = try Self.earlier(card, in: clone) }
    switch format.format {
    case .table: KPICardText(card).print()
    case .json: Console.print(card.json(yaml: source.bytes(at: id.definitionPath) ?? []), terminator: "")
    case .csv: Console.print(KPICard.listing.text(card.series, as: .csv), terminator: "")
    }
  }
}

extension ShowCommand {
  /// The rows of the periods shown that were recorded under an earlier definition, as far as they are committed. What
  /// happened before the first of these periods is not looked at: nobody had recorded them then.
  private static func earlier(_ card: KPICard, in clone: LedgerClone) throws -> [EarlierRecording] {
    guard let tip = try clone.tip(), let first = card.series.first?.period else { return [] }
    let calendar = card.ledger.settings.calendar
    let start = calendar.days(of: first).lowerBound
    return try EarlierDefinition(at: tip, in: clone.repository.objects)
      .rows(of: [card.definition.id], since: LedgerDay.start(of: start, in: calendar))
      .filter { calendar.days(of: $0.period).lowerBound >= start }
  }
}

extension LedgerTree {
  /// The errors in a KPI's own files.
  fileprivate func findings(of id: KPIID) -> [Finding] {
    findings.filter { $0.severity == .error && [id.definitionPath, id.actualsPath].contains($0.file) }
  }
}

/// What is shown of one KPI.
struct KPICard {
  let definition: Definition
  let ledger: Ledger
  let scorecard: Scorecard
  let errors: [Finding]
  /// Rows of the periods shown that were recorded under an earlier definition.
  var earlier: [EarlierRecording] = []

  /// Its figures; nil for a draft or a retired KPI, which has none.
  var result: KPIResult? { scorecard.kpis.first { $0.id == definition.id } }

  var series: [KPIResult.Point] { result?.series ?? [] }

  static var listing: Listing<KPIResult.Point> {
    Listing(
      fields: [
        .init("period") { $0.period.description },
        .init("actual", text: { $0.actual?.description ?? "" }, json: { $1.number($0.actual) }),
        .init("target", text: { $0.target?.description ?? "" }, json: { $1.number($0.target) }),
      ], columns: [])
  }

  /// The definition as it is written, and the KPI's line of the scorecard.
  func json(yaml: [UInt8]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("id", definition.id.description)
      json.field("period", scorecard.period.description)
      json.field("as_of", scorecard.asOf.description)
      json.key("definition")
      json.value(YAMLDocument(parsing: yaml).root.map { YAMLValue($0) })
      json.key("figures")
      if let result { ScorecardJSON.write(result, to: &json) } else { json.null() }
      json.key("earlier_definition")
      json.array { json in
        for row in earlier { EarlierText.write(row, to: &json) }
      }
    }
    json.endLine()
    return json.text
  }
}

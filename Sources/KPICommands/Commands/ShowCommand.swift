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
      Shows the files as they are in the folder, with what is edited and not sent yet; with --at, as they stood then. A KPI \
      that had another id then is found by the one that it has now.

      Examples:
        kpi show sales/win-rate
        kpi show sales/win-rate --period 2026-Q1
        kpi show sales/win-rate --at 2026-03-31            as it stood when that day ended
        kpi show sales/win-rate --at 3f2a91c --as-of 2026-03-31
        kpi show sales/win-rate --format csv     plan against actual, a period a line
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate.", completion: .kpi)
  var id: String

  @Option(help: "The period of its figures, as 2026-03 or 2026-Q1. Without it, that of its newest figures.")
  var period: String?

  @OptionGroup var past: PastOption

  @OptionGroup var format: FormatOption

  func run() async throws {
    let clone = try ledger.open()
    let version = try past.named(in: clone)
    let source: any LedgerSource = version?.source(in: clone) ?? FolderSource(clone.folder)
    let id = try self.id(in: version, LedgerView(source), of: clone)
    let tree = LedgerTree(.kpi(id), from: source)
    guard let definition = tree.ledger.definitions[id] else {
      throw Failure("The definition of \(id) cannot be read.", hint: "See why: kpi check \(id.definitionPath)")
    }
    let day = try past.day(of: version, in: tree.ledger.settings.calendar)
    var own = tree.ledger
    own.actuals = own.actuals.filter { $0.key == id }
    let newest = ReportingPeriod.newest(of: own.actuals.isEmpty ? tree.ledger : own, asOf: day)
    let consolidation = Consolidation(
      of: tree.ledger, for: try period.map(LedgerDay.period) ?? newest, asOf: day,
      source: version?.commit.id.description ?? "the files in this folder")
    var card = KPICard(
      definition: definition, ledger: tree.ledger, scorecard: consolidation.company, errors: tree.findings(of: id),
      version: version)
    if format.format != .csv { card.earlier = try Self.earlier(card, in: clone) }
    switch format.format {
    case .table: KPICardText(card).print()
    case .json: Console.print(card.json(yaml: source.bytes(at: id.definitionPath) ?? []), terminator: "")
    case .csv: Console.print(KPICard.listing.text(card.series, as: .csv), terminator: "")
    }
  }
}

extension ShowCommand {
  /// What the files that are shown call the KPI.
  private func id(in version: LedgerVersion?, _ view: LedgerView, of clone: LedgerClone) throws -> KPIID {
    guard version != nil else { return try KPIName.existing(id, in: view) }
    let then = try KPIThen.named(id, in: view, of: clone)
    then.note()
    return then.id
  }

  /// The rows of the periods shown that were recorded under an earlier definition, as far as they are committed. What
  /// happened before the first of these periods is not looked at: nobody had recorded them then.
  private static func earlier(_ card: KPICard, in clone: LedgerClone) throws -> [EarlierRecording] {
    guard let tip = try card.version?.commit.id ?? clone.tip(), let first = card.series.first?.period else { return [] }
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
  /// The version of the ledger that is shown; nil for the files in the folder.
  var version: LedgerVersion?
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
      json.field("source", version?.commit.id.description)
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

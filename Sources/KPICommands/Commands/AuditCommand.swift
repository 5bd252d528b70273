import ArgumentParser
import Calculation
import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi audit`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Who changed which value, from what to what, when and why, and which sync brought it.",
    discussion: """
      The newest change comes first. Each is laid to whoever entered it; where somebody else sent it, that is said. \
      'proposal' stands before what was held, or settled.

      Examples:
        kpi audit sales/win-rate
        kpi audit sales/win-rate --key targets
        kpi audit sales/win-rate --key "row 2026-03"
        kpi audit --by ana@example.com --since 2026-01-01 --until 2026-03-31 --format json
        kpi audit --department sales --kind target
        kpi audit --goal grow --kind calculation
        kpi audit --period 2026-03 --kind actual
      """)

  @OptionGroup var ledger: LedgerOption

  @Argument(help: "A KPI, as sales/win-rate. Without it, the whole ledger.", completion: .kpi)
  var id: String?

  @Option(help: "All of one department, and its KPIs whatever they were called.")
  var department: String?

  @Option(help: "The KPIs that serve a goal now.")
  var goal: String?

  @Option(
    help: ArgumentHelp("A field, a row as \"row 2026-03\", or the beginning of one, as targets.", valueName: "key"))
  var key: String?

  @Option(help: "What it is about: \(AuditScope.kinds).", transform: AuditScope.kind)
  var kind: AuditKind?

  @Option(help: "The figures, targets and closes of one period, as 2026-03 or 2026-Q1.")
  var period: String?

  @Option(help: ArgumentHelp("A part of a name or mail address.", valueName: "who"))
  var by: String?

  @Option(help: ArgumentHelp("The first day that counts, as 2026-01-01.", valueName: "day"))
  var since: String?

  @Option(help: ArgumentHelp("The last day that counts, as 2026-03-31.", valueName: "day"))
  var until: String?

  @OptionGroup var format: FormatOption

  func validate() throws {
    guard [id, department, goal].compactMap(\.self).count <= 1 else {
      throw ValidationError("Say one of a KPI, --department and --goal.")
    }
  }

  func run() async throws {
    let clone = try ledger.open()
    let newest = try LedgerVersion.newest(of: clone)
    let view = LedgerView(newest.source(in: clone))
    var query = AuditQuery()
    query.key = key
    query.kind = kind
    query.period = try period.map(LedgerDay.period)
    query.by = by
    let calendar = newest.settings(in: clone).calendar
    query.since = try since.map { LedgerDay.start(of: try LedgerDay.read($0), in: calendar) }
    let end = try until.map { LedgerDay.start(of: try LedgerDay.read($0).advanced(by: 1), in: calendar) }
    let id = try self.id.map(KPIName.read)
    query.kpis = try id.map { AuditScope.names(of: $0, in: view) } ?? AuditScope.kpis(department, goal, in: view)
    query.departments = department.map { [$0] }
    // The main line as it stood when the last day ended.
    let tip =
      try end.map {
        try MainLine.commit(upTo: $0 - 1, from: newest.commit.id, in: clone.repository.objects)
      } ?? newest.commit.id
    let entries = try tip.map { try LedgerPast(clone).entries(endingAt: $0, query) } ?? []
    if let id, entries.isEmpty { _ = try KPIName.existing(id.description, in: view) }
    print(entries, ofOne: id != nil)
  }

  private func print(_ entries: [AuditEntry], ofOne isOne: Bool) {
    guard format.format == .table else {
      return Console.print(AuditListing.listing.text(entries, as: format.format), terminator: "")
    }
    guard !entries.isEmpty else { return Console.print("No such changes.") }
    let lines = AuditLine.lines(of: entries, gathersNewFiles: key == nil)
    Console.print(AuditListing.table(ofOne: isOne, lines).text(lines, as: .table), terminator: "")
  }
}

/// Which KPIs and changes an audit is about.
enum AuditScope {
  /// All kinds, for people.
  static let kinds = AuditKind.allCases.map(\.rawValue).joined(separator: ", ")

  /// A kind as somebody wrote it.
  static func kind(_ text: String) throws -> AuditKind {
    guard let kind = AuditKind(rawValue: text) else { throw ValidationError("Say one of \(kinds).") }
    return kind
  }

  /// A KPI's ids, the one that it has and those that it had.
  static func names(of id: KPIID, in view: LedgerView) -> [KPIID] { [id] + (view.definition(id).value?.was ?? []) }

  /// The ids of the KPIs that a department has, or that serve a goal; nil where neither is asked for.
  /// - Throws: `Failure` where the ledger has no such department or goal
  static func kpis(_ department: String?, _ goal: String?, in view: LedgerView) throws -> [KPIID]? {
    guard department != nil || goal != nil else { return nil }
    if let department { _ = try KPIName.department(department, in: view) }
    if let goal, let goals = view.goals.value, goals[goal] == nil {
      throw Failure("There is no goal '\(goal)'.\(Suggestion.sentence(for: goal, in: goals.keys.sorted()))")
    }
    let ids = KPIName.all(in: view.source).compactMap { KPIID($0) }
    return ids.filter { id in
      if let department { return id.department == department }
      return view.definition(id).value?.goal == goal
    }.flatMap { names(of: $0, in: view) }
  }
}

/// One line of an audit's table: a change, or all of a new file.
struct AuditLine {
  let entry: AuditEntry
  /// How many values came with a new file; nil for a single change.
  var gathered: Int?

  /// The lines of entries; the keys of a new file that came with it are one line.
  static func lines(of entries: [AuditEntry], gathersNewFiles: Bool) -> [AuditLine] {
    var lines: [AuditLine] = []
    for entry in entries {
      guard gathersNewFiles, entry.isNewFile else {
        lines.append(AuditLine(entry: entry))
        continue
      }
      let value = isValue(entry.key) ? 1 : 0
      if let last = lines.indices.last, let count = lines[last].gathered, lines[last].entry.file == entry.file,
        lines[last].entry.commit == entry.commit
      {
        lines[last].gathered = count + value
      } else {
        lines.append(AuditLine(entry: entry, gathered: value))
      }
    }
    return lines
  }

  /// Whether a key holds something that somebody entered, and not what goes with it.
  private static func isValue(_ key: Key) -> Bool {
    key != .file && key.column == nil && !key.text.hasPrefix("comment ")
  }

  var change: String {
    if let gathered { return "new, with \(gathered) \(gathered == 1 ? "value" : "values")" }
    if entry.key == .file { return entry.to == nil ? "removed" : "new" }
    return ValueText.change(from: entry.from, to: entry.to)
  }

}

extension AuditEntry {
  /// Who entered it, and whether somebody else says so.
  var who: String { isVerified || sync == nil ? by.name : "\(by.name) (as \(broughtBy.name) says, who sent it)" }

  /// The first line of its message.
  var why: String { String(message.prefix { !$0.isNewline }) }
}

/// An audit in its formats.
enum AuditListing {
  static var listing: Listing<AuditEntry> {
    Listing(
      fields: [
        .init("at") { TimeText.utc($0.at.seconds) },
        .init("by") { $0.by.description },
        .init("verified", text: { $0.isVerified ? "true" : "false" }, json: { $1.bool($0.isVerified) }),
        .init("kpi") { $0.kpi?.description },
        .init("key") { $0.key.text },
        .init("from", text: { $0.from.map(ValueText.full) ?? "" }, json: { $1.value($0.from) }),
        .init("to", text: { $0.to.map(ValueText.full) ?? "" }, json: { $1.value($0.to) }),
        .init("commit") { $0.commit.description },
        .init("sync") { $0.sync?.description },
        .init("message") { $0.message },
        .init("file") { $0.file },
      ], columns: [])
  }

  static func table(ofOne isOne: Bool, _ lines: [AuditLine]) -> Listing<AuditLine> {
    var columns: [Listing<AuditLine>.Column] = [
      .init("when") { TimeText.moment($0.entry.at.seconds) },
      .init("who", wraps: true) { $0.entry.who },
      .init("what", wraps: true) { what($0, ofOne: isOne) },
      .init("change", wraps: true) { $0.change },
      .init("why", wraps: true) { $0.entry.why },
    ]
    if lines.contains(where: { $0.entry.sync == nil }) {
      columns.append(.init("") { $0.entry.sync == nil ? "not sent yet" : "" })
    }
    return Listing<AuditLine>(fields: [], columns: columns)
  }

  private static func what(_ line: AuditLine, ofOne isOne: Bool) -> String {
    let isWhole = line.gathered != nil || line.entry.key == .file
    if isOne { return isWhole ? kind(of: line.entry.file) : line.entry.key.text }
    let name = FileNames.text([line.entry.file])
    return isWhole ? name : "\(line.entry.kpi?.description ?? name) \(line.entry.key.text)"
  }

  private static func kind(of file: String) -> String {
    switch LedgerPath(file) {
    case .definition: "definition"
    case .actuals: "actuals"
    default: file
    }
  }
}

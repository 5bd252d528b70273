import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Policy
import Syncing

/// What is closed: a period, for the company or one department.
struct CloseScope {
  let period: Period
  let scope: String
  let title: String

  var path: String { "closes/\(scope)/\(period).yaml" }

  init(period text: String, department: String?, in clone: LedgerClone) throws {
    guard let period = Period(text) else {
      throw Failure("'\(text)' is no period.", hint: "Write it as 2026-03, 2026-Q1, 2026-H1 or 2026.")
    }
    let view = LedgerView(FolderSource(clone.folder))
    self.period = period
    scope = try department.map { try KPIName.department($0, in: view) } ?? "company"
    let calendar = view.settings.value?.calendar ?? FiscalCalendar()
    title = calendar.title(of: period) + (department.map { " for \($0)" } ?? "")
  }

  /// - Throws: `Failure` that says who could, where the person is no controller.
  static func requireController(_ clone: LedgerClone, _ deed: String) throws {
    let people = LedgerView(FolderSource(clone.folder)).people.value
    let author = try clone.author()
    guard let standing = try ClonePolicy.authority(in: clone), !standing.isController(author) else { return }
    let holder = people?.roles[Role.controller]?.holder.flatMap { people?.people[$0]?.name }
    throw Failure(
      "Only a controller \(deed), and \(author.name) is none.",
      hint: holder.map { "Ask \($0)." } ?? "Nobody is controller: see people.yaml.",
      status: .findings)
  }
}

/// The policy that the next merge of a clone goes by, as far as the clone knows the hub.
enum ClonePolicy {
  /// Nil where nothing is committed yet.
  static func authority(in clone: LedgerClone) throws -> (any Authority)? {
    guard let commit = try clone.hubTip() ?? clone.tip() else { return nil }
    return try LedgerAuthority.at(ContentID(commit), in: GitHistory(clone.repository.objects))
  }
}

/// A sync that has to go through, as part of something else.
struct OnlineSync {
  private let clone: LedgerClone
  private let otherwise: String

  /// - Parameter otherwise: what to say has or has not happened where there is no way to the hub.
  init(_ clone: LedgerClone, _ otherwise: String) {
    self.clone = clone
    self.otherwise = otherwise
  }

  /// A ledger without a hub is in step with itself.
  @discardableResult
  func run() async throws -> SyncReport {
    let report = try await Sync(clone, surroundings: Ambient.surroundings, options: Sync.Options()).run()
    let status = SyncText.status(of: report)
    guard status == .done || status == .findings else {
      SyncText(report: report, ledger: clone, isRehearsal: false).print()
      throw Failure(otherwise, hint: "Try again when the hub can be reached.", status: status)
    }
    return report
  }
}

/// What is not final in a period that is about to be closed.
struct OpenFigures {
  let lines: [String]

  init(_ scope: CloseScope, in clone: LedgerClone) {
    let source = FolderSource(clone.folder)
    guard let ledger = try? LedgerTree(folder: clone.folder).ledger else {
      lines = []
      return
    }
    let calendar = ledger.settings.calendar
    let closed = ClosedPeriods([scope.period], calendar: calendar)
    var missing: [String] = []
    var unsure: [String] = []
    for (id, definition) in ledger.definitions.sorted(by: { $0.key < $1.key })
    where definition.status == .active && (scope.scope == "company" || scope.scope == id.department) {
      guard definition.consolidates == nil else { continue }
      guard let actuals = ledger.actuals[id] else {
        missing.append(id.description)
        continue
      }
      let rows = actuals.periods.indices.filter { closed.covers(actuals.periods[$0]) }
      if rows.isEmpty { missing.append(id.description) }
      if rows.contains(where: { [.provisional, .estimated].contains(actuals.statuses[$0]) }) {
        unsure.append(id.description)
      }
    }
    let held = WaitingProposals.count(in: source, scope: scope.scope)
    lines = [
      Self.line("Nothing is recorded", missing), Self.line("Provisional or estimated", unsure),
      held > 0 ? "Held and not settled: \(held); see 'kpi proposals'" : nil,
    ].compactMap(\.self)
  }

  private static func line(_ what: String, _ ids: [String]) -> String? {
    guard !ids.isEmpty else { return nil }
    let more = ids.count > 8 ? " and \(ids.count - 8) more" : ""
    return "\(what) for \(ids.count): \(ids.prefix(8).joined(separator: ", "))\(more)"
  }
}

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

  /// Whether a KPI's figures are among those that are closed.
  func has(_ id: KPIID) -> Bool { scope == "company" || scope == id.department }

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

  private init(_ period: Period, _ scope: String, in view: LedgerView) {
    (self.period, self.scope) = (period, scope)
    let calendar = view.settings.value?.calendar ?? FiscalCalendar()
    title = calendar.title(of: period) + (scope == "company" ? "" : " for \(scope)")
  }

  /// As `kpi close` and `kpi reopen` take it.
  var arguments: String { "\(period)" + (scope == "company" ? "" : " --department \(scope)") }

  /// The closes that cover the period still, as far as they are for all that it is.
  func stillClosed(in view: LedgerView) -> [CloseScope] {
    let calendar = view.settings.value?.calendar ?? FiscalCalendar()
    return Set(["company", scope]).sorted().flatMap { scope in
      view.source.names(in: "closes/\(scope)").compactMap { name -> CloseScope? in
        guard case .close(_, let text) = LedgerPath("closes/\(scope)/\(name)"), let period = Period(text),
          ClosedPeriods([period], calendar: calendar).covers(self.period)
        else { return nil }
        return CloseScope(period, scope, in: view)
      }
    }.sorted { ($0.period.kind, $0.period) < ($1.period.kind, $1.period) }
  }

  /// - Throws: `Failure` that says who could, where the person is no controller.
  static func requireController(_ clone: LedgerClone, _ deed: String) throws {
    let author = try clone.author()
    guard let standing = try ClonePolicy.authority(in: clone), !standing.isController(author) else { return }
    throw Failure(
      "Only a controller \(deed), and \(author.name) is none.",
      hint: controller(in: LedgerView(FolderSource(clone.folder))).map { "Ask \($0)." }
        ?? "Nobody is controller: see people.yaml.",
      status: .findings)
  }

  /// Why a close, or a reopening, has not come into force, and what to do.
  func failure(of state: String, again command: String, _ report: SyncReport) -> Failure {
    let held = report.held.first { $0.file == path }
    let why =
      held?.because == .changedOnBothSides && state == "closed"
      ? "figures of it came in while you closed" : held.map(HeldText.reason) ?? "somebody else changed it meanwhile"
    return Failure(
      "\(title) is not \(state): \(why).",
      hint: "See what came in ('kpi audit'), then say it again: kpi \(command) \(arguments)", status: .findings)
  }

  /// The name of the controller, if there is one.
  static func controller(in view: LedgerView) -> String? {
    guard let people = view.people.value else { return nil }
    let today = LedgerDay.today(in: view.settings.value?.calendar ?? FiscalCalendar())
    return people.roles[Role.controller]?.holder(on: today).flatMap { people.people[$0]?.name }
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

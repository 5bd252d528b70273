import Calculation
import Consolidation
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Policy
import Syncing

/// Says at once, where figures or targets of a closed period are changed, what sync will make of it.
struct ClosedNotice {
  private let periods: [Period]
  private let clone: LedgerClone
  private let view: LedgerView

  /// - Parameter files: by path, the bytes to come; the clone has those from before.
  init(changing files: [String: [UInt8]?], in clone: LedgerClone) {
    self.clone = clone
    let view = LedgerView(FolderSource(clone.folder))
    self.view = view
    var closed: [String: ClosedPeriods] = [:]
    var found: Set<Period> = []
    for (path, bytes) in files {
      guard let id = LedgerPath(path).kpi, let bytes else { continue }
      let periods = closed[id.department] ?? view.closedPeriods(of: id.department)
      closed[id.department] = periods
      guard !periods.isEmpty else { continue }
      found.formUnion(
        Self.periods(changedIn: path, from: view.source.bytes(at: path), to: bytes).filter(periods.covers))
    }
    self.periods = found.sorted { ($0.kind, $0) < ($1.kind, $1) }
  }

  /// Notes explain figures and are none, so a close lets them through; the targets of a new KPI rewrite nothing.
  private static func periods(changedIn path: String, from old: [UInt8]?, to new: [UInt8]) -> [Period] {
    let header = path.hasSuffix(".csv") ? Array(new.prefix { $0 != UInt8(ascii: "\n") }) : nil
    guard let old = old ?? header else { return [] }
    return KeyComparison.changed(path: path, from: old, to: new).compactMap(\.period)
  }

  func print() {
    guard !periods.isEmpty else { return }
    let calendar = view.settings.value?.calendar ?? FiscalCalendar()
    let more = periods.count > 6 ? " and \(periods.count - 6) more" : ""
    let names = periods.prefix(6).map(calendar.title).joined(separator: ", ") + more
    Console.note("\(names) \(periods.count == 1 ? "is" : "are") closed: \(consequence)")
  }

  private var consequence: String {
    guard ((try? clone.hubAddress()) ?? nil) != nil else { return "open it again first, should others rely on it." }
    guard let author = try? clone.author(), let standing = (try? ClonePolicy.authority(in: clone)) ?? nil,
      standing.isController(author)
    else {
      let who = CloseScope.controller(in: view).map { " (\($0))" } ?? ""
      return "this will be held for a controller\(who)."
    }
    return "you restate it, as a controller may."
  }
}

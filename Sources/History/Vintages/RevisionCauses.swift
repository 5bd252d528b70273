import Calculation
import LedgerFiles
import LedgerModel

/// Finds, among the changes that a sync brought, the one that gave a period another value.
struct RevisionCauses {
  private let own: [AuditEntry]
  private let others: [AuditEntry]
  private let calendar: FiscalCalendar

  /// - Parameters:
  ///   - entries: newest first
  ///   - names: what the KPI is called, and was; changes of others are those of what it is made of
  init(_ entries: [AuditEntry], own names: [KPIID], _ calendar: FiscalCalendar) {
    own = entries.filter { $0.kpi.map(names.contains) ?? false }
    others = entries.filter { !($0.kpi.map(names.contains) ?? false) }
    self.calendar = calendar
  }

  /// The row or target of the period itself, one that stood there before those that are new; else the calculation, of the
  /// KPI before those of its sources; nil where none of them tells.
  func cause(of row: VintageRow) -> AuditEntry? {
    for entries in [own, others] {
      let named = entries.filter { isOf($0, row) }
      if let cause = named.first(where: stoodThere) ?? named.first { return cause }
      if let cause = entries.first(where: { $0.key == .calculation || $0.key.field == "consolidates" }) { return cause }
    }
    return (own + others).first { $0.key == .content || $0.key.column != nil || $0.key.field == "status" }
  }

  /// Whether something that stood there was changed: not where rows came in that were still missing, as those of the last
  /// days of a month or of another territory.
  func touchWhatStood(in row: VintageRow) -> Bool {
    if (own + others).contains(where: { $0.key == .calculation || $0.key.field == "consolidates" }) { return true }
    let named = (own + others).filter { isOf($0, row) }
    return named.isEmpty || named.contains(where: stoodThere)
  }

  private func isOf(_ entry: AuditEntry, _ row: VintageRow) -> Bool {
    entry.key.period.map { calendar.contains(row.period, $0) } ?? false
  }

  /// Whether the main line had something under an entry's key before the sync.
  private func stoodThere(_ entry: AuditEntry) -> Bool {
    (own + others).last { $0.file == entry.file && $0.key == entry.key }?.from != nil
  }
}

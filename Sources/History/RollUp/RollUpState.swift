import Consolidation
import LedgerModel

/// What a view keeps of all its KPIs together.
struct RollUpState: Stored {
  var totals = RollUpTotals()
  /// The departments that have a file, with name and parent.
  var departments = ByID<DepartmentPlace>()
  /// The files with errors, so that they are left out in part or whole.
  var faulty: Set<String> = []
  /// Of KPIs that were moved: what each was before.
  var was: [KPIID: [KPIID]] = [:]
  /// Up to where restatements are in the lines.
  var restated = RestatedRows.Mark()

  init() {}

  func write(to stored: inout StoredWriter) {
    totals.write(to: &stored)
    departments.write(to: &stored) { $1.write(to: &$0) }
    stored.list(faulty.sorted()) { $0.string($1) }
    stored.list(was.sorted { $0.key < $1.key }) { stored, entry in
      stored.id(entry.key)
      stored.list(entry.value) { $0.id($1) }
    }
    restated.write(to: &stored)
  }

  init(from stored: inout StoredReader) throws(StoredFault) {
    totals = try RollUpTotals(from: &stored)
    departments = try ByID(from: &stored) { stored throws(StoredFault) in try DepartmentPlace(from: &stored) }
    faulty = Set(try stored.list { stored throws(StoredFault) in try stored.string() })
    for _ in 0..<(try stored.count()) {
      let id = try stored.id()
      was[id] = try stored.list { stored throws(StoredFault) in try stored.id() }
    }
    restated = try RestatedRows.Mark(from: &stored)
  }
}

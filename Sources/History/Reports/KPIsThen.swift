import Git
import LedgerModel

/// KPIs before and after one commit of the main line, each read once. For one thread.
final class KPIsThen {
  let sync: SyncChanges
  let place: SyncPlace
  private let objects: ObjectDatabase
  private var older: [KPIID: KPIThen] = [:]
  private var newer: [KPIID: KPIThen] = [:]

  init(_ sync: SyncChanges, _ place: SyncPlace, _ objects: ObjectDatabase) {
    self.sync = sync
    self.place = place
    self.objects = objects
  }

  /// A KPI, as it is named after the commit, by the files before it.
  func before(_ id: KPIID) -> KPIThen {
    if let known = older[id] { return known }
    let read = KPIThen(sync.formerID(of: id), in: place.oldTree, objects)
    older[id] = read
    return read
  }

  /// The same by the files after it.
  func after(_ id: KPIID) -> KPIThen {
    if let known = newer[id] { return known }
    let read = KPIThen(id, in: place.tree, objects)
    newer[id] = read
    return read
  }
}

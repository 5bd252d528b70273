import LedgerFiles
import LedgerModel
import Syncing

/// A KPI by a name that somebody typed, as a version of the ledger calls it.
struct KPIThen {
  /// What the version calls it.
  let id: KPIID
  /// What was typed, where that is another name of it.
  let typed: KPIID?

  /// The KPI that has the typed id in a version; else the one that had another id then and got this one later, or had
  /// this one before.
  /// - Throws: `Failure` where there is none, with the nearest id there is
  static func named(_ text: String, in view: LedgerView, of clone: LedgerClone) throws -> KPIThen {
    let typed = try KPIName.read(text)
    if view.hasDefinition(typed) { return KPIThen(id: typed, typed: nil) }
    let newest = try LedgerView(LedgerVersion.newest(of: clone).source(in: clone))
    let former = newest.definition(typed).value?.was ?? []
    if let id = former.first(where: view.hasDefinition) ?? LedgerPath(view.currentPath(of: typed.definitionPath)).kpi,
      view.hasDefinition(id)
    {
      return KPIThen(id: id, typed: typed)
    }
    return KPIThen(id: try KPIName.existing(text, in: view), typed: nil)
  }

  /// Says, on standard error, that the KPI had another name.
  func note() {
    if let typed { Console.note("\(typed) was called \(id) then.") }
  }
}

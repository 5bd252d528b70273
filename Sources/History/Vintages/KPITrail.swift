import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Follows a KPI back through the main line under the names that it had, from newer versions to older ones.
struct KPITrail {
  /// What the KPI is called in the version that was looked at last.
  private(set) var name: KPIID
  private var was: Set<KPIID> = []

  /// Begins at the KPI's newest name.
  init(of id: KPIID) { name = id }

  /// Goes to an older version.
  /// - Returns: the KPI's definition there; absent where the version does not have the KPI
  mutating func step(to view: LedgerView) -> LedgerView.Lookup<Definition> {
    let own = view.definition(name)
    // A KPI that moves may take the place of another that went away in the same sync.
    let gained = was.subtracting(own.value?.was ?? []).filter(view.hasDefinition)
    guard let former = gained.sorted().first else { return note(own) }
    name = former
    return note(view.definition(former))
  }

  private mutating func note(_ found: LedgerView.Lookup<Definition>) -> LedgerView.Lookup<Definition> {
    if let definition = found.value { was = Set(definition.was) }
    return found
  }
}

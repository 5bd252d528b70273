import LedgerModel

/// The unchanged files that a change may break, because they name something that it took away or altered.
struct Dependents {
  let paths: Set<String>

  /// - Parameters:
  ///   - isKnownNotToMatter: the definitions among the changed files whose change others need not mind.
  ///   - isKnownByFields: those of which only the changed fields were checked, so that they may depend on others.
  init(
    of changed: Set<String>, before: LedgerView, after: LedgerView, isKnownNotToMatter: Set<String> = [],
    isKnownByFields: Set<String> = []
  ) {
    var words: Set<String> = []
    var paths: Set<String> = []
    for path in changed.subtracting(isKnownNotToMatter) {
      switch LedgerPath(path) {
      case .settings: words.formUnion(Self.lost(before.settings, after.settings) { Set($0.units.keys) })
      case .people:
        words.formUnion(Self.lost(before.people, after.people) { Set($0.roles.keys).union($0.people.keys) })
      case .goals: words.formUnion(Self.lost(before.goals, after.goals) { Set($0.keys) })
      case .department(let id): if Self.isGone(before.department(id), after.department(id)) { words.insert(id) }
      case .definition(let id):
        guard Self.mayMatter(before.source.bytes(at: path), after.source.bytes(at: path)),
          let old = before.definition(id).value, Self.matters(old, after.definition(id).value)
        else { continue }
        words.formUnion([id.description, "*/\(id.kpi)"])
        paths.insert(id.actualsPath)
      default: break
      }
    }
    self.paths =
      words.isEmpty
      ? paths : paths.union(Self.naming(words, in: after)).subtracting(changed.subtracting(isKnownByFields))
  }

  /// The names that were there and are not any more.
  private static func lost<Value>(
    _ before: LedgerView.Lookup<Value>, _ after: LedgerView.Lookup<Value>, names: (Value) -> Set<String>
  ) -> Set<String> {
    guard let before = before.value, let after = after.value else { return [] }
    return names(before).subtracting(names(after))
  }

  private static func isGone(_ before: LedgerView.Lookup<Department>, _ after: LedgerView.Lookup<Department>) -> Bool {
    guard before.value != nil, case .absent = after else { return false }
    return true
  }

  /// Whether a definition's change may matter to others at all, by the fields in which the texts differ.
  static func mayMatter(_ old: [UInt8]?, _ new: [UInt8]?) -> Bool {
    guard let old, let new, let before = TopLevelFields(old), let after = TopLevelFields(new),
      let fields = after.changed(from: before)
    else { return old != nil }
    return mayMatter(fields)
  }

  /// Whether others may mind a change of these fields of a definition.
  static func mayMatter(_ fields: some Sequence<String>) -> Bool {
    fields.contains { $0 == "consolidates" || Shape.calculationFields.contains($0) }
  }

  /// Whether others may mind the change: the KPI has gone, or is calculated in another way.
  private static func matters(_ old: Definition, _ new: Definition?) -> Bool {
    guard let new else { return true }
    return old.calculation != new.calculation || old.earlier != new.earlier || old.consolidates != new.consolidates
  }

  /// The YAML files that have one of the words in them.
  private static func naming(_ words: Set<String>, in view: LedgerView) -> [String] {
    let texts = words.map { Array($0.utf8) }
    return view.source.allPaths().filter { path in
      guard path.hasSuffix(".yaml"), LedgerPath(path).isInLayout, !path.hasPrefix("proposals/") else { return false }
      guard let bytes = view.source.bytes(at: path) else { return false }
      return texts.contains { TextSearch.contains($0, in: bytes) }
    }
  }
}

import Calculation
public import LedgerModel

/// What is doubtful in a file against what it was before: blanks that became 0, and figures that were replaced by a
/// power of ten of themselves.
public enum PastPlausibility {
  /// What is doubtful in a file of actuals or in a definition; nothing of any other file.
  ///
  /// A 0 that was a blank is looked for in all versions, a power of ten in the last change alone. A row's note, or a
  /// comment at a target, silences it.
  /// - Parameter versions: the changes of the file, the newest first; no more are asked for than are needed.
  public static func findings(
    for path: String, in view: LedgerView, versions: () throws -> EarlierVersion?
  ) throws -> [Finding] {
    switch LedgerPath(path) {
    case .actuals(let id):
      guard let definition = view.definition(id).value, definition.status != .retired,
        let bytes = view.source.bytes(at: path)
      else { return [] }
      return try PastValues(definition, bytes).findings(versions)
    case .definition(let id):
      guard let definition = view.definition(id).value, definition.status != .retired,
        let bytes = view.source.bytes(at: path)
      else { return [] }
      var targets = PastTargets(definition, bytes)
      return try targets.findings(versions)
    default: return []
    }
  }
}

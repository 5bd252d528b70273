import LedgerModel

/// What came of the check of one changed file, beside what it was before.
struct ChangedFile: Sendable {
  let path: String
  /// Errors that the file has; some may be old ones.
  let errors: [Finding]
  /// Whether it is a definition changed in nothing that others could mind.
  let mattersToNobody: Bool
  /// Whether only the changed fields were looked at, and found right, so that old errors are not among `errors`.
  let isCheckedByFields: Bool

  /// - Parameter mayShorten: whether nothing else changed that every definition is held against.
  init(_ path: String, before: LedgerView, after: LedgerView, mayShorten: Bool) {
    self.path = path
    let old = before.source.bytes(at: path)
    guard case .definition(let id) = LedgerPath(path) else {
      errors = Self.errors(path, after, wasThere: old != nil)
      (mattersToNobody, isCheckedByFields) = (false, false)
      return
    }
    let new = after.source.bytes(at: path)
    let changes = Self.changes(old, new)
    isCheckedByFields =
      mayShorten && after.source.mode(of: path) == nil && changes.map { Self.areRight($0, id) } ?? false
    errors = isCheckedByFields ? [] : Self.errors(path, after, wasThere: old != nil)
    mattersToNobody = changes.map { !Dependents.mayMatter($0.lazy.map(\.name)) } ?? (old == nil)
  }

  /// Whether a file is one of a department's that nothing but what names it is held against.
  static func isDepartmental(_ path: String) -> Bool {
    switch LedgerPath(path) {
    case .settings, .people, .goals, .department: false
    default: true
    }
  }

  private static func errors(_ path: String, _ view: LedgerView, wasThere: Bool) -> [Finding] {
    FileCheck(path: path, view: view, isNameKnown: wasThere).findings().filter { $0.severity == .error }
  }

  private static func changes(_ old: [UInt8]?, _ new: [UInt8]?) -> [TopLevelFields.Change]? {
    guard let old, let new, new.count <= FileLimits.standard.yamlBytes, let before = TopLevelFields(old),
      let after = TopLevelFields(new)
    else { return nil }
    return after.changes(from: before)
  }

  /// Whether a definition was changed only in fields that stand for themselves, and that are and were right.
  private static func areRight(_ changes: [TopLevelFields.Change], _ id: KPIID) -> Bool {
    changes.allSatisfy { change in
      DefinitionDecoder.independent.contains(change.name) && DefinitionDecoder.isRight(alone: change.new, id: id)
        && DefinitionDecoder.isRight(alone: change.old, id: id)
    }
  }
}

public import LedgerFiles
import LedgerModel

/// What a change is about.
public enum AuditKind: String, CaseIterable, Hashable, Sendable {
  /// What was planned.
  case target
  /// What decides a KPI's figure: its unit, inputs, formula, period and so on.
  case calculation
  /// Who answers for a KPI, or heads a department.
  case owner
  /// What was measured, with its notes.
  case actual
  /// That a period is closed.
  case close
  /// Who there is, in which roles and departments.
  case people

  /// Whether a key of a file is of this kind; `proposal ` and `comment of ` before it do not count, nor does where
  /// proposals are.
  public func takes(_ key: Key, in path: String) -> Bool {
    let key = key.concerned
    switch (self, LedgerPath(path).concerned) {
    case (.target, .definition): return key.field == "targets"
    case (.calculation, .definition): return key == .calculation
    case (.owner, .definition): return key.field == "owner"
    case (.owner, .department): return key.field == "head"
    case (.people, .department): return key.field == "members"
    case (.actual, .actuals), (.close, .close), (.people, .people): return true
    default: return false
    }
  }
}

extension Key {
  /// The key itself, of one with `proposal ` or `comment of ` before it.
  var concerned: Key {
    let held = rest(of: "proposal ").map { Key($0) } ?? self
    return held.rest(of: "comment of ").map { Key($0) } ?? held
  }
}

extension LedgerPath {
  /// Of a proposal the file that it is about; of any other the file itself.
  var concerned: LedgerPath {
    if case .proposal(let file, _) = self { LedgerPath(file) } else { self }
  }
}

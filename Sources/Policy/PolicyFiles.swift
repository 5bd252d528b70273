public import Calculation
public import LedgerModel

/// What a policy looks up in the tree of the merge's first parent. Each is asked for when it is needed, and may be asked
/// for often.
public protocol PolicyFiles {
  /// The UTC day on which the first parent was committed: which mail addresses are valid.
  var day: Day { get }
  /// `ledger.yaml`; nil where there is none that can be read.
  var settings: LedgerSettings? { get }
  /// `people.yaml`; nil where there is none that can be read.
  var people: People? { get }
  /// A department's file; nil where there is none that can be read.
  func department(_ id: String) -> Department?
  /// A definition; nil where there is none that can be read.
  func definition(_ id: KPIID) -> Definition?
  /// Whether there is such a file, readable or not.
  func contains(_ path: String) -> Bool
}

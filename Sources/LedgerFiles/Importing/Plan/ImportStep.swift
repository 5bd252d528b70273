public import Calculation
public import LedgerModel

/// What an import does with one row of a table, and one period of it.
public struct ImportStep: Hashable, Sendable {
  /// One thing that it does, or deliberately does not.
  public enum Effect: Hashable, Sendable {
    /// The KPI is new: its definition is written with this status.
    case defines(LifecycleStatus)
    /// A value where there was none.
    case adds(input: String, value: Quantity)
    /// A value in the place of another: a later vintage.
    case restates(input: String, from: Quantity, to: Quantity)
    /// The cell is blank, and the value that the ledger has stays.
    case keeps(input: String, value: Quantity)
    /// The cell is blank, and by the map that takes the ledger's value away.
    case clears(input: String, value: Quantity)
    /// A target where there was none.
    case plans(Quantity)
    /// A target in the place of another.
    case replans(from: Target, to: Quantity)
    /// The target's cell is blank, and by the map that takes the ledger's away.
    case unplans(Target)
    /// Another status or note than the row had.
    case remarks(String)
    /// The same as an earlier row of the table.
    case repeats(line: Int)
  }

  /// Why a row does nothing.
  public enum Idleness: String, Hashable, Sendable {
    /// The ledger has all that it says.
    case known
    /// It has no value.
    case blank
    /// A rule of the map passes it over.
    case skipped
  }

  /// The line on which the row begins.
  public let line: Int
  /// nil for a row that a rule passes over.
  public let id: KPIID?
  /// nil where the row has no period.
  public let period: Period?
  public let dimensions: [String]
  /// Empty where it does nothing.
  public let effects: [Effect]
  /// Why there are no effects; nil where there are.
  public let idleness: Idleness?
}

/// How much an import does.
public struct ImportSummary: Hashable, Sendable {
  /// Rows of the table that mean something.
  public var rows = 0
  public var kpis = 0
  public var definitions = 0
  /// Of the definitions, those that are drafts.
  public var drafts = 0
  public var values = 0
  public var restatedValues = 0
  /// How many final values of which KPIs are replaced or taken away.
  public var restatedFinals: [KPIID: Int] = [:]
  /// Values and targets that a blank cell took away.
  public var cleared = 0
  public var keptValues = 0
  public var targets = 0
  public var changedTargets = 0

  init(_ steps: [ImportStep], restatedFinals: [KPIID: Int]) {
    self.restatedFinals = restatedFinals
    rows = Set(steps.filter { $0.idleness != .skipped }.map(\.line)).count
    kpis = Set(steps.compactMap(\.id)).count
    for effect in steps.flatMap(\.effects) {
      switch effect {
      case .defines(let status):
        definitions += 1
        if status == .draft { drafts += 1 }
      case .adds: values += 1
      case .restates: restatedValues += 1
      case .clears, .unplans: cleared += 1
      case .keeps: keptValues += 1
      case .plans: targets += 1
      case .replans: changedTargets += 1
      case .remarks, .repeats: break
      }
    }
  }
}

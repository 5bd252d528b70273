import LedgerModel

/// The check of actions and closes against the rest of the ledger.
struct WorkCheck {
  private let references: References

  init(_ references: References) { self.references = references }

  func check(_ action: Action) {
    references.owningDepartment(action.department)
    references.kpi(action.kpi, at: ["kpi"])
    references.role(action.owner, at: ["owner"])
  }

  func check(_ close: Close) {
    guard close.scope != "company" else { return }
    references.department(close.scope, at: [])
  }
}

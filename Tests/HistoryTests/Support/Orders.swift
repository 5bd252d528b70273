import LedgerModel

/// A simple KPI: orders a month, of which 100 are planned unless told otherwise; green from 100, amber from 90.
enum Orders {
  static let id = KPIID("sales/orders")!
  static let definition = id.definitionPath
  static let actuals = id.actualsPath
  static let monthly = "2026-01: 100, 2026-02: 100, 2026-03: 100, 2026-04: 100"

  static func definition(
    targets: String = monthly, direction: String = "higher", owner: String = "head-of-sales", more: String = ""
  ) -> String {
    """
    name: Orders
    class: kpi
    goal: grow
    owner: \(owner)
    decision: Move people
    unit: count
    direction: \(direction)
    period: month
    targets: {\(targets)}
    review: {cadence: month}
    \(more)
    """
  }

  static func actuals(_ rows: String...) -> String { "period,value,status\n" + rows.map { $0 + "\n" }.joined() }
}

import LedgerFiles
import LedgerModel

/// A ledger of a few KPIs, to look for what is doubtful in.
enum PlausibleLedger {
  static let sales = "departments/sales/kpis/orders.yaml"
  static let actuals = "departments/sales/actuals/orders.csv"

  static func definition(
    _ name: String = "Orders", unit: String = "count", direction: String = "higher", more: String = "",
    status: String = "active"
  ) -> String {
    """
    name: \(name)
    goal: grow
    owner: head
    decision: Who calls whom
    unit: \(unit)
    direction: \(direction)
    period: month
    review: {cadence: month}
    status: \(status)
    \(more)

    """
  }

  /// Months of 2026 from January on.
  static func rows(_ values: String...) -> String {
    "period,value,status,note\n"
      + values.enumerated().map { "2026-\($0 < 9 ? "0" : "")\($0 + 1),\($1)\n" }.joined()
  }

  static func view(_ files: [String: String]) -> LedgerView {
    let frame = ["ledger.yaml": "company: Northwind\ncurrency: EUR\nunits: {count: {decimals: 0}, percent: {}}\n"]
    return LedgerView(FilesInMemory(frame.merging(files) { $1 }.mapValues { Array($0.utf8) }))
  }

  static func doubts(_ actuals: String) -> [String] { doubts(definition(), actuals) }

  /// What is doubtful in the orders by themselves, as `rule line`.
  static func doubts(_ definition: String, _ actuals: String) -> [String] {
    let view = view([sales: definition, self.actuals: actuals])
    return [sales, self.actuals].flatMap { Plausibility.findings(for: $0, in: view) }
      .map { "\($0.rule) \($0.position.line)" }
  }

  /// What is doubtful in a file of the orders against its earlier versions, the newest of them first.
  static func doubts(in path: String, _ files: [String: String], before: [String]) throws -> [Finding] {
    var texts = [files[path] ?? ""] + before
    var number = 0
    return try PastPlausibility.findings(for: path, in: view(files)) {
      guard texts.count > 1 else { return nil }
      let after = texts.removeFirst()
      number += 1
      let change = "change \(number)"
      return EarlierVersion(before: Array(texts[0].utf8), after: Array(after.utf8)) { change }
    }
  }
}

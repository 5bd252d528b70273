import LedgerModel

/// The small ledger in which every history begins.
enum World {
  static let winRate = "sales/win-rate"
  static let newOrders = "sales/new-orders"
  static let pipeline = "emea/pipeline"
  static let fresh = "sales/fresh"

  /// By each KPI's first id, the ids that it may have.
  static let ids: [String: [String]] = [
    winRate: [winRate, "sales/close-rate", "emea/win-rate"],
    newOrders: [newOrders, "sales/orders"],
    pipeline: [pipeline, "sales/pipeline"],
    fresh: [fresh, "sales/newer"],
  ]

  static func definition(_ id: String) -> String { path(id, "kpis", "yaml") }
  static func actuals(_ id: String) -> String { path(id, "actuals", "csv") }

  private static func path(_ id: String, _ folder: String, _ suffix: String) -> String {
    let parts = id.split(separator: "/")
    return "departments/\(parts[0])/\(folder)/\(parts[1]).\(suffix)"
  }

  /// The id of the KPI that a definition or actuals are of.
  static func id(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count == 4, parts[0] == "departments", parts[2] == "kpis" || parts[2] == "actuals",
      let dot = parts[3].lastIndex(of: ".")
    else { return nil }
    return "\(parts[1])/\(parts[3][..<dot])"
  }

  private static let first: [String: String] = ids.reduce(into: [:]) { first, kpi in
    for id in kpi.value {
      first[definition(id)] = definition(kpi.key)
      first[actuals(id)] = actuals(kpi.key)
    }
  }
  private static let names: [String: [String]] = Dictionary(grouping: first.keys) { first[$0] ?? $0 }

  /// One name for a file however it is moved.
  static func slot(_ path: String) -> String { first[path] ?? path }

  /// The paths that a slot's file may have.
  static func paths(_ slot: String) -> [String] { names[slot] ?? [slot] }

  static func isDefinition(_ path: String) -> Bool { path.hasPrefix("departments/") && path.contains("/kpis/") }
  static func isActuals(_ path: String) -> Bool { path.hasPrefix("departments/") && path.contains("/actuals/") }
  static func department(_ path: String) -> String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "departments" ? String(parts[1]) : nil
  }

  static let plan = "notes/plan.yaml"
  static let table = "notes/table.csv"

  /// A definition that somebody makes.
  static func made(_ id: String, isDraft: Bool) -> String {
    """
    name: Made \(id)
    class: kpi
    goal: grow
    owner: closer
    data_owner: sales-operations
    decision: Decide
    unit: percent
    direction: higher
    period: month
    targets: {2026: 10}
    review: {cadence: week}
    status: \(isDraft ? "draft" : "active")

    """
  }

  private static let people = Person.allCases.map {
    "  \($0.rawValue): {name: \($0.author.name), emails: [\($0.author.email)], keys: [\(Keys.line($0))]}"
  }.joined(separator: "\n")

  static let texts: [String: String] = [
    "ledger.yaml": "company: Acme\ncurrency: EUR\nunits:\n  percent: {symbol: \"%\"}\n  pieces: {symbol: pcs}\n",
    "people.yaml": """
    people:
    \(people)
    roles:
      head-of-sales: {holder: ana, deputy: dora}
      head-of-emea: {holder: gil}
      closer: {holder: otto}
      sales-operations: {holder: ben}
      spare: {holder: eva}
      controller: {holder: cleo}
      administrator: {holder: adam}

    """,
    "goals.yaml": """
    # What we are after
    goals:
      grow:
        name: Grow
        weight: 1

      # Costs
      save: {name: Save, weight: 2}
      learn: {name: Learn, weight: 1}

    """,
    "departments/sales/department.yaml": "name: Sales\nhead: head-of-sales\nmembers: [otto, ben, eva]\n",
    "departments/emea/department.yaml": "name: EMEA\nhead: head-of-emea\nmembers: []\n",
    definition(winRate): """
    # The share of offers that we win.

    name: Win rate          # as the board calls it
    class: kpi
    goal: grow
    weight: 2
    owner: closer
    data_owner: sales-operations
    decision: Shift capacity
    leads_to: [sales/new-orders]

    unit: percent
    direction: higher
    inputs:
      won: {aggregate: sum}
      decided: {aggregate: sum}
    formula: won / decided * 100
    period: month

    # Plans
    targets:
      2026: 25
      2026-Q1: 24
      2026-03: 23
    review: {cadence: week}
    affects:
      # The others ask first.
      - {kpi: emea/pipeline, when: achievement > 115, ask: Confirm}
    status: active

    """,
    actuals(winRate): """
    period,won,decided,status,note
    2026-01,12,40,,
    2026-02,9,38,provisional,two deals missing
    2026-03,8,30,,

    """,
    definition(newOrders): """
    name: New orders
    class: kpi
    goal: save
    owner: closer
    data_owner: sales-operations
    decision: Hire
    unit: pieces
    direction: higher
    period: month
    targets: {2026: 100}
    review: {cadence: month}
    status: active

    """,
    actuals(newOrders): "period,value\n2026-01,90\n2026-02,80\n",
    definition(pipeline): """
    name: Pipeline
    class: kpi
    goal: grow
    owner: head-of-emea
    data_owner: head-of-emea
    decision: Call
    unit: pieces
    direction: higher
    period: month
    targets: {2026: 7}
    review: {cadence: month}
    status: active

    """,
    actuals(pipeline): "period,value,note\n2026-01,5,\n2026-02,6,\n",
    plan: "title: Plan\nsteps:\n  one: begin\n  two: go on\nlists: [a, b]\n",
    table: "code,kind,Value\na,x,1\nb,x,2\nc,y,3\n",
  ]

  /// The first pages, made anew for each thread that plays.
  static func pages() -> Pages { texts.mapValues { Page(Array($0.utf8)) } }
}

import Chance

/// A small company whose files somebody edits at random: figures, definitions, KPIs made of others, moves, proposals,
/// departments, rates, goals and files that cannot be read.
struct GrowingCompany {
  var dice: Dice
  private(set) var files: [String: String]

  init(_ seed: UInt64) {
    dice = Dice(seed)
    files = Self.plain
  }

  static let plain: [String: String] = {
    var files = [
      "ledger.yaml": "company: Acme\ncurrency: EUR\nunits: {count: {decimals: 0}}\nmerge_rules: 1\n",
      "goals.yaml": "goals:\n  grow: {name: Grow}\n  more: {name: More, parent: grow}\n  serve: {name: Serve}\n",
      "rates/USD-EUR.csv": "period,average,closing\n2026-01,0.9,0.91\n2026-02,0.92,0.9\n",
    ]
    for department in 0..<4 {
      files["departments/d\(department)/department.yaml"] =
        "name: Department \(department)\n" + (department > 2 ? "parent: d1\n" : "")
      for kpi in 0..<4 {
        files["departments/d\(department)/kpis/k\(kpi).yaml"] = definition(
          "Measure \(kpi) of \(department)", goal: ["grow", "more", "serve"][kpi % 3], more: "weight: \(kpi + 1)\n")
        files["departments/d\(department)/actuals/k\(kpi).csv"] =
          "period,value\n" + (1...2).map { "2026-0\($0),\(80 + department * 10 + kpi)\n" }.joined()
      }
    }
    files["departments/d0/kpis/sum.yaml"] = definition(
      "All", goal: "grow", more: "consolidates: {from: [\"*/k1\"], by: sum}\n")
    return files
  }()

  static func definition(_ name: String, goal: String, more: String) -> String {
    """
    name: \(name)
    class: kpi
    goal: \(goal)
    owner: administrator
    decision: Move people
    unit: count
    direction: higher
    period: month
    targets: {2026: 1200}
    review: {cadence: month}
    \(more)
    """
  }

  /// What a commit changes: path to text, nil for what it removes.
  mutating func edits() -> [String: String?] {
    var changes: [String: String?] = [:]
    for _ in 0...dice.below(3) { edit { changes[$0] = .some($1) } }
    for (path, text) in changes { files[path] = text }
    return changes
  }

  private mutating func edit(_ set: (String, String?) -> Void) {
    let (department, kpi) = ("departments/d\(dice.below(4))", "k\(dice.below(4))")
    let name = "Measure \(dice.below(100))"
    switch dice.below(15) {
    case 0...3:
      set(
        "\(department)/actuals/\(kpi).csv",
        "period,value\n" + (1...3).map { "2026-0\($0),\(dice.below(300)).\(dice.below(10))\n" }.joined())
    case 4:
      set("\(department)/kpis/\(kpi).yaml", Self.definition(name, goal: "serve", more: "weight: \(dice.below(5))\n"))
    case 5:
      let source = dice.pick(["\"*/k\(dice.below(4))\"", "d1/k1, d2/k2, d9/none", "d0/sum", "d3/k0"])
      let way = dice.pick(["sum", "mean", "min", "inputs", "last"])
      set(
        "\(department)/kpis/made.yaml",
        Self.definition(name, goal: "grow", more: "consolidates: {from: [\(source)], by: \(way)}\n"))
    case 6:
      set("\(department)/kpis/\(kpi).yaml", Self.definition(name, goal: "none", more: "formula: value + kpi(d1/k2)\n"))
    case 7:
      set(
        "\(department)/kpis/\(kpi).yaml",
        dice.chance(0.5) ? nil : Self.definition(name, goal: "grow", more: "status: retired\n"))
    case 8:
      let weight = dice.below(9)
      let change = "key: weight\nproposed: \(weight)\ninstead_of: 1\nby: Ana Ruiz <ana@example.com>\n"
      let isDecided = dice.chance(0.4)
      if isDecided, dice.chance(0.6) {
        set("\(department)/kpis/\(kpi).yaml", Self.definition(name, goal: "grow", more: "weight: \(weight)\n"))
      }
      set(
        "proposals/\(department)/kpis/\(kpi).yaml/p\(dice.below(3)).yaml",
        isDecided
          ? nil
          : "file: \(department)/kpis/\(kpi).yaml\n\(change)at: 2026-03-02T10:11:00Z\n"
            + "commit: 3f2a3f2a3f2a3f2a3f2a3f2a3f2a3f2a3f2a3f2a\nbecause: no-authority\nreason: x\n")
    case 13:
      let others =
        "leads_to: [d\(dice.below(4))/k\(dice.below(4))]\naffects:\n  - {kpi: d\(dice.below(4))/k1, ask: Why}\n"
      set("\(department)/kpis/\(kpi).yaml", Self.definition(name, goal: "more", more: others))
    case 14:
      let text = Self.definition(name, goal: "grow", more: "").replacing("period: month", with: "period: quarter")
      set("\(department)/kpis/quarterly.yaml", text)
      set("\(department)/actuals/quarterly.csv", "period,value\n2026-Q1,\(dice.below(500))\n")
    case 9: set("\(department)/department.yaml", "name: \(name)\nparent: d\(dice.below(4))\n")
    case 10: set("\(department)/kpis/\(kpi).yaml", "name: [broken\n")
    case 11:
      set("\(department)/kpis/\(kpi).yaml", nil)
      set(
        "\(department)/kpis/moved.yaml",
        Self.definition(name, goal: "more", more: "was: [\(department.split(separator: "/")[1])/\(kpi)]\n"))
    default:
      set(
        "goals.yaml", "goals:\n  grow: {name: \(name)}\n  more: {name: More, parent: grow, weight: \(dice.below(4))}\n")
    }
  }
}

import Foundation

/// A small ledger with a hub and clones of it, as `kpi hub init` and `kpi clone` make them.
enum SalesLedger {
  static let files: [String: String] = [
    "ledger.yaml": "company: Acme\ncurrency: EUR\nunits: {count: {decimals: 0}}\n",
    "people.yaml": """
    people:
      office: {name: Office, emails: [office@example.org]}
      anna: {name: Anna, emails: [anna@example.org]}
      ben: {name: Ben, emails: [ben@example.org]}
      dora: {name: Dora, emails: [dora@example.org]}
    roles:
      administrator: {holder: office, deputy: anna}
      controller: {holder: office}
      head-of-sales: {holder: anna, deputy: ben}

    """,
    "goals.yaml": "goals:\n  grow: {name: Grow}\n",
    "departments/sales/department.yaml": "name: Sales\nhead: head-of-sales\nmembers: [dora]\n",
    "departments/sales/kpis/win-rate.yaml": """
    name: Orders won
    class: kpi
    goal: grow
    owner: head-of-sales
    decision: Shift capacity
    unit: count
    direction: higher
    period: month
    targets: {2020: 24000, 2021: 12000, 2026: 25000}
    review: {cadence: month}
    status: active

    """,
    "departments/sales/actuals/win-rate.csv": "period,value,status,note\n2019-12,7,,\n",
  ]

  static func setUp(_ work: Workplace, people: [String]) throws {
    for (path, text) in files { try work.write(text, to: "ledger/" + path) }
    try work.kpi("hub", "init", "hub.git", "--from", "ledger", "--admin", "Office", "office@example.org")
    for name in people {
      try work.kpi("clone", "hub.git", name, "--name", name.capitalized, "--email", "\(name)@example.org")
    }
  }

  /// The same in shell.
  static func commands(people: [String]) -> String {
    let written = files.sorted { $0.key < $1.key }.map { path, text in
      "mkdir -p $(dirname ledger/\(path)); cat >ledger/\(path) <<'END'\n\(text.trimmingCharacters(in: .newlines))\nEND"
    }
    let clones = people.map { "kpi clone hub.git \($0) --name \($0.capitalized) --email \($0)@example.org" }
    let hub = "kpi hub init hub.git --from ledger --admin Office office@example.org"
    return (written + [hub] + clones).joined(separator: "\n")
  }
}

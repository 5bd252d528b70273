import Foundation

/// A ledger without a hub, in which commits are made on days of one's choice.
final class DatedLedger {
  let work: Workplace
  static let place = "ledger"

  static let settings = "company: Acme\ncurrency: EUR\nunits: {count: {decimals: 0}}\n"

  /// With settings, a goal, Anna who heads sales, and Ben who takes over in July 2026.
  init() throws {
    work = try Workplace()
    try work.git("init", "-q", "-b", "main", Self.place)
    for (name, value) in [("user.name", "Anna"), ("user.email", "anna@example.org")] {
      try work.git("config", name, value, in: Self.place)
    }
    try write([
      "ledger.yaml": Self.settings,
      "people.yaml": """
      people:
        anna: {name: Anna, emails: [{address: anna@example.org, until: 2026-09}]}
        ben: {name: Ben, emails: [ben@example.org]}
      roles:
        administrator: {holder: ben}
        controller: {holder: ben}
        head-of-sales: {holder: anna, next: {holder: ben, from: 2026-07-01}}
        desk: {holder: anna}

      """,
      "goals.yaml": "goals:\n  grow: {name: Grow}\n",
      "departments/sales/department.yaml": "name: Sales\nhead: head-of-sales\nmembers: [anna]\n",
    ])
  }

  static func definition(formula: String = "value", target: Int = 300, more: String = "") -> String {
    """
    name: Orders
    class: kpi
    goal: grow
    owner: head-of-sales
    decision: Shift capacity
    unit: count
    direction: higher
    formula: \(formula)
    period: month
    targets: {2026-Q1: \(target)}
    review: {cadence: month}
    \(more)status: active

    """
  }

  static func actuals(_ rows: String...) -> String {
    "period,value,status,note\n" + rows.map { $0 + "\n" }.joined()
  }

  func write(_ files: [String: String]) throws {
    for (path, text) in files { try work.write(text, to: Self.place + "/" + path) }
  }

  /// Commits the files, with all that has changed in the folder, at noon of a day.
  /// - Returns: the commit
  @discardableResult
  func commit(_ files: [String: String] = [:], on day: String, _ message: String) throws -> String {
    try write(files)
    work.environment["GIT_AUTHOR_DATE"] = day + "T12:00:00Z"
    work.environment["GIT_COMMITTER_DATE"] = day + "T12:00:00Z"
    try work.git("add", "-A", in: Self.place)
    try work.git("commit", "-q", "-m", message, in: Self.place)
    return try work.git("rev-parse", "HEAD", in: Self.place).trimmingCharacters(in: .newlines)
  }

  func kpi(_ arguments: String..., expecting expected: Set<Int32> = [0]) throws -> Workplace.Ended {
    try work.kpi(arguments, in: Self.place, expecting: expected)
  }

  /// What a command prints as a JSON object.
  func object(_ arguments: String...) throws -> [String: Any] {
    let text = try work.kpi(arguments + ["--format", "json"], in: Self.place).output
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  /// What a command prints as a JSON list of objects.
  func list(_ arguments: String..., expecting expected: Set<Int32> = [0]) throws -> [[String: Any]] {
    let text = try work.kpi(arguments + ["--format", "json"], in: Self.place, expecting: expected).output
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
  }
}

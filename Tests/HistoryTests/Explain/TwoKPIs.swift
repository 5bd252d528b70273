import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// A ledger with two KPIs under one goal, of which one has 80 and the other 60 of 100: the goal has 70.
struct TwoKPIs {
  let past: Past
  private(set) var line: [ObjectID]

  static let files: [String: String] = [
    "ledger.yaml": "company: Acme\ncurrency: EUR\nunits: {count: {decimals: 0}}\n",
    "goals.yaml": "goals:\n  grow: {name: Grow}\n",
    "departments/sales/department.yaml": "name: Sales\n",
    "departments/emea/department.yaml": "name: EMEA\n",
    path("a"): definition(), path("b"): definition(), rows("a"): table("2026-01,80"), rows("b"): table("2026-01,60"),
  ]

  static func path(_ kpi: String) -> String { "departments/sales/kpis/\(kpi).yaml" }
  static func rows(_ kpi: String) -> String { "departments/sales/actuals/\(kpi).csv" }
  static func table(_ rows: String...) -> String { "period,value\n" + rows.map { $0 + "\n" }.joined() }

  static func definition(_ more: String = "", target: Int = 100, goal: String = "grow", unit: String = "count")
    -> String
  {
    """
    name: Measure
    class: kpi
    goal: \(goal)
    unit: \(unit)
    direction: higher
    period: month
    targets: {2026-01: \(target)}
    \(more)

    """
  }

  init(_ more: [String: String] = [:]) throws {
    past = try Past()
    line = [try past.commit(Self.files.merging(more) { $1 }.mapValues { $0 }, on: [], by: Past.ana, "Begin")]
  }

  var first: ObjectID { line[0] }
  var tip: ObjectID { line[line.count - 1] }

  /// A commit on the main line.
  @discardableResult
  mutating func commit(_ files: [String: String?], by author: Author = Past.bo, _ message: String = "change") throws
    -> ObjectID
  {
    line.append(try past.commit(files, on: [tip], by: author, message))
    return tip
  }

  /// A merge of side commits onto the main line.
  mutating func sync(_ files: [String: String?], with side: ObjectID, by sender: Author) throws {
    line.append(try past.commit(files, on: [tip, side], by: sender, "Sync"))
  }

  func answer(
    _ question: Explain.Question = .goals(department: nil), _ period: String = "2026-01"
  ) throws -> Explain.Answer {
    let explain = Explain(past.objects, asOf: try #require(Day("2026-02-10")), question: question)
    let period = try #require(Period(period))
    var answer = try #require(try explain.versions(first, tip, of: period))
    answer.explanations = try Attribution(past.objects, proof: { { _, _ in false } })
      .attributed(answer.explanations, parts: nil, tip: tip, hub: nil)
    return answer
  }

  /// Why the goal moved.
  func grow() throws -> Explanation {
    let found = try answer().explanations.first { $0.subject == .goal("grow") }
    return try #require(found)
  }
}

extension Explanation {
  /// `70 → 75`, with `-` for no score.
  var scores: String { "\(from.map(\.description) ?? "-") → \(to.map(\.description) ?? "-")" }
  /// Each part in short.
  var short: [String] { parts.map(\.short) }
}

extension ScorePart {
  /// As `+5 actual sales/a row 2026-01: 80 → 90 by Bo`.
  var short: String {
    let size = size.map { ($0 > .zero ? "+" : "") + $0.description } ?? "?"
    let what = kpi?.description ?? file
    let values = [change?.from, change?.to].map { $0.map(Self.text) ?? "-" }.joined(separator: " → ")
    return "\(size) \(kind) \(what) \(entry?.key.text ?? "?"): \(values) by \(entry?.by.name.prefix(3) ?? "?")"
  }

  private static func text(_ value: YAMLValue) -> String {
    switch value {
    case .number(let number): number.description
    case .string(let text): text
    case .bool(let value): value.description
    case .map(let pairs): pairs.map { text($0.value) }.joined(separator: "/")
    default: "\(value)"
    }
  }
}

import Calculation
import Chance
import Consolidation
import Git
import LedgerModel
import LedgerStore
import Testing

@testable import History

/// The triangle against a plain oracle: the whole ledger of each commit of the main line, rolled up for each period.
@Suite struct TriangleOracleTests {
  @Test(arguments: 1...30)
  func everyVersionHasTheFiguresThatItsLedgerGives(seed: UInt64) throws {
    let history = try FigureHistory(seed: seed)
    let (tip, state) = try #require(history.mainLine.last)
    let triangle = try history.past.triangle(tip, of: state.id)
    let sum = try history.past.triangle(tip, of: FigureHistory.sum)
    for (place, version) in history.mainLine.enumerated() {
      let known = Set(history.mainLine[...place].map(\.commit))
      let ledger = try LedgerTree(history.past.objects.commit(version.commit).tree, in: history.past.objects).ledger
      for month in FigureHistory.months {
        for (triangle, id) in [(triangle, version.state.id), (sum, FigureHistory.sum)] {
          let day = ledger.settings.calendar.days(of: month).upperBound.advanced(by: -1)
          let scorecard = Consolidation(of: ledger, for: month, asOf: day, source: "").company
          let expected = scorecard.kpis.first { $0.id == id }?.actual
          let vintage = triangle.vintages.lastIndex { known.contains($0.commit) }
          let found = vintage.flatMap { triangle.cell(VintageRow(period: month), in: $0) }
          #expect(found?.value == expected, "\(id) \(month) at \(version.commit)")
        }
      }
    }
    for triangle in [triangle, sum] { try attributed(triangle, history) }
  }

  /// Each change is laid to a commit that its sync brought.
  private func attributed(_ triangle: RestatementTriangle, _ history: FigureHistory) throws {
    for revision in triangle.revisions {
      let entry = try #require(revision.entry)
      #expect(entry.sync == triangle.vintages[revision.vintage].commit)
      #expect(history.brought[triangle.vintages[revision.vintage].commit]?.contains(entry.commit) ?? false)
    }
  }

  @Test func theHistoriesRestateAndMove() throws {
    let triangles = try (1...10).map { (seed: UInt64) in
      let history = try FigureHistory(seed: seed)
      let (tip, state) = try #require(history.mainLine.last)
      return try history.past.triangle(tip, of: state.id)
    }
    #expect(triangles.count { $0.restatedRows > 1 } >= 8)
    #expect(triangles.count { Set($0.vintages.map(\.kpi)).count > 1 } >= 5)
  }
}

/// A KPI whose rows, calculation and id people change, on the main line and beside it, and one that adds it up with another.
private final class FigureHistory {
  struct State {
    var id: KPIID
    var was: [KPIID] = []
    var formula = 0
    /// Another calculation from March on.
    var later: Int?
    var rows: [Int: Row] = [1: Row(a: 1, b: 2, isProvisional: false)]
    var other = 5

    struct Row: Equatable {
      var a: Int
      var b: Int
      var isProvisional: Bool
    }

    var files: [String: String?] {
      let was = was.isEmpty ? "" : "was: [\(was.map(\.description).joined(separator: ", "))]\n"
      let formulas = ["a + b", "a", "a / b * 100", "b - a"]
      let own = later.map {
        "formula: \(formulas[$0])\neffective_from: 2026-03\nearlier:\n  - {unit: count, direction: higher, period: month, "
          + "inputs: {a: {aggregate: sum}, b: {aggregate: sum}}, formula: \(formulas[formula]), effective_from: 2025-01}\n"
      }
      let rows = rows.sorted { $0.key < $1.key }.map { month, row in
        "2026-0\(month),\(row.a),\(row.b),\(row.isProvisional ? "provisional" : "")\n"
      }
      let head = "class: kpi\ngoal: grow\nunit: count\ndirection: higher\nperiod: month\nstatus: active\n"
      return [
        id.definitionPath: "name: One\n\(head)inputs: {a: {aggregate: sum}, b: {aggregate: sum}}\n"
          + (own ?? "formula: \(formulas[formula])\n") + was,
        id.actualsPath: "period,a,b,status\n" + rows.joined(),
        FigureHistory.other.actualsPath: "period,value\n2026-01,\(other)\n2026-02,3\n2026-04,\(other)\n",
        FigureHistory.other.definitionPath: "name: Other\n\(head)",
        FigureHistory.sum.definitionPath:
          "name: Sum\n\(head)consolidates: {from: [\(id), \(FigureHistory.other)], by: sum}\n",
      ]
    }
  }

  static let ids = ["sales/a", "sales/b", "emea/c"].compactMap { KPIID($0) }
  static let other = KPIID("us/other")!
  static let sum = KPIID("company/sum")!
  static let months = (1...6).compactMap { Period("2026-0\($0)") }

  let past: Past
  private(set) var mainLine: [(commit: ObjectID, state: State)] = []
  /// By commit of the main line, what came with it, and itself.
  private(set) var brought: [ObjectID: Set<ObjectID>] = [:]
  private var dice: Dice

  init(seed: UInt64) throws {
    past = try Past()
    dice = Dice(seed)
    let first = State(id: Self.ids[0])
    try add(first, on: [], from: nil)
    for _ in 0..<14 {
      let tip = mainLine[mainLine.count - 1]
      if dice.chance(0.6) {
        try add(changed(tip.state, moves: true), on: [tip.commit], from: tip.state)
      } else {
        try sync()
      }
    }
  }

  private func add(_ state: State, on parents: [ObjectID], from old: State?, with local: Set<ObjectID> = []) throws {
    let commit = try commit(state, on: parents, from: old)
    brought[commit] = local.union([commit])
    mainLine.append((commit, state))
  }

  /// Some commits that change rows of what the main line was, merged with what it is.
  private func sync() throws {
    let tip = mainLine[mainLine.count - 1]
    let base = mainLine[max(0, mainLine.count - 1 - dice.below(3))]
    guard tip.state.id == base.state.id else { return }
    var (local, commit, brought) = (base.state, base.commit, Set<ObjectID>())
    for _ in 0...dice.below(3) {
      var next = local
      changeRow(&next)
      commit = try self.commit(next, on: [commit], from: local)
      brought.insert(commit)
      local = next
    }
    var merged = tip.state
    for month in 1...6 where local.rows[month] != base.state.rows[month] { merged.rows[month] = local.rows[month] }
    try add(merged, on: [tip.commit, commit], from: tip.state, with: brought)
  }

  private func changed(_ state: State, moves: Bool) -> State {
    var state = state
    switch dice.below(8) {
    case 0: state.formula = dice.below(4)
    case 1: state.later = dice.chance(0.3) ? nil : dice.below(4)
    case 2: state.other = dice.below(9)
    default: for _ in 0...dice.below(2) { changeRow(&state) }
    }
    if moves, dice.chance(0.2) {
      let other = dice.pick(Self.ids.filter { $0 != state.id })
      state.was = (state.was + [state.id]).filter { $0 != other }
      state.id = other
    }
    return state
  }

  private func changeRow(_ state: inout State) {
    let row = State.Row(a: dice.below(9), b: dice.below(4), isProvisional: dice.chance(0.3))
    state.rows[1 + dice.below(6)] = dice.chance(0.2) ? nil : row
  }

  private func commit(_ state: State, on parents: [ObjectID], from old: State?) throws -> ObjectID {
    var files: [String: String?] = (old?.files ?? [:]).mapValues { _ in String?.none }
    if old == nil {
      files["ledger.yaml"] = "company: Acme\ncurrency: EUR\nunits: {count: {decimals: 0}}\n"
      files["goals.yaml"] = "goals:\n  grow: {name: Grow}\n"
    }
    return try past.commit(
      files.merging(state.files) { $1 }, on: parents, by: dice.pick([Past.ana, Past.bo]), "\(dice.below(1_000_000))")
  }
}

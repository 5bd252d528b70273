import Chance
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// Blame against a slow walk that follows each key back, commit by commit.
@Suite struct BlameOracleTests {
  @Test(arguments: 1...40)
  func blameIsTheSlowWalk(seed: UInt64) throws {
    let history = try RandomHistory(seed: seed)
    for (tip, state) in history.mainLine.suffix(4) {
      let lines = try history.past.blame(tip, state.id).lines
      #expect(lines.count > 8)
      for line in lines {
        let expected = try history.origin(of: line.key, line.file, in: tip)
        #expect(line.origin?.entered.commit == expected, "\(line.file) \(line.key) in \(tip)")
        #expect(line.origin?.settledBy == nil)
      }
    }
  }

  /// Half of the histories have a move that came along with others' changes, so that the walk is tried on them.
  @Test func theHistoriesMoveAndMerge() throws {
    let histories = try (1...10).map { try RandomHistory(seed: $0) }
    #expect(histories.filter { $0.movesBesideOthers > 0 }.count >= 5)
  }
}

/// A KPI that people change on the main line and beside it, and move.
private final class RandomHistory {
  struct State {
    var id: KPIID
    var was: [KPIID] = []
    var owner = 0
    var targets: [Int: Int] = [2026: 1]
    var rows: [Int: Int] = [1: 1]

    var files: [String: String?] {
      let targets = targets.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      let was = was.isEmpty ? "" : "was: [\(was.map(\.description).joined(separator: ", "))]\n"
      let definition = """
        name: Win rate
        owner: role-\(owner)
        unit: count
        targets: {\(targets)}

        """
      let rows = rows.sorted { $0.key < $1.key }.map { "2026-0\($0.key),\($0.value)\n" }.joined()
      return [id.definitionPath: definition + was, id.actualsPath: "period,value\n" + rows]
    }

    mutating func move(to other: KPIID) {
      was = (was + [id]).filter { $0 != other }
      id = other
    }
  }

  static let ids = ["sales/a", "sales/b", "emea/c"].compactMap { KPIID($0) }
  let past: Past
  private(set) var mainLine: [(commit: ObjectID, state: State)] = []
  private(set) var movesBesideOthers = 0
  private var dice: Dice
  private var parents: [ObjectID: [ObjectID]] = [:]
  private var documents: [String: (any KeyedDocument)?] = [:]

  init(seed: UInt64) throws {
    past = try Past()
    dice = Dice(seed)
    let first = State(id: Self.ids[0])
    mainLine = [(try commit(first, on: [], from: nil), first)]
    for _ in 0..<10 {
      if dice.chance(0.5) {
        let tip = mainLine[mainLine.count - 1]
        let next = changed(tip.state, moves: true)
        mainLine.append((try commit(next, on: [tip.commit], from: tip.state), next))
      } else {
        try sync()
      }
    }
  }

  /// A few commits on what the main line was, merged with what it is.
  private func sync() throws {
    let tip = mainLine[mainLine.count - 1]
    let base = mainLine[max(0, mainLine.count - 1 - dice.below(4))]
    var (local, commit) = (base.state, base.commit)
    for _ in 0...dice.below(3) {
      // Moves on both sides are held, and so not merged.
      let next = changed(local, moves: tip.state.id == base.state.id)
      commit = try self.commit(next, on: [commit], from: local)
      local = next
    }
    var merged = tip.state
    if local.id != base.state.id { merged.id = local.id }
    if local.was != base.state.was { merged.was = Set(merged.was + local.was).subtracting([merged.id]).sorted() }
    if merged.id != base.state.id, tip.commit != base.commit { movesBesideOthers += 1 }
    if local.owner != base.state.owner { merged.owner = local.owner }
    for year in 2024...2028 where local.targets[year] != base.state.targets[year] {
      merged.targets[year] = local.targets[year]
    }
    for month in 1...6 where local.rows[month] != base.state.rows[month] { merged.rows[month] = local.rows[month] }
    mainLine.append((try self.commit(merged, on: [tip.commit, commit], from: tip.state), merged))
  }

  private func changed(_ state: State, moves: Bool) -> State {
    var state = state
    for _ in 0...dice.below(3) {
      switch dice.below(3) {
      case 0: state.owner = dice.below(3)
      case 1: state.targets[2024 + dice.below(5)] = dice.chance(0.2) ? nil : dice.below(3)
      default: state.rows[1 + dice.below(6)] = dice.chance(0.2) ? nil : dice.below(3)
      }
    }
    if moves, dice.chance(0.3) { state.move(to: dice.pick(Self.ids.filter { $0 != state.id })) }
    return state
  }

  private func commit(_ state: State, on parents: [ObjectID], from old: State?) throws -> ObjectID {
    let gone = (old?.files ?? [:]).mapValues { _ in String?.none }
    let commit = try past.commit(
      gone.merging(state.files) { $1 }, on: parents, by: dice.pick([Past.ana, Past.bo]), "\(dice.below(1_000_000))")
    self.parents[commit] = parents
    return commit
  }

  // MARK: The slow walk

  func origin(of key: Key, _ path: String, in commit: ObjectID) throws -> ObjectID {
    let value = try document(path, commit)?.value(key)
    for parent in parents[commit] ?? [] {
      let isActuals = path.hasSuffix(".csv")
      let names = Self.ids.map { isActuals ? $0.actualsPath : $0.definitionPath }
      guard let name = try names.first(where: { try document($0, parent) != nil }),
        try document(name, parent)?.value(key) == value
      else { continue }
      return try origin(of: key, name, in: parent)
    }
    return commit
  }

  private func document(_ path: String, _ commit: ObjectID) throws -> (any KeyedDocument)? {
    let name = "\(commit) \(path)"
    if let known = documents[name] { return known }
    let document = try past.document(path, in: commit)
    documents[name] = .some(document)
    return document
  }
}

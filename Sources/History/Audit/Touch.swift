import Git
import LedgerModel

/// What somebody did to a file in a commit that a sync brought.
struct Touch {
  let commit: Commit
  /// Counted from the oldest commit that the sync brought.
  let place: Int
  /// The content in each parent; nil where there was no such file.
  let before: [ObjectID?]
  let after: ObjectID?

  /// What was done to one file under several names, oldest first: a move goes from one to another.
  static func together(_ names: [[Touch]]) -> [Touch] {
    var touches: [ObjectID: Touch] = [:]
    for touch in names.joined() {
      let other = touches[touch.commit.id] ?? touch
      touches[touch.commit.id] = Touch(
        commit: touch.commit, place: touch.place, before: zip(other.before, touch.before).map { $0 ?? $1 },
        after: other.after ?? touch.after)
    }
    return touches.values.sorted { $0.place < $1.place }
  }
}

/// What the commits did that a sync brought to the main line.
struct Brought {
  /// By path, oldest first.
  private(set) var touches: [String: [Touch]] = [:]
  /// The ids under which these commits had a KPI, by each of them: whoever moves a KPI may not be followed by the
  /// main line, and what is done to it afterwards is done all the same.
  private var names: [KPIID: Set<KPIID>] = [:]

  var isEmpty: Bool { touches.isEmpty }

  mutating func add(_ touch: Touch, to path: String) { touches[path, default: []].append(touch) }

  /// Takes down that a commit has a KPI under an id, and that it had others before.
  mutating func add(_ id: KPIID, formerly was: [KPIID]) {
    let all = ([id] + was).reduce(into: Set<KPIID>()) { all, name in all.formUnion(names[name] ?? [name]) }
    for name in all { names[name] = all }
  }

  /// Whether a definition went away, as it does where its KPI moves.
  var hasMoves: Bool {
    touches.contains { path, touches in
      if case .definition = LedgerPath(path) { touches.contains { $0.after == nil } } else { false }
    }
  }

  /// What was done to a file of a KPI, under all the names that these commits had it by and some others.
  func touches(of path: String, alsoKnownAs others: [KPIID]) -> [Touch] {
    let own = touches[path] ?? []
    guard let id = LedgerPath(path).kpi else { return own }
    let known = (names[id] ?? []).union(others).subtracting([id]).sorted()
    let more = known.compactMap { touches[path == id.actualsPath ? $0.actualsPath : $0.definitionPath] }
    return more.isEmpty ? own : Touch.together([own] + more)
  }
}

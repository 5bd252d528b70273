import Foundation

/// What git says of the hub's main line: commit by commit what came with it and what was in force and held then.
struct RealGitMainLine {
  /// A commit of a clone, merges aside.
  struct Entered {
    let id: String
    fileprivate(set) var added = ""
    fileprivate(set) var removed = ""

    /// Whether it enters a value; a line with several values stands on both sides when one of them changes.
    func brings(_ value: Int) -> Bool { added.contains("\(value)") && !removed.contains("\(value)") }

    func removes(_ value: Int) -> Bool { removed.contains("\(value)") && !added.contains("\(value)") }

    func changes(_ key: RealGitHistory.Key) -> Bool { key.values(in: added) != key.values(in: removed) }
  }

  /// One commit of the main line.
  struct State {
    fileprivate(set) var entered: [Entered] = []
    fileprivate(set) var inForce = ""
    /// What is held, without what each was proposed instead of.
    fileprivate(set) var held: [String] = []

    func keeps(_ entry: RealGitHistory.Entry) -> Bool {
      entry.key.values(in: inForce).contains("\(entry.value)")
        || held.contains { $0.contains(entry.key.name) && $0.contains("\(entry.value)") }
    }
  }

  private(set) var states: [State] = []
  private var parents: [String: [String]] = [:]

  init(_ work: Workplace) throws {
    let text = try work.shell(
      """
      cd hub.git
      echo =parents
      git rev-list --parents main
      for c in $(git rev-list --first-parent --reverse main); do
        echo =state
        git log -p -U0 --no-merges --no-renames --format='tformat:=commit %H' $c --not $(git rev-parse -q --verify $c^1)
        echo =force
        git show $c:\(RealGitHistory.rate) $c:\(RealGitHistory.figures)
        for p in $(git ls-tree -r --name-only $c proposals); do echo =held; git show $c:$p; done
      done
      """
    ).output
    var section = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("=") {
        let words = line.split(separator: " ").map(String.init)
        section = words[0]
        if section == "=state" { states.append(State()) } else if states.isEmpty { continue }
        if section == "=commit" { states[states.count - 1].entered.append(Entered(id: words[1])) }
        if section == "=held" { states[states.count - 1].held.append("") }
      } else if section == "=parents" {
        let ids = line.split(separator: " ").map(String.init)
        parents[ids[0]] = Array(ids.dropFirst())
      } else {
        states[states.count - 1].read(line, section)
      }
    }
  }

  func isCommitted(_ entry: RealGitHistory.Entry) -> Bool { !commits(of: entry).isEmpty }

  /// How many values have given way to what somebody entered who had seen them.
  func replaced(_ entries: [RealGitHistory.Entry]) -> Int {
    entries.count { isCommitted($0) && states.last?.keeps($0) == false }
  }

  /// Values that came with a commit of the main line, or stood in the one before it, and are gone without anybody who
  /// had them before them having changed their key.
  func faults(_ entries: [RealGitHistory.Entry]) -> [String] {
    var faults: [String] = []
    for entry in entries {
      let commits = commits(of: entry)
      var wasKept = false
      for state in states {
        let isKept = state.keeps(entry)
        let isDue = wasKept || state.entered.contains { $0.brings(entry.value) }
        if !isKept && isDue && !state.entered.contains(where: { replaces($0, entry, commits) }) {
          faults.append("\(entry) is lost at\(state.inForce)\(state.held.joined(separator: "\n"))")
        }
        wasKept = isKept
      }
    }
    return faults
  }

  private func commits(of entry: RealGitHistory.Entry) -> Set<String> {
    Set(states.flatMap(\.entered).filter { $0.brings(entry.value) }.map(\.id))
  }

  private func replaces(_ later: Entered, _ entry: RealGitHistory.Entry, _ commits: Set<String>) -> Bool {
    later.removes(entry.value)
      || later.changes(entry.key) && !commits.contains(later.id) && !ancestors(later.id).isDisjoint(with: commits)
  }

  private func ancestors(_ id: String) -> Set<String> {
    var (found, next): (Set<String>, [String]) = ([], [id])
    while let one = next.popLast() {
      for parent in parents[one] ?? [] where found.insert(parent).inserted { next.append(parent) }
    }
    return found
  }
}

extension RealGitMainLine.State {
  fileprivate mutating func read(_ line: Substring, _ section: String) {
    let isAside =
      line.drop { "+-".contains($0) }.hasPrefix("instead_of") || line.drop { "+-".contains($0) }.hasPrefix("reason")
    switch section {
    case "=commit":
      if line.hasPrefix("+") { entered[entered.count - 1].added += "\n" + line.dropFirst() }
      if line.hasPrefix("-") && !isAside { entered[entered.count - 1].removed += "\n" + line.dropFirst() }
    case "=force": inForce += "\n" + line
    case "=held": if !isAside { held[held.count - 1] += line + "\n" }
    default: break
    }
  }
}

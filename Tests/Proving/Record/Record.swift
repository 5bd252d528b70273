/// Who entered what, against which each new state of the hub is held. It shares no code with the merge but the parsing
/// of YAML.
final class Record {
  /// A value as it was entered.
  struct Entry: Hashable, CustomStringConvertible {
    let commit: Int
    let id: String
    let by: Person
    let change: Change

    var description: String { "\(change) of c\(commit) by \(by)" }
  }

  private(set) var violations: [Violation] = []
  /// What was entered and is in force or held at the hub.
  var alive: [Entry] = []
  /// The proposals that ended.
  var ended: Set<String> = []
  /// By place, the commits that may have entered what the hub has; those that are not there are the first.
  var sources: [Place: [Node]] = [:]
  /// Whom a commit that has reached the hub speaks for.
  var speakers: [String: Person] = [:]
  let first: Node
  var mainLine: [Node]

  init(first: Node) {
    self.first = first
    mainLine = [first]
    speakers[first.name] = first.author
  }

  func add(_ kind: Violation.Kind, _ text: String) { violations.append(Violation(kind: kind, text: text)) }

  /// Looks at a new tip of the hub: a sync, or a commit of a plain push.
  func check(_ tip: Node, nodes: [Node]) {
    let step = Step(tip: tip, hub: tip.parents[0], nodes: nodes, record: self)
    for node in step.line { speakers[node.name] = step.speaker(of: node) }
    checkLost(step)
    checkForce(step)
    checkPapers(step)
    checkSettlements(step)
    checkCloses(step)
    for path in step.changedPaths
    where !path.hasPrefix("notes/") && step.tip.pages[path].map({ !Sheet.of(path, $0).isReadable }) ?? false {
      if step.hub.pages[path].map({ Sheet.of(path, $0).isReadable }) ?? false {
        add(.unreadable, "\(path) in \(tip.short)")
      }
    }
    noteSources(step)
    for paper in step.hubPapers where !step.tipPaths.contains(paper.path) { ended.insert(paper.path) }
    mainLine.append(tip)
  }

  /// The newest commit of the main line that a commit descends from.
  func fork(of node: Node) -> Node { mainLine.last { node.descends(from: $0) } ?? first }

  /// The commits that may have entered what the hub has.
  func sources(_ place: Place) -> [Node] { sources[place] ?? [first] }

  private func noteSources(_ step: Step) {
    for change in step.changes {
      let same = step.sources(of: change)
      let authorised = same.filter { step.mayMake(change, $0) }
      let found = authorised.isEmpty ? same : authorised
      sources[change.place] = found.isEmpty ? [first] : found
    }
  }
}

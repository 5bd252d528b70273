/// One move of the hub's main line, with what the checks ask of it.
final class Step {
  let tip: Node
  let hub: Node
  /// The commits that it brings, oldest first, syncs left out.
  let line: [Node]
  let nodes: [Node]
  let powers: Powers
  /// In what the hub's files differ before and after.
  let changes: [Change]
  let changedPaths: [String]
  let hubPapers: [Paper]
  let tipPapers: [Paper]
  let hubPaths: Set<String>
  let tipPaths: Set<String>
  let changedSlots: Set<String>
  unowned let record: Record
  private var unclear: [String: Bool] = [:]

  init(tip: Node, hub: Node, nodes: [Node], record: Record) {
    self.tip = tip
    self.hub = hub
    self.record = record
    self.nodes = nodes
    line = nodes.filter { tip.descends(from: $0) && !hub.descends(from: $0) && !$0.isSync }
    powers = Powers(hub.pages)
    changes = Changes.between([hub.pages], tip.pages)
    changedPaths = Set(hub.pages.keys).union(tip.pages.keys)
      .filter { hub.pages[$0] !== tip.pages[$0] && !$0.hasPrefix("proposals/") }.sorted()
    hubPapers = Papers.all(in: hub.pages)
    tipPapers = Papers.all(in: tip.pages)
    hubPaths = Set(hubPapers.map(\.path))
    tipPaths = Set(tipPapers.map(\.path))
    var slots = Set(changedPaths.map(World.slot))
    for paper in hubPapers where !tipPaths.contains(paper.path) { slots.insert(paper.slot) }
    changedSlots = slots
  }

  /// Whom a commit speaks for: its author where they are who syncs, or have signed it with the key that the hub knows.
  func speaker(of node: Node) -> Person {
    node.signer == node.author && powers.hasKey(node.author) ? node.author : tip.bringer
  }

  /// Whether two KPIs go by the names of one, or figures were left behind by one that moved: the record knows KPIs by
  /// their names alone, so it cannot say of which of the two something was entered.
  func isUnclear(_ slot: String) -> Bool {
    guard World.isDefinition(slot) || World.isActuals(slot), let id = World.id(of: slot) else { return false }
    if let known = unclear[id] { return known }
    let (definition, actuals) = (World.definition(id), World.actuals(id))
    let nodes = [tip, hub] + line + line.flatMap(\.parents)
    let names = World.paths(actuals).filter { name in nodes.contains { $0.pages[name] != nil } }
    let kpis = World.paths(definition).filter { name in nodes.contains { $0.pages[name] != nil } }
    let isMade = line.contains { node in Changes.of(node).contains { $0.slot == definition && $0.isMaking } }
    let found =
      kpis.count > 1 && isMade
      || nodes.contains { node in
        let definitions = World.paths(definition).filter { node.pages[$0] != nil }
        let figures = World.paths(actuals).filter { node.pages[$0] != nil }
        return definitions.count > 1 || figures.count > 1 || names.count > 1 && definitions.isEmpty && !figures.isEmpty
      }
    unclear[id] = found
    return found
  }

  // MARK: What a commit did

  /// What a commit entered at a place, where it did.
  func change(_ place: Place, by node: Node) -> Change? { Changes.of(node).first { $0.place == place } }

  func touchesFile(_ node: Node, _ slot: String) -> Bool { Changes.of(node).contains { $0.slot == slot } }

  /// The commits of the line that entered what came into force.
  func sources(of change: Change) -> [Node] {
    line.filter { node in
      guard let own = self.change(change.place, by: node) else {
        // A value stands as it was with its comment.
        let other = change.key.hasPrefix("# ") ? String(change.key.dropFirst(2)) : "# " + change.key
        if self.change(Place(slot: change.slot, key: other), by: node) != nil {
          return Step.isThere(change, node.pages)
        }
        // Who makes a file anew leaves out what it does not have.
        return change.value == nil && Changes.of(node).contains { $0.slot == change.slot && $0.isMaking }
      }
      return isSame(own, change)
    }
  }

  private func isSame(_ own: Change, _ change: Change) -> Bool {
    guard change.key.hasPrefix("row "), let page = tip.pages[change.path] else { return own.value == change.value }
    let sheet = Sheet.of(change.path, page)
    guard case .cells(let cells)? = own.value, case .cells(let now)? = change.value else {
      return own.value == change.value
    }
    return cells.filter { sheet.columns.contains($0.key) } == now.filter { own.columns.contains($0.key) }
  }

  /// The proposals that a commit ended.
  func papersEnded(by node: Node) -> [Paper] {
    if let known = node.ended { return known }
    var ended: [Paper]?
    for parent in node.parents {
      let gone = Papers.all(in: parent.pages).filter { node.pages[$0.path] == nil }
      ended = ended.map { $0.filter { paper in gone.contains { $0.path == paper.path } } } ?? gone
    }
    node.ended = ended ?? []
    return ended ?? []
  }

  func settled(_ place: Place, by node: Node) -> [Paper] {
    let key = place.key.hasPrefix("# ") ? String(place.key.dropFirst(2)) : place.key
    return papersEnded(by: node).filter { $0.slot == place.slot && $0.key == key }
  }

  // MARK: Who may

  /// Whether the one a commit speaks for may make its change of a place, or settles with it what waits at the hub.
  func mayMake(_ change: Change, _ node: Node) -> Bool {
    let person = speaker(of: node)
    var own = self.change(change.place, by: node) ?? change
    own.isDraft = own.isDraft || isDraft(own.path, in: node)
    own.isMaking = own.isMaking || line.contains { Changes.of($0).contains { $0.path == own.path && $0.isMaking } }
    if powers.mayChange(person, own) { return true }
    // What is closed is the controller's to restate.
    let hasCloses = hub.pages.keys.contains { $0.hasPrefix("closes/") }
    if hasCloses, own.slot.hasPrefix("departments/"), powers.isController(person) { return true }
    guard powers.maySettle(person, own) else { return false }
    return settled(change.place, by: node).contains { hubPaths.contains($0.path) && $0.by != person }
  }

  private func isDraft(_ path: String, in node: Node) -> Bool {
    node.pages[path].map { Sheet.of(path, $0).values["status"] == .text("draft") } ?? false
  }

  // MARK: What stands where

  /// What stands at a place in some files: of a KPI that is there twice, both.
  static func values(_ place: Place, _ pages: Pages) -> [Meaning?] {
    let present = World.paths(place.slot).filter { pages[$0] != nil }
    if place.key == "file" { return [present.isEmpty ? nil : .text("there")] }
    if place.key == "place" { return present.map { .text(World.id(of: $0) ?? $0) } + (present.isEmpty ? [nil] : []) }
    if place.key == "content" {
      return present.map { pages[$0].map { .text($0.text) } } + (present.isEmpty ? [nil] : [])
    }
    let values = present.map { path in pages[path].flatMap { Sheet.of(path, $0).values[place.key] } }
    return values.isEmpty ? [nil] : values
  }

  /// The columns of a table, of both where it is there twice.
  static func columns(_ slot: String, _ pages: Pages) -> Set<String> {
    World.paths(slot).reduce(into: []) { columns, path in
      if let page = pages[path] { columns.formUnion(Sheet.of(path, page).columns) }
    }
  }

  /// Whether a value stands at its place.
  static func isThere(_ change: Change, _ pages: Pages) -> Bool {
    values(change.place, pages).contains { now in
      guard change.key.hasPrefix("row "), case .cells(let old)? = change.value, case .cells(let new)? = now else {
        return now == change.value
      }
      let columns = columns(change.slot, pages)
      return old.filter { columns.contains($0.key) } == new.filter { change.columns.contains($0.key) }
    }
  }

  /// Whether a proposal is of a value.
  static func proposes(_ paper: Paper, _ change: Change) -> Bool {
    let key = change.key.hasPrefix("# ") ? String(change.key.dropFirst(2)) : change.key
    guard paper.slot == change.slot, paper.key == key else { return false }
    if key != change.key { return paper.comment.map(Self.comment) ?? "" == change.value?.plain ?? "" }
    guard case .cells(let some)? = paper.value, case .cells(let all)? = change.value else {
      return paper.value == change.value
    }
    // Of columns that its author had not, a row in force has what it had.
    if key.hasPrefix("row ") { return some.filter { change.columns.isEmpty || change.columns.contains($0.key) } == all }
    return some.allSatisfy { ($0.value == "~" ? nil : $0.value) == all[$0.key] }
  }

  private static func comment(_ text: String) -> String {
    String(text.split(separator: "\n").last.map { $0.drop { $0 == "#" || $0 == " " } } ?? "")
  }
}

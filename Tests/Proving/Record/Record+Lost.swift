/// Each value that was entered is in force, or held in its author's name, or was replaced by a later commit of somebody
/// who had it and may.
extension Record {
  func checkLost(_ step: Step) {
    let old = alive
    alive = []
    alive.reserveCapacity(old.count + 16)
    for entry in old {
      if step.changedSlots.contains(entry.change.slot) { check(entry, step, isNew: false) } else { alive.append(entry) }
    }
    for node in step.line {
      for change in Changes.of(node).flatMap({ keys(of: $0, by: node) }) where isTold(change, step) {
        let entry = Entry(commit: node.number, id: node.name, by: step.speaker(of: node), change: change)
        check(entry, step, isNew: true)
      }
    }
  }

  /// Whether the record can say what becomes of a change.
  private func isTold(_ change: Change, _ step: Step) -> Bool {
    if change.key == "place", !World.isDefinition(change.path) { return false }
    guard step.isUnclear(change.slot) else { return true }
    return World.isDefinition(change.slot) && change.value != nil && !change.isMaking && change.key != "place"
  }

  /// Of a file that somebody mended, what they changed by it since the line left the hub.
  private func keys(of change: Change, by node: Node) -> [Change] {
    let fork = fork(of: node)
    guard change.key == "content", let page = node.pages[change.path], Sheet.of(change.path, page).isReadable,
      let old = World.paths(change.slot).lazy.compactMap({ fork.pages[$0] }).first,
      Sheet.of(change.path, old).isReadable
    else { return [change] }
    return Changes.between([[change.path: old]], [change.path: page])
  }

  private func check(_ entry: Entry, _ step: Step, isNew: Bool) {
    if isKept(entry, step.tip.pages, step.tipPapers) {
      alive.append(entry)
    } else if comesWithMove(entry, step.nodes.first { $0.number == entry.commit }) || isReplaced(entry, step)
      || isNew && (isPutBack(entry, step) || isSettlement(entry, step))
    {
      return
    } else if isKept(entry, step.tip.pages, step.tipPapers, byAnybody: true) {
      alive.append(entry)
    } else if !isPartOfOther(entry, step), isTold(entry.change, step) {
      add(.lost, "\(entry) in \(step.tip.short)")
    }
  }

  /// Whether it is in force, or waits in its own name; or in anybody's.
  private func isKept(_ entry: Entry, _ pages: Pages, _ papers: [Paper], byAnybody: Bool = false) -> Bool {
    if Step.isThere(entry.change, pages) { return true }
    return papers.contains { paper in
      if paper.key == "content", paper.slot == entry.change.slot, paper.commit == entry.id || isIn(paper, entry) {
        return true
      }
      return (byAnybody || paper.commit == entry.id) && Step.proposes(paper, entry.change)
    }
  }

  /// Whether a file that is held whole has it.
  private func isIn(_ paper: Paper, _ entry: Entry) -> Bool {
    guard entry.change.key != "content", let text = paper.value?.plain else { return false }
    let page = Page(Array(text.utf8))
    guard Sheet.of(paper.file, page).isReadable else { return false }
    return Step.isThere(entry.change, [paper.file: page])
  }

  private func isReplaced(_ entry: Entry, _ step: Step) -> Bool {
    step.line.contains { later in
      guard later.number != entry.commit, !isAncestor(later, of: entry, step), touches(entry, later, step),
        mayReplace(entry, later, step)
      else { return false }
      return hasSeen(entry, later, step)
    }
  }

  private func isAncestor(_ node: Node, of entry: Entry, _ step: Step) -> Bool {
    step.line.contains { $0.number == entry.commit && $0.descends(from: node) }
  }

  private func mayReplace(_ entry: Entry, _ later: Node, _ step: Step) -> Bool {
    let person = step.speaker(of: later)
    if person == entry.by { return true }
    if step.powers.mayChange(person, entry.change) || step.powers.maySettle(person, entry.change) { return true }
    // Whoever may settle it where it is may reject that it goes elsewhere.
    if step.settled(entry.change.place, by: later).contains(where: { paper in
      let change = Change(slot: paper.slot, key: paper.key, value: paper.value, path: paper.file)
      return step.powers.maySettle(person, change)
    }) {
      return true
    }
    return Changes.of(later).contains { other in
      other.slot == entry.change.slot && (other.isRemovalOfFile || other.isMaking || other.key == entry.change.key)
        && step.mayMake(other, later)
    }
  }

  private func touches(_ entry: Entry, _ node: Node, _ step: Step) -> Bool {
    let change = entry.change
    let isTouched = Changes.of(node).contains { other in
      guard other.slot == change.slot else { return false }
      if other.isRemovalOfFile || other.isMaking { return true }
      if other.key == change.key { return other.value != change.value }
      // A note goes with its row, a comment with its field, cells with their column.
      return change.key == "note " + other.key.dropFirst(4) && other.value == nil
        || change.key == "# " + other.key || other.key == "# " + change.key || other.key == "content"
        || change.key == "content"
        || other.key.hasPrefix("column ") && other.value == nil && change.key.hasPrefix("row ")
        || other.key.hasPrefix(change.key + ".") || change.key.hasPrefix(other.key + ".")
    }
    return isTouched || !step.settled(Place(slot: change.slot, key: "content"), by: node).isEmpty
      || step.settled(change.place, by: node).contains { Step.proposes($0, change) || $0.value != change.value }
  }

  private func hasSeen(_ entry: Entry, _ node: Node, _ step: Step) -> Bool {
    if node.ancestors.contains(entry.commit) { return true }
    return step.nodes.contains { earlier in
      earlier !== node && node.descends(from: earlier)
        && (Step.isThere(entry.change, earlier.pages)
          || Papers.all(in: earlier.pages).contains { Step.proposes($0, entry.change) })
    }
  }

  /// A value that only puts back what the hub had when the line left it gives way to the hub's newer one.
  private func isPutBack(_ entry: Entry, _ step: Step) -> Bool {
    guard let node = step.line.first(where: { $0.number == entry.commit }), entry.change.key != "file" else {
      return false
    }
    let fork = fork(of: node)
    return Step.isThere(entry.change, fork.pages) && !Step.isThere(entry.change, step.hub.pages)
  }

  /// A settlement to the proposal's own value needs no proposal besides.
  private func isSettlement(_ entry: Entry, _ step: Step) -> Bool {
    guard let node = step.line.first(where: { $0.number == entry.commit }) else { return false }
    return step.settled(entry.change.place, by: node).contains {
      Step.proposes($0, entry.change) && step.tipPaths.contains($0.path)
    }
  }

  private func isRowKept(_ change: Change, _ step: Step) -> Bool {
    let row = "row " + change.key.dropFirst(5)
    return step.tipPapers.contains { $0.slot == change.slot && $0.key == row && $0.value == nil }
  }

  /// What is no key of its own in what is held: the columns of a table that is made, what comes with a move.
  private func isPartOfOther(_ entry: Entry, _ step: Step) -> Bool {
    let change = entry.change
    if change.key.hasPrefix("column "), change.isMaking { return true }
    // A file that moves while another has its name is made anew there.
    if change.key == "place",
      step.tipPapers.contains(where: { $0.slot == change.slot && ($0.commit == entry.id || $0.file == change.path) })
    {
      return true
    }
    // An empty map gives way to whatever stands in it.
    if change.value == .text("{}") || change.value == .text("[]") { return true }
    if change.value == .cells([:]) { return step.tipPapers.contains { $0.slot == change.slot && $0.key == change.key } }
    if change.key == "calculation" { return isCalculationThere(entry, step) }
    // A row comes back with its note.
    if change.value == nil, change.key.hasPrefix("note ") {
      return isRowKept(change, step) || isRowBack(change, step)
    }
    if change.key.hasPrefix("was has ") || change.key == "was" {
      return step.tipPapers.contains { $0.slot == change.slot && $0.key == "place" }
        || step.line.contains { Changes.of($0).contains { $0.slot == change.slot && $0.key == "place" } }
    }
    return false
  }

  /// Whether the parts of the calculation that were changed are in force.
  private func isCalculationThere(_ entry: Entry, _ step: Step) -> Bool {
    guard case .cells(let own)? = entry.change.value,
      let parent = step.nodes.first(where: { $0.number == entry.commit })?.parents.first
    else { return false }
    let seen = Step.values(entry.change.place, parent.pages)
    return Step.values(entry.change.place, step.tip.pages).contains { now in
      guard case .cells(let now)? = now, case .cells(let seen)? = seen.first ?? nil else { return false }
      return Set(own.keys).union(seen.keys).allSatisfy { own[$0] == seen[$0] || own[$0] == now[$0] }
    }
  }

  /// Whether it says what the KPI was, in a commit that moved it: it comes and goes with the place.
  private func comesWithMove(_ entry: Entry, _ node: Node?) -> Bool {
    guard entry.change.key.hasPrefix("was has ") || entry.change.key == "was", let node else { return false }
    return Changes.of(node).contains { $0.slot == entry.change.slot && $0.key == "place" }
  }

  private func isRowBack(_ change: Change, _ step: Step) -> Bool {
    let row = Place(slot: change.slot, key: "row " + change.key.dropFirst(5))
    return Step.values(row, step.hub.pages) == [nil] && Step.values(row, step.tip.pages) != [nil]
  }
}

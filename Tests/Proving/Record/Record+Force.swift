/// Whatever comes into force was entered by somebody who may, and overrides no decision that they had not seen.
extension Record {
  func checkForce(_ step: Step) {
    for change in step.changes {
      if change.key == "place", !World.isDefinition(change.path) { continue }
      if isPartOfMove(change, step) || step.isUnclear(change.slot) { continue }
      // A draft that is made may lack what was held of it.
      if change.key == "calculation", change.isMaking, change.value == .cells([:]) { continue }
      let found = step.sources(of: change)
      if isContainer(change, step) || found.isEmpty && comesWithOther(change, step) { continue }
      if found.isEmpty {
        add(.unattributed, "\(change) in \(step.tip.short) is nobody's")
        continue
      }
      let authorised = found.filter { step.mayMake(change, $0) }
      if authorised.isEmpty {
        add(
          .unauthorised,
          "\(change) in \(step.tip.short), entered by \(found.map { "\($0.short) \(step.speaker(of: $0))" })")
        continue
      }
      if step.tip.isSync { checkDecision(change, authorised, step) }
    }
  }

  /// Whether it is an empty map or list that comes in place of what goes, or the other way round.
  private func isContainer(_ change: Change, _ step: Step) -> Bool {
    let empty: Set<Meaning?> = [.text("{}"), .text("[]")]
    return empty.contains(change.value) || Step.values(change.place, step.hub.pages).contains(where: empty.contains)
  }

  /// Whether it is a note whose row comes back, as it was.
  private func comesWithOther(_ change: Change, _ step: Step) -> Bool {
    guard change.key.hasPrefix("note ") else { return false }
    let row = Place(slot: change.slot, key: "row " + change.key.dropFirst(5))
    return Step.values(row, step.hub.pages) == [nil] || Step.values(row, step.tip.pages) == [nil]
  }

  /// What comes and goes with a move: `was`, and the actuals.
  private func isPartOfMove(_ change: Change, _ step: Step) -> Bool {
    if change.key.hasPrefix("was has ") || change.key == "was" {
      return step.line.contains { node in
        Changes.of(node).contains { $0.slot == change.slot && ["place", "file"].contains($0.key) }
      } || step.changes.contains { $0.slot == change.slot && $0.key == "place" }
    }
    return false
  }

  private func checkDecision(_ change: Change, _ authors: [Node], _ step: Step) {
    let place = change.place
    guard place.key != "file", !change.isMaking else { return }
    if comesWithOther(change, step) { return }
    // A comment goes with its value.
    if !place.key.hasPrefix("# "), authors.allSatisfy({ onlyPutsBack($0, change, step) }) {
      add(.putBack, "\(change) in \(step.tip.short)")
    }
    let settlers = sources(place)
    let isUnseen = settlers.allSatisfy { source in
      source.parents.isEmpty == false && settles(source, place)
        && authors.allSatisfy { author in
          !author.descends(from: source)
            && Step.values(place, fork(of: author).pages) != Step.values(place, step.hub.pages)
        }
    }
    if isUnseen {
      add(.overridden, "\(change) in \(step.tip.short) overrides what was settled in \(settlers.map(\.short))")
    }
    let areLost = authors.allSatisfy { author in
      let papers = step.settled(place, by: author)
      return !papers.isEmpty && !papers.contains { step.hubPaths.contains($0.path) }
    }
    if areLost { add(.overridden, "\(change) in \(step.tip.short) is settled a second time") }
  }

  private func settles(_ node: Node, _ place: Place) -> Bool {
    node.parents.allSatisfy { parent in
      Papers.all(in: parent.pages).contains {
        $0.slot == place.slot && $0.key == place.key && node.pages[$0.path] == nil
      }
    }
  }

  /// Whether a row has figures in columns that some files do not have.
  private func hasNewCells(_ change: Change, _ pages: Pages) -> Bool {
    guard change.key.hasPrefix("row "), case .cells(let cells)? = change.value else { return false }
    return !cells.keys.allSatisfy(Step.columns(change.slot, pages).contains)
  }

  /// Whether a commit's change has the value that the hub had when the line left it, while the hub has a newer one that
  /// its author had not seen, and nobody else changed it in between.
  private func onlyPutsBack(_ node: Node, _ change: Change, _ step: Step) -> Bool {
    guard Step.isThere(change, fork(of: node).pages), !hasNewCells(change, fork(of: node).pages),
      !sources(change.place).contains(where: node.descends)
    else {
      return false
    }
    return step.line.allSatisfy { earlier in
      guard node.descends(from: earlier), let own = step.change(change.place, by: earlier) else { return true }
      guard step.speaker(of: earlier) == step.speaker(of: node) || !step.mayMake(own, earlier) else { return false }
      return Step.isThere(change, fork(of: earlier).pages)
    }
  }
}

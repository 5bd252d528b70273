/// A proposal is of a commit that the sync brings and in its author's name, or of the hub's value that gave way; what has
/// ended does not come back, and what ends was settled by somebody who may.
extension Record {
  func checkPapers(_ step: Step) {
    for paper in step.tipPapers where !step.hubPaths.contains(paper.path) {
      if ended.contains(paper.path) { add(.resurrected, "\(paper) in \(step.tip.short)") }
      if step.isUnclear(paper.slot) { continue }
      checkAuthor(paper, step)
      checkNeed(paper, step)
    }
    for paper in step.tipPapers
    where step.tip.isSync && step.hubPaths.contains(paper.path) && !step.isUnclear(paper.slot) {
      checkWaiting(paper, step)
    }
    for paper in step.tipPapers where step.hub.pages[paper.path].map({ $0 !== step.tip.pages[paper.path] }) ?? false {
      add(.unattributed, "\(paper) was written into in \(step.tip.short)")
    }
  }

  private func checkAuthor(_ paper: Paper, _ step: Step) {
    guard let by = speakers[paper.commit] else {
      add(.unattributed, "\(paper) in \(step.tip.short) is of no commit")
      return
    }
    if paper.by != by {
      add(.unattributed, "\(paper) in \(step.tip.short) names \(paper.by.map(\.rawValue) ?? "nobody"), not \(by)")
    }
    // Comments that are keys of their own are not in the record.
    // Nor is which of several files of one name is meant, where a KPI moved.
    if paper.key.hasPrefix("comment ") || paper.key == "content" || paper.key == "place" { return }
    let place = Place(slot: paper.slot, key: paper.key)
    if let node = step.line.first(where: { $0.name == paper.commit }) {
      // Of a file that was mended the keys are held, and what moved along is held with its place.
      let isWhole = Changes.of(node).contains { $0.slot == place.slot && $0.key == "content" }
      let definition = World.id(of: place.slot).map(World.definition)
      if isWhole || Changes.of(node).contains(where: { $0.slot == definition && $0.key == "place" }) { return }
      let isEntered = Changes.of(node).contains {
        ($0.place == place || $0.key == "# " + place.key && $0.slot == place.slot) && Step.proposes(paper, $0)
          || $0.slot == place.slot && ($0.key == place.key || $0.isRemovalOfFile || $0.key == "# " + place.key)
      }
      // A column is found again by its cells, where enough of them are left.
      let isReshaped = Changes.of(node).contains { $0.slot == place.slot && $0.key.hasPrefix("column ") }
      if isReshaped && place.key.hasPrefix("row ") { return }
      let isMoved = Changes.of(node).contains { $0.slot == place.slot && ($0.key == "place" || $0.isMaking) }
      if !isEntered && !isMoved { add(.unattributed, "\(paper) in \(step.tip.short) is not in its commit") }
    } else if !Step.values(place, step.hub.pages).contains(paper.value), paper.key != "calculation",
      !paper.key.hasPrefix("row ")
    {
      add(.unattributed, "\(paper) in \(step.tip.short) is neither brought nor was it in force")
    }
  }

  /// What has come into force waits no longer.
  private func checkWaiting(_ paper: Paper, _ step: Step) {
    let place = Place(slot: paper.slot, key: paper.key)
    guard paper.comment == nil, let value = paper.value, ![.text("[]"), .text("{}")].contains(value),
      !paper.key.hasPrefix("row "), paper.key != "calculation",
      step.changes.contains(where: { $0.place == place && $0.path == paper.file && $0.value == paper.value })
    else { return }
    let isAlone = step.tipPapers.filter { $0.path == paper.path }.count == 1
    if isAlone { add(.needless, "\(paper) waits in \(step.tip.short) although it came into force") }
  }

  /// Nothing is held for a change of the hub's that its author had seen.
  private func checkSeen(_ paper: Paper, _ node: Node, _ step: Step) {
    let place = Place(slot: paper.slot, key: paper.key)
    guard paper.because == "changed-on-both-sides", World.isDefinition(paper.slot),
      !["place", "content", "targets", "affects", "was", "leads_to"].contains(paper.key),
      step.hub.pages[paper.file] != nil,
      let change = step.change(place, by: node), !change.isMaking,
      !step.line.contains(where: { $0 !== node && step.touchesFile($0, place.slot) && !node.descends(from: $0) }),
      step.line.filter({ step.change(place, by: $0) != nil }).count == 1,
      sources(place).contains(where: node.descends), sources(place).allSatisfy(node.descends),
      sources(Place(slot: place.slot, key: "# " + place.key)).allSatisfy(node.descends)
    else { return }
    add(.needless, "\(paper) is held in \(step.tip.short) although \(node.short) had seen what is in force")
  }

  /// What is in force is not held besides, nor what its author or somebody who may has replaced in the same line.
  private func checkNeed(_ paper: Paper, _ step: Step) {
    if paper.key.hasPrefix("comment ") || paper.key.hasPrefix("was") { return }
    guard step.tip.pages[paper.file] != nil || paper.key == "place" else { return }
    let place = Place(slot: paper.slot, key: paper.key)
    let comment = Place(slot: place.slot, key: "# " + place.key)
    if paper.comment == nil, Step.values(comment, step.tip.pages) == [nil], paper.key != "calculation",
      paper.key != "file", !paper.key.hasPrefix("row "),
      Step.values(place, step.tip.pages) == [paper.value]
    {
      add(.needless, "\(paper) is held in \(step.tip.short) although it is in force")
    }
    guard let node = step.line.first(where: { $0.name == paper.commit }), step.change(place, by: node) != nil
    else { return }
    checkSeen(paper, node, step)
    for later in step.line where later !== node && later.descends(from: node) {
      guard let other = step.change(place, by: later), step.mayMake(other, later), !isClosedMatter(place, step) else {
        continue
      }
      add(.needless, "\(paper) is held in \(step.tip.short) although \(later.short) replaced it")
      return
    }
  }

  /// Whether a close may forbid a change of a place.
  func isClosedMatter(_ place: Place, _ step: Step) -> Bool {
    let hasCloses = ([step.hub, step.tip] + step.line).contains { $0.pages.keys.contains { $0.hasPrefix("closes/") } }
    return hasCloses && place.slot.hasPrefix("departments/")
  }

  // MARK: Settlements

  func checkSettlements(_ step: Step) {
    for paper in step.hubPapers where !step.tipPaths.contains(paper.path) && !step.isUnclear(paper.slot) {
      let place = Place(slot: paper.slot, key: paper.key)
      let hint = Change(slot: paper.slot, key: paper.key, value: paper.value, path: paper.file)
      let isInForce = paper.key == "file" ? Step.isThere(hint, step.tip.pages) : isProposed(paper, step.tip.pages)
      let settlers = step.line.filter { node in step.papersEnded(by: node).contains { $0.path == paper.path } }
      let authorised = settlers.filter { node in
        // Whoever may make a draft may say what is in it.
        var hint = hint
        hint.isDraft = step.change(place, by: node)?.isDraft ?? false
        return step.speaker(of: node) == paper.by || step.powers.maySettle(step.speaker(of: node), hint)
      }
      if isInForce && !Step.values(place, step.hub.pages).contains(paper.value) { continue }
      if authorised.isEmpty {
        add(
          .unsettled, "\(paper) ended in \(step.tip.short) by \(settlers.isEmpty ? "nobody" : "somebody who may not")")
        continue
      }
      checkUnit(paper, place, authorised, step)
    }
  }

  private func isProposed(_ paper: Paper, _ pages: Pages) -> Bool {
    Step.values(Place(slot: paper.slot, key: paper.key), pages).contains { now in
      guard case .cells(let some)? = paper.value, case .cells(let all)? = now else { return paper.value == now }
      if paper.key.hasPrefix("row ") { return some.allSatisfy { all[$0.key] == $0.value } }
      return some.allSatisfy { ($0.value == "~" ? nil : $0.value) == all[$0.key] }
    }
  }

  /// A settlement that sets a value is one with it: when the value does not come into force, the proposal stays.
  private func checkUnit(_ paper: Paper, _ place: Place, _ settlers: [Node], _ step: Step) {
    let holds = settlers.contains { node in
      guard let set = step.change(place, by: node) else { return true }
      // Whoever says it anew has it held anew.
      if step.tipPapers.contains(where: { $0.slot == place.slot && $0.key == place.key && $0.commit == node.name }) {
        return step.speaker(of: node) == paper.by
      }
      if step.speaker(of: node) == paper.by, !Step.proposes(paper, set) || paper.value != set.value { return true }
      return step.line.contains { later in
        guard later.descends(from: node) else { return false }
        if let gone = step.change(Place(slot: place.slot, key: "file"), by: later), gone.isRemovalOfFile {
          return Step.isThere(gone, step.tip.pages)
        }
        guard let own = step.change(place, by: later) else { return false }
        return Step.isThere(own, step.tip.pages)
      }
    }
    // Whatever stands in a list or map, it is there.
    let isEmpty = [.text("[]"), .text("{}")].contains(paper.value)
    if !holds && !isEmpty {
      add(.unsettled, "\(paper) ended in \(step.tip.short), but what settled it did not come into force")
    }
  }
}

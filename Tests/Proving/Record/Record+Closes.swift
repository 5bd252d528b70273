/// Closed periods change by a controller alone who saw the close, and a close stands over the rows that it was made on.
extension Record {
  private static let months: [String: [String]] = [
    "2026-Q1": ["2026-01", "2026-02", "2026-03", "2026-Q1"]
  ]

  /// The closes in some files, as scope and the periods that each covers.
  private static func closes(_ pages: Pages) -> [(path: String, scope: String, periods: [String])] {
    pages.keys.filter { $0.hasPrefix("closes/") }.sorted().map { path in
      let parts = path.split(separator: "/").map(String.init)
      let period = String(parts[2].prefix { $0 != "." })
      return (path, parts[1], months[period] ?? [period])
    }
  }

  private static func period(_ change: Change) -> String? {
    if change.key.hasPrefix("row "), World.isActuals(change.slot) { return String(change.key.dropFirst(4)) }
    if change.key.hasPrefix("targets.") { return String(change.key.dropFirst(8)) }
    return nil
  }

  private static func covering(_ change: Change, _ pages: Pages) -> [String] {
    guard let period = period(change), !change.isMaking, let department = World.department(change.path) else {
      return []
    }
    return closes(pages).filter { ($0.scope == "company" || $0.scope == department) && $0.periods.contains(period) }
      .map(\.path)
  }

  func checkCloses(_ step: Step) {
    for change in step.changes {
      let atHub = Self.covering(change, step.hub.pages)
      let authors = step.sources(of: change)
      guard !authors.isEmpty else { continue }
      let mayOne = authors.contains { node in
        let inParent = node.parents.contains { !Self.covering(change, $0.pages).isEmpty }
        guard inParent || !atHub.isEmpty else { return true }
        guard !atHub.isEmpty, step.powers.isController(step.speaker(of: node)) else { return false }
        if inParent { return true }
        return atHub.allSatisfy { path in
          sources(Place(slot: path, key: "close")).contains { node.descends(from: $0) }
        }
      }
      if !mayOne { add(.closed, "\(change) in \(step.tip.short)") }
    }
    for close in Self.closes(step.tip.pages) where step.hub.pages[close.path] == nil {
      let makers = step.line.filter { step.change(Place(slot: close.path, key: "close"), by: $0)?.value != nil }
      let isRight = makers.contains { node in
        let slots = Self.slots(node.pages, close).union(Self.slots(step.tip.pages, close))
        return slots.filter { !step.isUnclear($0) }.allSatisfy {
          Self.rows($0, node.pages, close) == Self.rows($0, step.tip.pages, close)
        }
      }
      if !isRight, step.tip.isSync {
        add(.closed, "\(close.path) in \(step.tip.short) is over rows that it was not made on")
      }
    }
  }

  /// The actuals that a close is about, however they are moved.
  private static func slots(
    _ pages: Pages, _ close: (path: String, scope: String, periods: [String])
  ) -> Set<String> {
    Set(
      pages.keys.filter { path in
        World.isActuals(path) && (close.scope == "company" || close.scope == World.department(path))
      }.map(World.slot))
  }

  /// The rows of some actuals that a close covers.
  private static func rows(
    _ slot: String, _ pages: Pages, _ close: (path: String, scope: String, periods: [String])
  ) -> [String: Meaning] {
    var rows: [String: Meaning] = [:]
    for path in World.paths(slot) {
      guard let page = pages[path] else { continue }
      for (key, value) in Sheet.of(path, page).values where key.hasPrefix("row ") {
        if close.periods.contains(String(key.dropFirst(4))) { rows[key] = value }
      }
    }
    return rows
  }
}

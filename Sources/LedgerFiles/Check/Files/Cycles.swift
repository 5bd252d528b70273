import LedgerModel

/// Things that contain, or are made of, themselves.
enum Cycles {
  /// The circles among things of which each has at most one parent, each circle once, from child to parent.
  static func ofParents(_ parents: [String: String?]) -> [[String]] {
    var finished: Set<String> = []
    var circles: [[String]] = []
    for start in parents.keys.sorted() where !finished.contains(start) {
      var path: [String] = []
      var places: [String: Int] = [:]
      var next: String? = start
      while let id = next, !finished.contains(id), places[id] == nil {
        places[id] = path.count
        path.append(id)
        next = parents[id] ?? nil
      }
      if let id = next, let place = places[id] { circles.append(Array(path[place...])) }
      finished.formUnion(path)
    }
    return circles
  }

  /// A circle written from one of its members, as `a → b → a`.
  static func described(_ circle: [String], from first: String) -> String {
    let start = circle.firstIndex(of: first) ?? 0
    return (circle[start...] + circle[..<start] + [first]).joined(separator: " → ")
  }

  /// The shortest way from a KPI back to itself through what each KPI is made of; nil where there is none.
  static func ofKPI(_ id: KPIID, sources: (KPIID) -> [KPIID]) -> [KPIID]? {
    var cameFrom: [KPIID: KPIID] = [:]
    var queue = [id]
    var index = 0
    while index < queue.count {
      let current = queue[index]
      index += 1
      for source in sources(current) {
        if source == id { return way(to: current, from: id, cameFrom) + [id] }
        guard cameFrom[source] == nil else { continue }
        cameFrom[source] = current
        queue.append(source)
      }
    }
    return nil
  }

  private static func way(to last: KPIID, from first: KPIID, _ cameFrom: [KPIID: KPIID]) -> [KPIID] {
    var way = [last]
    while let head = way.last, head != first, let before = cameFrom[head] { way.append(before) }
    return way.reversed()
  }
}

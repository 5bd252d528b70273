/// Which department is part of which.
package struct DepartmentTree: Sendable {
  private var parents: [String: String] = [:]
  private var children: [String: [String]] = [:]

  init(_ places: ByID<DepartmentPlace>) {
    for (id, place) in zip(places.ids, places.values) {
      guard let parent = place.parent else { continue }
      parents[id] = parent
      children[parent, default: []].append(id)
    }
  }

  /// A department and all below it.
  package func from(_ id: String) -> Set<String> {
    var (found, next): (Set<String>, [String]) = ([id], [id])
    while let department = next.popLast() {
      for child in children[department] ?? [] where found.insert(child).inserted { next.append(child) }
    }
    return found
  }

  /// All departments that a department is part of.
  package func above(_ id: String) -> Set<String> {
    var (found, next): (Set<String>, String?) = ([], parents[id])
    while let department = next, found.insert(department).inserted { next = parents[department] }
    return found
  }
}

/// Names in a sentence: three at most, then how many more.
enum Listing {
  /// `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`; empty of nothing.
  static func text(_ names: [String]) -> String {
    if names.count > 3 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `emea and us by month, finance by quarter`: who is recorded how often; nil where all are alike.
  static func cycles(_ cycles: [(name: String, cycle: String)]) -> String? {
    var byName: [String: [String]] = [:]
    var names: [String] = []
    for (name, cycle) in cycles {
      if byName[name] == nil { names.append(name) }
      if byName[name]?.contains(cycle) != true { byName[name, default: []].append(cycle) }
    }
    var byCycles: [String: [String]] = [:]
    var groups: [String] = []
    for name in names {
      let key = text((byName[name] ?? []).sorted())
      if byCycles[key] == nil { groups.append(key) }
      byCycles[key, default: []].append(name)
    }
    guard groups.count > 1 else { return nil }
    return groups.map { "\(text(byCycles[$0] ?? [])) by \($0)" }.joined(separator: ", ")
  }
}

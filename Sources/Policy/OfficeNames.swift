import LedgerModel

/// Offices in words: `head-of-sales (Ana Ruiz)`.
struct OfficeNames {
  let whoIs: WhoIs
  /// The role that an office comes with.
  let resolve: (Office) -> String?

  /// Who fulfils what a change needs: offices each of which does, or else the offices that have to do it together.
  func text(of needs: Needs) -> [String] {
    let lists = needs.map { offices in offices.compactMap(name) }.sorted { $0.lexicographicallyPrecedes($1) }
    guard let first = lists.first else { return [] }
    let each = first.filter { name in lists.allSatisfy { $0.contains(name) } }
    if !each.isEmpty || lists.count == 1 { return Self.unique(each) }
    let together = lists.map { $0.isEmpty ? "nobody" : Self.unique($0).joined(separator: " or ") }
    return [together.joined(separator: " together with ")]
  }

  private func name(_ office: Office) -> String? {
    if case .members(let department) = office { return "members of \(department)" }
    guard let role = resolve(office) else { return nil }
    let holders = whoIs.holders(of: role).map(\.name)
    return "\(role) (\(holders.isEmpty ? "nobody now" : holders.joined(separator: ", ")))"
  }

  private static func unique(_ names: [String]) -> [String] {
    var met: Set<String> = []
    return names.filter { met.insert($0).inserted }
  }
}

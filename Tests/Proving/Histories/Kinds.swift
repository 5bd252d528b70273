/// What kinds of things a history may have in it.
struct Kinds: OptionSet, Hashable {
  let rawValue: Int

  static let fields = Kinds(rawValue: 1 << 0)
  static let rows = Kinds(rawValue: 1 << 1)
  static let sets = Kinds(rawValue: 1 << 2)
  static let settlements = Kinds(rawValue: 1 << 3)
  static let relays = Kinds(rawValue: 1 << 4)
  static let files = Kinds(rawValue: 1 << 5)
  static let others = Kinds(rawValue: 1 << 6)
  static let roles = Kinds(rawValue: 1 << 7)
  static let closes = Kinds(rawValue: 1 << 8)
  static let moves = Kinds(rawValue: 1 << 9)
  static let columns = Kinds(rawValue: 1 << 10)
  static let forgeries = Kinds(rawValue: 1 << 11)
  static let comments = Kinds(rawValue: 1 << 12)
  static let restores = Kinds(rawValue: 1 << 13)
  static let pulls = Kinds(rawValue: 1 << 14)
  static let breaks = Kinds(rawValue: 1 << 15)
  static let signatures = Kinds(rawValue: 1 << 16)

  static let named: [(name: String, kind: Kinds)] = [
    ("fields", .fields), ("rows", .rows), ("sets", .sets), ("settlements", .settlements), ("relays", .relays),
    ("files", .files), ("others", .others), ("roles", .roles), ("closes", .closes), ("moves", .moves),
    ("columns", .columns), ("forgeries", .forgeries), ("comments", .comments), ("restores", .restores),
    ("pulls", .pulls), ("breaks", .breaks), ("signatures", .signatures),
  ]

  static let all = Kinds(rawValue: (1 << 17) - 1)

  /// The kinds that a list of names means: `rows,fields`, or all but some: `-moves,-closes`; nil for an unknown name.
  init?(_ names: some StringProtocol) {
    let parts = names.split(separator: ",")
    var kinds: Kinds = parts.first?.hasPrefix("-") == true ? .all : []
    for part in parts {
      let isLess = part.hasPrefix("-")
      guard let kind = Kinds.named.first(where: { $0.name == part.drop { $0 == "-" } })?.kind else { return nil }
      if isLess { kinds.remove(kind) } else { kinds.insert(kind) }
    }
    self = kinds
  }

  init(rawValue: Int) { self.rawValue = rawValue }
}

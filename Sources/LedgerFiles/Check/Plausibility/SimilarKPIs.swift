import Calculation
public import LedgerModel

/// KPIs of different departments that are like one another in name or formula and are calculated otherwise: their
/// figures look comparable and are not.
///
///     let similar = SimilarKPIs(paths.compactMap { SimilarKPIs.card(of: $0, in: view) })
///     similar.findings(for: paths, in: view)
///
/// They are grouped by what makes them alike and by how they are calculated, so that the work grows with their number
/// and not its square. In a group, those that most agree on are in the right, and the others are told; where there is no
/// majority, all are.
public struct SimilarKPIs: Sendable {
  private struct Pair {
    let own: KPICard
    let other: KPICard
    let likeness: KPICard.Likeness
    /// How many are calculated as the other one is.
    let followers: Int
  }

  private let pairs: [KPIID: Pair]

  /// What is compared of the definition at a path; nil where there is none to compare.
  public static func card(of path: String, in view: LedgerView) -> KPICard? {
    guard case .definition(let id) = LedgerPath(path) else { return nil }
    return view.definition(id).value.flatMap(KPICard.init)
  }

  /// Compares definitions, each given once, in any order.
  public init(_ cards: [KPICard]) {
    var groups: [KPICard.Likeness: [KPICard]] = [:]
    for card in cards {
      for likeness in card.likenesses { groups[likeness, default: []].append(card) }
    }
    var pairs: [KPIID: Pair] = [:]
    for (likeness, group) in groups where group.count > 1 {
      for pair in Self.pairs(likeness, group) {
        // A name is more telling than a formula.
        if let known = pairs[pair.own.id], case .name = known.likeness { continue }
        pairs[pair.own.id] = pair
      }
    }
    self.pairs = pairs
  }

  private static func pairs(_ likeness: KPICard.Likeness, _ group: [KPICard]) -> [Pair] {
    let members = withoutTotals(group)
    let variants = Dictionary(grouping: members, by: \.calculation).values.map { $0.sorted { $0.id < $1.id } }
      .sorted { ($1.count, $0[0].id) < ($0.count, $1[0].id) }
    guard variants.count > 1 else { return [] }
    let hasMajority = variants[0].count > variants[1].count
    var pairs: [Pair] = []
    for (place, variant) in variants.enumerated() where place > 0 || !hasMajority {
      let models = place == 0 ? variants[1] : variants[0]
      for card in variant {
        guard let other = models.first(where: { $0.id.department != card.id.department }) else { continue }
        pairs.append(Pair(own: card, other: other, likeness: likeness, followers: models.count))
      }
    }
    return pairs
  }

  /// The members that are not made of others in the group.
  private static func withoutTotals(_ group: [KPICard]) -> [KPICard] {
    let ids = Set(group.map(\.id))
    let names = Dictionary(grouping: ids, by: \.kpi).mapValues(\.count)
    return group.filter { card in
      let isOfOthers = card.everywhere.contains { (names[$0] ?? 0) > (card.id.kpi == $0 ? 1 : 0) }
      return !isOfOthers && card.sources.isDisjoint(with: ids.subtracting([card.id]))
    }
  }

  /// What the definitions at some paths are told, each at the first field in which it differs.
  public func findings(for paths: some Sequence<String>, in view: LedgerView) -> [Finding] {
    paths.compactMap { path in
      guard case .definition(let id) = LedgerPath(path), let pair = pairs[id], let bytes = view.source.bytes(at: path)
      else { return nil }
      let differences = zip(pair.own.calculation, pair.other.calculation).filter { $0 != $1 }
      guard let first = differences.first else { return nil }
      let reading = FileReading(file: path, bytes: bytes)
      let texts = differences.map { "\($0.field) is \($0.text) here and \($1.text) there" }
      let likeness =
        switch pair.likeness {
        case .name: "the same name"
        case .formula: "the same formula and inputs"
        }
      let others = pair.followers > 1 ? " and \(pair.followers - 1) more" : ""
      return Finding(
        .warning, rule: "similar-kpi", file: path,
        at: reading.document.position(at: reading.nameOffset(of: [first.0.field])),
        "\(pair.other.id) (\"\(pair.other.name)\", \(pair.other.id.definitionPath))\(others) has \(likeness) and is "
          + "calculated otherwise: \(texts.joined(separator: "; ")). Calculate them alike, or call them what they are.")
    }
  }
}

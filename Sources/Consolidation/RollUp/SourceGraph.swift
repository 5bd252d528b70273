import Calculation
import LedgerModel

/// Which KPIs are made of which others, in an order in which everything comes after what it needs.
struct SourceGraph {
  /// What a KPI is made of.
  struct Links {
    /// The KPIs that it consolidates.
    var sources: [KPIID] = []
    /// The KPIs that its formula names, in the formula's order; nil where there is none to be had.
    var references: [KPIID?] = []
    /// Sources that the ledger does not have: they count as missing.
    var unknown: [KPIID] = []
    /// Sources that cannot be filtered as the KPI wants it: they count as missing, too.
    var excluded: Set<KPIID> = []
    var flags: [Flag] = []
    /// It depends on itself, or on too many others in a row: it has no figure.
    var isBroken = false

    var all: [KPIID] { sources + references.compactMap { $0 } }
  }

  /// Of those KPIs that are made of others.
  private(set) var links: [KPIID: Links] = [:]
  /// Those KPIs, sources first.
  private(set) var order: [KPIID] = []
  /// The KPIs that others are made of.
  private(set) var needed: Set<KPIID> = []
  /// By KPI, what names it as its source, whether it is there or not.
  private var namedBy: [KPIID: [KPIID]] = [:]

  /// So many KPIs in a row at most.
  static let deepest = 32

  init(_ ledger: Ledger) {
    let definitions = ledger.definitions
    let resolver = SourceResolver(definitions)
    for (id, definition) in definitions where definition.status == .active {
      guard definition.consolidates != nil || !definition.calculation.formula.kpis.isEmpty else { continue }
      let links = resolver.links(of: id, definition)
      self.links[id] = links
      needed.formUnion(links.all)
      for source in links.all + links.unknown { namedBy[source, default: []].append(id) }
    }
    arrange()
  }

  /// Some KPIs with all that are made of them.
  func users(of ids: some Sequence<KPIID>) -> Set<KPIID> {
    var found = Set(ids)
    var next = Array(found)
    while let id = next.popLast() {
      for user in namedBy[id] ?? [] where found.insert(user).inserted { next.append(user) }
    }
    return found
  }

  /// Takes one after the other those whose sources are all placed; what is left over depends on itself.
  private mutating func arrange() {
    var waiting: [KPIID: Int] = [:]
    var users: [KPIID: [KPIID]] = [:]
    var depths: [KPIID: Int] = [:]
    for (id, links) in links {
      let composed = Set(links.all).filter { self.links[$0] != nil }
      waiting[id] = composed.count
      for source in composed { users[source, default: []].append(id) }
    }
    var ready = waiting.filter { $0.value == 0 }.keys.sorted()
    while !ready.isEmpty {
      order += ready
      var next: [KPIID] = []
      for id in ready {
        let depth = depths[id] ?? 1
        if depth > Self.deepest { markBroken(id, "more than \(Self.deepest) KPIs in a row are made of one another") }
        for user in users[id] ?? [] {
          depths[user] = Swift.max(depths[user] ?? 1, depth + 1)
          waiting[user, default: 1] -= 1
          if waiting[user] == 0 { next.append(user) }
        }
      }
      ready = next.sorted()
    }
    let stuck = Set(waiting.filter { $0.value > 0 }.keys)
    for id in stuck.sorted() {
      order.append(id)
      markBroken(id, circle(from: id, within: stuck))
    }
  }

  private mutating func markBroken(_ id: KPIID, _ reason: String) {
    links[id]?.isBroken = true
    links[id]?.flags.append(Flag(.cycle, reason))
  }

  /// The way from a KPI through its sources until one comes twice.
  private func circle(from start: KPIID, within stuck: Set<KPIID>) -> String {
    var path = [start]
    var current = start
    while path.count <= Self.deepest, let next = links[current]?.all.filter(stuck.contains).min() {
      path.append(next)
      if path.dropLast().contains(next) { break }
      current = next
    }
    let shown = path.prefix(6).map(\.description).joined(separator: ", which is made of ")
    return current == start || path.last == start
      ? "it is made of itself: \(shown)" : "it is made of something that is made of itself: \(shown)"
  }
}

/// Finds the KPIs that a definition names as its sources.
private struct SourceResolver {
  private let definitions: [KPIID: Definition]
  private let byName: [String: [KPIID]]

  init(_ definitions: [KPIID: Definition]) {
    self.definitions = definitions
    let hasPatterns = definitions.values.contains { definition in
      definition.consolidates?.sources.contains { if case .everyDepartment = $0 { true } else { false } } ?? false
    }
    var byName: [String: [KPIID]] = [:]
    if hasPatterns {
      for (id, definition) in definitions where definition.status == .active && definition.consolidates == nil {
        byName[id.kpi, default: []].append(id)
      }
    }
    self.byName = byName
  }

  func links(of id: KPIID, _ definition: Definition) -> SourceGraph.Links {
    var links = SourceGraph.Links()
    var seen: Set<KPIID> = []
    for source in definition.consolidates?.sources ?? [] {
      switch source {
      case .kpi(let named):
        guard seen.insert(named).inserted else { continue }
        add(named, to: &links)
      case .everyDepartment(let kpi):
        // A KPI that consolidates is no department's own: taking it as well would count its sources twice.
        for match in (byName[kpi] ?? []).sorted() where match != id && seen.insert(match).inserted {
          links.sources.append(match)
        }
      }
    }
    judge(definition, &links)
    for text in definition.calculation.formula.kpis { links.references.append(reference(text, &links)) }
    return links
  }

  private func add(_ source: KPIID, to links: inout SourceGraph.Links) {
    switch definitions[source]?.status {
    case .active: links.sources.append(source)
    case nil:
      links.unknown.append(source)
      links.flags.append(Flag(.unknownSource, "there is no KPI \(source)"))
    case let status?: links.flags.append(Flag(.unknownSource, "\(source) is \(status.rawValue) and does not count"))
    }
  }

  /// Flags for sources that do not fit, or that are recorded at other cycles than the rest.
  private func judge(_ definition: Definition, _ links: inout SourceGraph.Links) {
    guard let rule = definition.consolidates else { return }
    let own = definition.calculation
    var cycles: [(name: String, cycle: String)] = []
    for id in links.sources {
      guard let source = definitions[id] else { continue }
      let calculation = source.calculation
      if calculation.period > own.period {
        let cycle =
          "\(id) is recorded by \(calculation.period.rawValue), too seldom for a KPI by \(own.period.rawValue)"
        links.flags.append(Flag(.differentCycles, cycle + ", so it is left out"))
      } else {
        cycles.append((id.description, calculation.period.rawValue))
      }
      let known = source.consolidates == nil ? calculation.dimensions : []
      for name in rule.filter.keys.sorted() where !known.contains(name) {
        links.excluded.insert(id)
        links.flags.append(Flag(.unknownSource, "\(id) has no dimension \(name) to filter by, so it is left out"))
      }
      if case .inputs = rule.method, case .currency = UnitMatch(calculation.unit, own.unit), !calculation.isProportional
      {
        let ratio = "\(id) is a ratio in \(calculation.unit ?? ""), whose inputs cannot be translated one by one"
        links.flags.append(Flag(.unitMismatch, ratio + ", so it is left out"))
      }
    }
    if let text = Listing.cycles(cycles) {
      links.flags.append(Flag(.differentCycles, "its sources are recorded at different cycles: \(text)"))
    }
  }

  private func reference(_ text: String, _ links: inout SourceGraph.Links) -> KPIID? {
    if let id = KPIID(text), definitions[id]?.status == .active { return id }
    links.flags.append(Flag(.unknownSource, "the formula names \(text), and there is no such active KPI"))
    return nil
  }
}

public import Calculation
public import Git
import LedgerFiles
import LedgerModel

/// Looks up who entered what moved a score, and when and why.
public struct Attribution: Sendable {
  private let objects: ObjectDatabase
  private let proof: @Sendable () -> AuthorProof

  /// - Parameter proof: makes, for each thread, what says whose a commit is that somebody else sent
  public init(_ objects: ObjectDatabase, proof: @escaping @Sendable () -> AuthorProof) {
    self.objects = objects
    self.proof = proof
  }

  /// The explanations with what is known of their largest parts.
  /// - Parameters:
  ///   - count: of how many parts each; nil for all
  ///   - tip: where the main line ends, and `hub` what of it the hub has: what waits has no sync yet
  /// - Throws: `GitError` where the history cannot be read
  public func attributed(
    _ explanations: [Explanation], parts count: Int?, tip: ObjectID, hub: ObjectID?
  ) throws -> [Explanation] {
    let shown = explanations.map { $0.largest(count) }
    let parts = zip(explanations, shown).flatMap { explanation, places in places.map { explanation.parts[$0] } }
    let entries = try self.entries(behind: parts, tip: tip, hub: hub)
    var explanations = explanations
    for (index, places) in shown.enumerated() {
      for place in places {
        guard let step = explanations[index].parts[place].step else { continue }
        explanations[index].parts[place].take(entries[step] ?? [])
      }
    }
    return explanations
  }

  /// The explanations of two periods with who recorded and planned the figures of the later one.
  /// - Parameter entries: of the KPIs, newest first
  public static func attributed(
    _ explanations: [Explanation], by entries: [AuditEntry], of period: Period, calendar: FiscalCalendar
  ) -> [Explanation] {
    let byFile = Dictionary(grouping: entries, by: \.file)
    let days = calendar.days(of: period)
    var explanations = explanations
    for index in explanations.indices {
      for place in explanations[index].parts.indices {
        let part = explanations[index].parts[place]
        explanations[index].parts[place].entry = byFile[part.file]?.first { entry in
          guard part.kind != .calculation else { return entry.key == .calculation || entry.key == .file }
          guard let own = entry.key.period, entry.to != nil else { return false }
          let isRow = entry.key.row != nil
          let spans = calendar.days(of: own)
          return part.kind == .target ? !isRow && spans.overlaps(days) : isRow && days.contains(spans.lowerBound)
        }
      }
    }
    return explanations
  }

  /// By step, what it changed, newest first.
  private func entries(
    behind parts: [ScorePart], tip: ObjectID, hub: ObjectID?
  ) throws -> [ObjectID: [AuditEntry]] {
    var query = AuditQuery()
    let kpis = Set(parts.compactMap(\.kpi))
    if parts.allSatisfy({ $0.kpi != nil }), kpis.count <= Self.mostWatched { query.kpis = kpis.sorted() }
    let unsent = try hub.map { Set(try RevWalk(objects).commits(from: [tip], notIn: [$0])) } ?? []
    let steps = try Set(parts.compactMap(\.step)).flatMap { commit in
      try MainLineStep.steps(endingAt: commit, limit: 1, in: objects).steps
    }
    let found = try Parallel.map(steps, tools: { [query] in StepAudit(objects, query, proof()) }) {
      step, audit, results in
      for part in try audit.parts(of: step) {
        results.append((step.commit, part.first, try audit.entries(of: part, isSent: !unsent.contains(step.commit))))
      }
    }
    return Dictionary(grouping: found.sorted { $0.1 < $1.1 }, by: \.0).mapValues { $0.flatMap(\.2) }
  }

  /// With more KPIs than so many, whole commits are looked at.
  private static let mostWatched = 64
}

extension ScorePart {
  /// Takes over who entered it, from what its step changed, newest first.
  fileprivate mutating func take(_ entries: [AuditEntry]) {
    let own = entries.filter { $0.file == file }
    var matching = keys.isEmpty ? own : own.filter { keys.contains($0.key) }
    if matching.isEmpty { matching = own.filter { entry in keys.contains { entry.key.text.hasPrefix($0.text + ".") } } }
    if matching.isEmpty, let period = keys.first?.period { matching = own.filter { $0.key.period == period } }
    if matching.isEmpty { matching = own }
    guard let newest = matching.first else { return }
    entry = newest
    let oldest = matching.last { $0.key == newest.key }
    change = Change(from: oldest?.from, to: newest.to)
  }
}

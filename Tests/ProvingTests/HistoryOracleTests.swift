import Git
import History
import LedgerFiles
import LedgerModel
import Testing

@testable import Proving

/// Audit and blame against the convergence harness: its slow, simple walk over every state of the hub, and its own record
/// of who entered what. The harness plays moves, closes, held changes, settlements, relayed and forged commits, signatures
/// and lost answers; it shares no code with the audit but the parsing of YAML.
@Suite("Audit and blame of 300 random histories") struct HistoryOracleTests {
  private static let seed: UInt64 = 20_261_121

  @Test(
    "Each change is there and nothing else, laid to who entered it; so is each value, and what was held; the index agrees",
    arguments: (0..<12).map { ($0 * 25)..<($0 * 25 + 25) })
  func history(numbers: Range<Int>) throws {
    var counts = Counts()
    for number in numbers {
      let history = try PlayedHistory(seed: Self.seed, number: number)
      let entries = try history.walked()
      let bySync = Dictionary(grouping: entries) { $0.sync }
      for step in history.steps {
        let own = bySync[step.tip.id] ?? []
        counts.differences += Self.expectDifferences(own, step, number)
        counts.add(Self.expectOrigins(own, step, history, number))
        counts.held += Self.expectProposals(own, step, history, number)
      }
      let line = Set(history.player.record.mainLine.map(\.id))
      #expect(entries.allSatisfy { $0.sync.map(line.contains) ?? false })
      counts.values += try Self.expectBlame(history, number)
      #expect(try history.indexed() == entries)
      #expect(try history.indexed(Self.winRate) == history.walked(Self.winRate))
    }
    // Nobody is fooled by histories in which nothing happens, or by checks that leave most of it out.
    #expect(counts.differences > numbers.count * 2 && counts.held > numbers.count && counts.values > numbers.count * 10)
    #expect(Double(counts.laid) > Double(counts.changes) * 0.8, "\(counts)")
  }

  private struct Counts {
    var differences = 0, changes = 0, laid = 0, held = 0, values = 0

    mutating func add(_ origins: (changes: Int, laid: Int)) {
      changes += origins.changes
      laid += origins.laid
    }
  }

  /// The KPI that most happens to, under all the names that it may get.
  private static let winRate: AuditQuery = {
    var query = AuditQuery()
    query.kpis = World.ids[World.winRate]?.compactMap { KPIID($0) }
    return query
  }()

  // MARK: What changed

  /// The audit has each key in which two states of the hub differ, with the values of before and after, and no other.
  private static func expectDifferences(_ entries: [AuditEntry], _ step: Step, _ number: Int) -> Int {
    let expected = told(Set(Difference.all(of: step)))
    #expect(told(differences(entries, in: step)) == expected, "\(number), \(step.tip.short)")
    return expected.count
  }

  /// What the audit says of a step, key by key: from before the oldest change of a key to after its newest.
  private static func differences(_ entries: [AuditEntry], in step: Step) -> Set<Difference> {
    var found: [Place: Difference] = [:]
    for entry in entries where isCompared(entry, in: step) {
      let place = Place(slot: entry.file, key: entry.harnessKey)
      found[place] = Difference(
        path: entry.file, key: entry.harnessKey, from: entry.meaning(entry.from),
        to: found[place].map(\.to) ?? entry.meaning(entry.to))
    }
    return Set(found.values)
  }

  private static func isCompared(_ entry: AuditEntry, in step: Step) -> Bool {
    guard !entry.file.hasPrefix("proposals/"), entry.file != World.table else { return false }
    return [step.hub, step.tip].allSatisfy { node in
      node.pages[entry.file].map { Sheet.of(entry.file, $0).isReadable } ?? true
    }
  }

  /// Without comments, which the harness reads in part only.
  private static func told(_ differences: Set<Difference>) -> [String] {
    differences.filter { !$0.key.hasPrefix("# ") && !$0.key.hasPrefix("comment ") }.map(\.description).sorted()
  }

  // MARK: Who entered it

  /// Each change is laid to a commit that entered its value, to its author, and to whoever sent it.
  private static func expectOrigins(
    _ entries: [AuditEntry], _ step: Step, _ history: PlayedHistory, _ number: Int
  ) -> (changes: Int, laid: Int) {
    var newest: [Place: AuditEntry] = [:]
    for entry in entries {
      let node = history.byName[entry.commit.description]
      #expect(entry.by == node?.author.author && entry.broughtBy == step.tip.bringer.author)
      #expect(entry.isVerified == node.map { step.speaker(of: $0) == $0.author }, "\(number), \(step.tip.short)")
      let place = Place(slot: World.slot(entry.file), key: entry.harnessKey)
      if newest[place] == nil { newest[place] = entry }
    }
    var laid = 0
    for change in step.changes where !step.isUnclear(change.slot) {
      let sources = step.sources(of: change).map(\.name)
      guard let entry = newest[change.place], !sources.isEmpty else { continue }
      #expect(sources.contains(entry.commit.description), "\(number), \(step.tip.short): \(change)")
      laid += 1
    }
    return (step.changes.count, laid)
  }

  /// What was held, and its end, is laid to who had proposed it and who ended it.
  private static func expectProposals(
    _ entries: [AuditEntry], _ step: Step, _ history: PlayedHistory, _ number: Int
  ) -> Int {
    func entry(_ paper: Paper, isEnd: Bool) -> AuditEntry? {
      let found = entries.filter { entry in
        let key = entry.key.rest(of: "proposal ").map { Papers.ownKey($0, paper.file) }
        return entry.file == paper.path && key == paper.key && (!isEnd || entry.to == nil)
      }
      #expect(found.count == 1, "\(number), \(step.tip.short): \(paper)")
      return found.first
    }
    let new = step.tipPapers.filter { !step.hubPaths.contains($0.path) }
    for paper in new {
      let entry = entry(paper, isEnd: false)
      #expect(entry?.commit.description == paper.commit)
      #expect(entry?.by == history.byName[paper.commit]?.author.author)
      #expect(paper.by == history.player.record.speakers[paper.commit])
    }
    let gone = step.hubPapers.filter { !step.tipPaths.contains($0.path) }
    for paper in gone {
      let enders = step.line.filter { step.papersEnded(by: $0).contains { $0.path == paper.path } }.map(\.name)
      guard let entry = entry(paper, isEnd: true), !enders.isEmpty else { continue }
      #expect(enders.contains(entry.commit.description), "\(number), \(step.tip.short): \(paper)")
      expectOutcome(of: paper, entry, step, history, "\(number), \(step.tip.short): \(paper)")
    }
    return new.count + gone.count
  }

  /// A settlement came out as its commit's message says, which the harness writes: whoever rejects what they had proposed
  /// themselves takes it back. The harness leaves comments out where it accepts, and has no other value for a removal.
  private static func expectOutcome(
    of paper: Paper, _ entry: AuditEntry, _ step: Step, _ history: PlayedHistory, _ what: String
  ) {
    #expect(entry.settlement?.settledBy == entry.by && entry.settlement?.settledIn == entry.commit, "\(what)")
    #expect(entry.settlement?.proposedIn.description == paper.commit, "\(what)")
    let said = Act.Settling.allCases.first { entry.message.hasPrefix("\($0) \(paper)") }
    let isOwn = history.byName[paper.commit]?.author.author == entry.by
    switch said {
    case .accept where paper.comment == nil: #expect(entry.settlement?.outcome == .accepted, "\(what)")
    case .reject, .withdraw: #expect(entry.settlement?.outcome == (isOwn ? .withdrawn : .rejected), "\(what)")
    case .other where paper.value != nil: #expect(entry.settlement?.outcome == .changed, "\(what)")
    default: break
    }
  }

  // MARK: Whose each value is

  /// Blame lays each value of a KPI's files to a commit that entered what the hub has.
  private static func expectBlame(_ history: PlayedHistory, _ number: Int) throws -> Int {
    var laid = 0
    for (path, page) in history.tip.pages where World.id(of: path) != nil {
      let slot = World.slot(path)
      let sheet = Sheet.of(path, page)
      guard sheet.isReadable, !history.steps.contains(where: { $0.isUnclear(slot) }) else { continue }
      var query = AuditQuery()
      query.kpis = World.paths(slot).compactMap { World.id(of: $0).flatMap { KPIID($0) } }
      let document = FileVersions(contents: [0: page.bytes], steps: [])
        .read(path: path, rowShape: .actuals(dimensions: [])).documents[0]
      let blame = Blame(of: [(path, try #require(document))], entries: try history.walked(query))
      for line in blame.lines where sheet.values[line.key.text] != nil {
        let place = Place(slot: slot, key: line.key.text)
        let commit = try #require(line.origin, "\(number) \(place)").inForce.commit.description
        #expect(entered(place, in: history).contains(commit), "\(number) \(place) \(commit)")
        laid += 1
      }
    }
    return laid
  }

  /// The commits that may have entered what the hub has at a place, by the harness: those of the newest sync that changed
  /// it; the ledger's first where none did.
  private static func entered(_ place: Place, in history: PlayedHistory) -> [String] {
    for step in history.steps.reversed() {
      guard let change = step.changes.first(where: { $0.place == place }) else { continue }
      let sources = step.sources(of: change)
      return (sources.isEmpty ? step.line + [step.tip] : sources).map(\.name)
    }
    return [history.player.record.first.name]
  }
}

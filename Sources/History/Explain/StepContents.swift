import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// What the changed files of one step mean, beside what they meant before.
struct StepContents {
  var settings: LedgerSettings?
  var goals: [String: Goal]?
  /// All of them, with those that changed.
  var rates: [String: ExchangeRates]?
  /// All of them, with those that changed.
  var departments: [String: Department]?
  /// Those whose files changed, before and after.
  var kpis: [KPIID: Change] = [:]
  /// Where a KPI was before, of those that moved.
  var moves: [KPIID: KPIID] = [:]

  /// One KPI's files before and after.
  struct Change {
    var old: KPIContent
    var new: KPIContent
  }

  /// Reads what a step changed.
  /// - Parameter ledger: as it stood before
  init(_ files: StepFiles, before ledger: Ledger, in objects: ObjectDatabase) throws {
    let source = TreeSource(objects, tree: files.step.tree)
    var changed: [KPIID: Set<String>] = [:]
    var bytes: [String: [UInt8]] = [:]
    for (path, content) in files.files {
      bytes[path] = content
      switch LedgerPath(path) {
      case .definition(let id), .actuals(let id): changed[id, default: []].insert(path)
      default: read(path, content, before: ledger)
      }
    }
    for (id, paths) in changed {
      let old = KPIContent(of: id, in: ledger)
      var new = old
      if paths.contains(id.definitionPath) {
        new.definition = bytes[id.definitionPath].flatMap { Self.definition(id, $0) }
      }
      // The columns of a table are what the definition says.
      if paths.contains(id.actualsPath) {
        new.actuals = bytes[id.actualsPath].flatMap { Self.actuals(id, $0, new.definition) }
      } else if !Self.readsAlike(old.definition, new.definition) {
        new.actuals = source.bytes(at: id.actualsPath).flatMap { Self.actuals(id, $0, new.definition) }
      }
      kpis[id] = Change(old: old, new: new)
    }
    findMoves()
  }

  private mutating func read(_ path: String, _ bytes: [UInt8]?, before ledger: Ledger) {
    let content = bytes.flatMap { LedgerReader.decode(path: path, bytes: $0).content }
    switch LedgerPath(path) {
    case .settings:
      settings = LedgerReader.ledger(of: [DecodedFile(path: path, content: content, findings: [])]).settings
    case .goals:
      if case .goals(let read)? = content { goals = read } else { goals = [:] }
    case .rates(let from, let to):
      var all = rates ?? ledger.rates
      if case .rates(let pair, let read)? = content { all[pair] = read } else { all["\(from)-\(to)"] = nil }
      rates = all
    case .department(let id):
      var all = departments ?? ledger.departments
      if case .department(let read)? = content { all[id] = read } else { all[id] = nil }
      departments = all
    default: break
    }
  }

  private static func definition(_ id: KPIID, _ bytes: [UInt8]) -> Definition? {
    guard case .definition(let read)? = LedgerReader.decode(path: id.definitionPath, bytes: bytes).content else {
      return nil
    }
    return read
  }

  private static func actuals(_ id: KPIID, _ bytes: [UInt8], _ definition: Definition?) -> Actuals? {
    let file = LedgerReader.decode(path: id.actualsPath, bytes: bytes, definition: definition)
    guard case .actuals(_, let read)? = file.content else { return nil }
    return read
  }

  private static func readsAlike(_ old: Definition?, _ new: Definition?) -> Bool {
    guard let old, let new else { return old == nil && new == nil }
    return old.calculation == new.calculation && old.earlier == new.earlier
  }

  // MARK: Moves

  /// A KPI that is gone and one that is new, and says that it was the other, are one.
  private mutating func findMoves() {
    let gone = Set(kpis.filter { $1.old.definition != nil && $1.new.definition == nil }.keys)
    guard !gone.isEmpty else { return }
    var taken: Set<KPIID> = []
    for (id, change) in kpis.sorted(by: { $0.key < $1.key }) where change.old.definition == nil {
      guard let was = change.new.definition?.was.last(where: { gone.contains($0) && !taken.contains($0) }) else {
        continue
      }
      taken.insert(was)
      moves[id] = was
    }
  }

  /// What the moves alone make of the ledger: each KPI as it was, under its new id, and those that name one as their
  /// source name it by that. What is left to change comes after it.
  mutating func takeMoves() -> [KPIID: KPIContent] {
    var contents: [KPIID: KPIContent] = [:]
    for (id, was) in moves {
      guard var moved = kpis[was]?.old else { continue }
      moved.definition?.id = id
      kpis[id]?.old = moved
      kpis[was] = nil
      contents[was] = KPIContent(nil, nil)
    }
    let former = Set(moves.values)
    for (id, change) in kpis {
      guard let old = change.old.definition, let new = change.new.definition else { continue }
      if Self.names(former, old), !Self.names(former, new),
        RowEdits(from: change.old.actuals, to: change.new.actuals) != nil
      {
        kpis[id]?.old.definition?.calculation = new.calculation
        kpis[id]?.old.definition?.earlier = new.earlier
        kpis[id]?.old.definition?.consolidates = new.consolidates
        contents[id] = kpis[id]?.old
      }
    }
    for id in moves.keys { contents[id] = kpis[id]?.old }
    return contents
  }

  private static func names(_ ids: Set<KPIID>, _ definition: Definition) -> Bool {
    KPILines.sources(of: definition).contains { source in
      if case .kpi(let id) = source { ids.contains(id) } else { false }
    }
  }
}

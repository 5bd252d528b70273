import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Policy
import Syncing

/// A held change beside what is in force now.
struct WaitingProposal {
  /// Whose turn it is.
  enum Turn: CaseIterable {
    case yours, entered, others

    var heading: String {
      switch self {
      case .yours: "Yours to settle:"
      case .entered: "Entered by you, for others to settle:"
      case .others: "For others to settle:"
      }
    }
  }

  let path: String
  let proposal: Proposal
  let change: Proposal.Change
  /// The file as it is named now, should its KPI have been moved.
  let file: String
  /// What the key has now; nil is nothing.
  let inForce: YAMLValue?
  let turn: Turn
  /// Whether the person entered it, and so may withdraw it.
  let isOwn: Bool
  /// Who may settle it, in words.
  let whoMay: [String]

  var proposed: YAMLValue? { Self.value(change.proposed) }
  /// What its author saw.
  var insteadOf: YAMLValue? { Self.value(change.insteadOf) }
  var proposedText: String { isWholeFile ? "the whole file" : ValueText.short(proposed, of: Key(change.key)) }
  var inForceText: String { isWholeFile ? "the file as it is" : ValueText.short(inForce, of: Key(change.key)) }
  var insteadOfText: String { ValueText.short(insteadOf, of: Key(change.key)) }
  /// What its author said: without what only programs read.
  var reason: String {
    proposal.reason.split(separator: "\n").filter { !$0.hasPrefix("Undoes: ") }.joined(separator: " ")
  }
  var isWholeFile: Bool { Key(change.key) == .content }
  var shortID: String { String(proposal.id.prefix(8)) }
  var kpi: KPIID? { LedgerPath(file).kpi }

  /// Why it is held, for people.
  var cause: String {
    switch proposal.because {
    case .periodClosed: "the period is closed"
    case .noAuthority: "not theirs to change"
    case .alreadySettled: "settled meanwhile"
    case .removedButChanged: "removed and changed"
    case .changedOnBothSides: "two changed it"
    case .doesNotValidate: "breaks a rule"
    }
  }

  static func value(_ text: String?) -> YAMLValue? {
    text.flatMap { YAMLDocument(parsing: Array($0.utf8)).root.map { YAMLValue($0) } }.flatMap { $0 == .null ? nil : $0 }
  }
}

extension LedgerView {
  /// Whether a key is of a closed period, so that only a controller puts another value of it in force.
  fileprivate func isClosed(_ key: String, of file: String) -> Bool {
    guard let period = Key(key).period, let id = LedgerPath(file).kpi else { return false }
    return closedPeriods(of: id.department).covers(period)
  }

  fileprivate var controllers: [String] {
    [CloseScope.controller(in: self).map { "controller (\($0))" } ?? "controller"]
  }
}

/// All that is held in a ledger: what is the person's to settle first, then by age.
struct WaitingProposals {
  let all: [WaitingProposal]

  init(_ desk: LedgerDesk) throws {
    let source = FolderSource(desk.clone.folder)
    let view = LedgerView(source)
    let authority: any Authority = try ClonePolicy.authority(in: desk.clone) ?? EverybodysAuthority()
    let author = try? desk.clone.author()
    all = Self.paths(in: source).flatMap { path -> [WaitingProposal] in
      guard case .proposal(_, let id) = LedgerPath(path), let bytes = source.bytes(at: path),
        let proposal = ProposalText.read(bytes, id: id)
      else { return [] }
      let file = view.currentPath(of: proposal.file)
      return proposal.changes.map { change in
        let subject = Self.subject(file, change)
        let isOwn = author.map { author in
          Author(proposal.by).map { authority.isSamePerson($0, author) } ?? false
        }
        let isClosed = view.isClosed(change.key, of: file)
        let isKept = isClosed && author.map { !authority.isController($0) } ?? true
        let may = author.map { !isKept && authority.maySettle(subject, author: $0) } ?? false
        let mayChange = author.map { authority.mayChange(subject, author: $0) } ?? false
        return WaitingProposal(
          path: path, proposal: proposal, change: change, file: file, inForce: Self.inForce(change, file, source),
          turn: may && (isOwn != true || mayChange) ? .yours : isOwn == true ? .entered : .others,
          isOwn: isOwn ?? false,
          whoMay: isClosed ? view.controllers : authority.whoMaySettle(subject))
      }
    }.sorted { one, other in
      let turns = WaitingProposal.Turn.allCases
      let (first, second) = (turns.firstIndex(of: one.turn) ?? 0, turns.firstIndex(of: other.turn) ?? 0)
      if first != second { return first < second }
      return (one.proposal.at, one.proposal.id, one.change.key) < (
        other.proposal.at, other.proposal.id, other.change.key
      )
    }
  }

  private static func subject(_ file: String, _ change: Proposal.Change) -> Subject {
    let key = Key(change.key)
    var subject = Subject(file: file, key: change.key, fields: key.field.map { [$0] } ?? [])
    if key == .place, case .string(let text)? = WaitingProposal.value(change.proposed), let new = KPIID(text) {
      subject = Subject(file: new.definitionPath, key: change.key, movedFrom: file)
    }
    if key == .calculation, case .map(let fields)? = WaitingProposal.value(change.proposed) {
      subject.fields = fields.map(\.key)
    }
    return subject
  }

  private static func paths(in source: FolderSource) -> [String] {
    var folders = ["proposals"]
    var paths: [String] = []
    while let folder = folders.popLast() {
      for name in source.names(in: folder) {
        if name.hasSuffix("/") {
          folders.append("\(folder)/\(name.dropLast())")
        } else {
          paths.append("\(folder)/\(name)")
        }
      }
    }
    return paths.sorted()
  }

  /// The value in force; of the calculation, the fields that the proposal names.
  private static func inForce(_ change: Proposal.Change, _ file: String, _ source: FolderSource) -> YAMLValue? {
    guard let bytes = source.bytes(at: file) else { return nil }
    if Key(change.key) == .content { return .string(String(decoding: bytes, as: UTF8.self)) }
    guard let value = KeyComparison.inForce(Key(change.key), path: file, in: bytes) else { return nil }
    guard Key(change.key) == .calculation, case .map(let fields)? = WaitingProposal.value(change.proposed) else {
      return value
    }
    let parts = fields.compactMap { field in value[field.key].map { (key: field.key, value: $0) } }
    return parts.isEmpty ? nil : .map(parts)
  }
}

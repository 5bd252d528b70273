import LedgerFiles
import LedgerModel

/// The proposals that commits settled or withdrew by deleting their files, and those that the hub has.
final class Settlements {
  /// A proposal's file as it was deleted, or as it stands at the hub.
  struct Paper {
    let path: String
    let content: ContentID
    let proposal: Proposal

    /// The keys it proposes, with what is proposed; nil is a removal.
    var values: [(key: Key, proposed: YAMLValue?)] {
      proposal.changes.map { (Key($0.key), $0.proposed.flatMap(ProposalText.value)) }
    }

    /// The comment that is proposed with a key's value, where that is another as well.
    func comment(of key: Key) -> String? { proposal.changes.first { $0.key == key.text }?.comment }
  }

  private let history: any LedgerHistory
  private let hub: ContentID
  private var deleted: [ContentID: [Paper]] = [:]
  private var atHub: [String: [Paper]] = [:]
  /// The files of which the hub has proposals.
  private var proposed: Set<String>?
  private var isStray: Bool?

  init(history: any LedgerHistory, hub: ContentID) {
    self.history = history
    self.hub = hub
  }

  /// The proposals that a commit deleted, in path order.
  func settled(by commit: CommitRecord) throws -> [Paper] {
    if let known = deleted[commit.id] { return known }
    let papers: [Paper] = try history.changes(of: commit.id).compactMap { change in
      guard change.after == nil, change.path.hasPrefix("proposals/"), !change.before.isEmpty,
        change.before.allSatisfy({ $0 != nil }), let content = change.before[0]
      else { return nil }
      return try paper(change.path, content)
    }
    deleted[commit.id] = papers
    return papers
  }

  /// The proposals of a file's key that a commit deleted.
  func settled(by commit: CommitRecord, file names: Set<String>, key: Key) throws -> [Paper] {
    try settled(by: commit).filter { paper in
      names.contains(paper.proposal.file) && paper.proposal.changes.contains { $0.key == key.text }
    }
  }

  /// Whether the hub still has the proposal.
  func isAtHub(_ paper: Paper) -> Bool {
    (try? history.content(of: paper.path, in: hub)) == paper.content
  }

  /// Whether a commit settles proposals of a key of which the hub has none any more (M2).
  func isLost(by commit: CommitRecord, file names: Set<String>, key: Key) throws -> Bool {
    let papers = try settled(by: commit, file: names, key: key)
    return !papers.isEmpty && !papers.contains(where: isAtHub)
  }

  /// Whether a proposal is of a file that the hub does not have under that name, so that it may have moved.
  func hasStray(_ settled: Set<String>) throws -> Bool {
    try hasStrayAtHub() || settled.contains { try history.content(of: $0, in: hub) == nil }
  }

  private func hasStrayAtHub() throws -> Bool {
    if let isStray { return isStray }
    let found = try filesWithProposals().contains { try history.content(of: $0, in: hub) == nil }
    isStray = found
    return found
  }

  private func filesWithProposals() throws -> Set<String> {
    if let proposed { return proposed }
    let files = Set(
      try history.paths(below: "proposals", in: hub).compactMap { path -> String? in
        if case .proposal(let file, _) = LedgerPath(path) { file } else { nil }
      })
    proposed = files
    return files
  }

  /// The proposals that the hub has of a file under any of its names, in path order.
  func waiting(for names: Set<String>) throws -> [Paper] {
    try names.sorted().filter(filesWithProposals().contains).flatMap(waiting)
  }

  private func waiting(for file: String) throws -> [Paper] {
    if let known = atHub[file] { return known }
    let papers = try history.paths(below: "proposals/" + file, in: hub).compactMap { path -> Paper? in
      guard let content = try history.content(of: path, in: hub) else { return nil }
      return try paper(path, content)
    }
    atHub[file] = papers
    return papers
  }

  private func paper(_ path: String, _ content: ContentID) throws -> Paper? {
    guard case .proposal(_, let id) = LedgerPath(path),
      let proposal = ProposalText.read(try history.bytes(of: content), id: id)
    else { return nil }
    return Paper(path: path, content: content, proposal: proposal)
  }
}

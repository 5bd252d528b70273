public import LedgerFiles
public import LedgerModel
public import Policy

/// What a merge makes of the hub's files.
public struct MergeOutcome {
  /// By path, what differs from the hub's tree.
  public var files: [String: FileVersion] = [:]
  /// What is held by this merge, in the order of file, commit and key.
  public var held: [HeldChange] = []
  /// The proposals that this merge ends, by path.
  public var ended: [String] = []
  /// The changes that this merge puts in force, where it went key by key.
  public var inForce: [InForce] = []

  /// A key that the merge put in force, and the commit it is of.
  public struct InForce: Hashable, Sendable {
    public let file: String
    public let key: Key
    public let enteredIn: ContentID
  }
}

/// DESIGN section 5: merges the unsent commits of a clone onto the hub, by rules that understand KPIs.
///
/// The outcome depends on the two commits alone, so that anybody recomputes it.
public struct Merge {
  private let history: any LedgerHistory
  private let authority: (ContentID) throws -> any Authority
  private let rowShape: RowShape?
  private let check: any MergeCheck
  private let parts: MergeParts

  /// - Parameters:
  ///   - history: the commits and files.
  ///   - authority: who may change what, by the commit whose tree says so.
  ///   - rowShape: how rows of CSV files are told apart; nil takes what their paths say.
  ///   - check: the check of M9.
  public init(
    history: any LedgerHistory, authority: @escaping (ContentID) throws -> any Authority, rowShape: RowShape? = nil,
    check: any MergeCheck = NoMergeCheck()
  ) {
    self.init(history: history, authority: authority, rowShape: rowShape, check: check, parts: .all)
  }

  package init(
    history: any LedgerHistory, authority: @escaping (ContentID) throws -> any Authority, rowShape: RowShape? = nil,
    check: any MergeCheck, parts: MergeParts
  ) {
    self.parts = parts
    self.history = history
    self.authority = authority
    self.rowShape = rowShape
    self.check = check
  }

  /// What merging `local` onto `hub` gives; nil where `local` has nothing that the hub has not.
  /// - Parameter bringer: who syncs, the committer of the merge: commits of other authors that these have not signed
  ///   speak for them (DESIGN section 4). Nil takes every commit to speak for its author, as if all were signed.
  public func outcome(hub: ContentID, local: ContentID, bringer: Author? = nil) throws -> MergeOutcome? {
    try outcome(hub: hub, local: local, bringer: bringer, documents: documents(hub: hub, local: local))
  }

  /// What reads the files of a merge.
  func documents(hub: ContentID, local: ContentID) -> DocumentReader {
    DocumentReader(history: history, definitionsFrom: [hub, local], rowShape: rowShape)
  }

  func outcome(hub: ContentID, local: ContentID, bringer: Author?, documents: DocumentReader) throws -> MergeOutcome? {
    let past = Past(speakers: bringer.map { _ in Speakers(history: history, authority: authority, parts: parts) })
    let unsent = try unsent(hub: hub, local: local, bringer: bringer, past)
    guard !unsent.isEmpty else { return nil }
    let frame = try frame(hub: hub, unsent: unsent, documents, past, only: nil)
    return try MergeResult(frame: frame, history: history, check: check).outcome()
  }

  /// What all syncs of the past that a merge has to understand have in common.
  private struct Past {
    let syncs = SyncedFiles()
    /// Whom commits speak for; nil: every one for its author.
    let speakers: Speakers?

    /// A commit as it counts in the sync that brought it.
    func record(_ commit: CommitRecord, broughtBy sync: CommitRecord) throws -> CommitRecord {
      try speakers?.record(commit, broughtBy: sync.committer, onto: sync.parents.first) ?? commit
    }
  }

  private func unsent(hub: ContentID, local: ContentID, bringer: Author?, _ past: Past) throws -> [CommitRecord] {
    var from = hub
    if !parts.contains(.unsentOnly), let fork = try history.fork(of: local, hub: hub) { from = fork }
    let commits = try history.unsent(hub: from, local: local).map { commit in
      guard let bringer, let speakers = past.speakers else { return commit }
      return try speakers.record(commit, broughtBy: bringer, onto: hub)
    }
    return from == hub ? commits : commits.filter { $0.parents.count < 2 }
  }

  private func frame(
    hub: ContentID, unsent: [CommitRecord], _ documents: DocumentReader, _ past: Past, only path: String?
  ) throws -> MergeFrame {
    let settlements = Settlements(history: history, hub: hub)
    let provenance = Provenance(
      history: history, hub: hub, documents: documents, settlements: settlements,
      speaking: past.record,
      recompute: { sync, path in
        try past.syncs.file(path, of: sync.id) { try recompute(sync, path, documents, past) }
      })
    let setting = MergeRun.Setting(
      hub: hub, line: UnsentLine(unsent), history: history, documents: documents, settlements: settlements,
      provenance: provenance, authority: try authority(hub), closes: Closes(history: history, hub: hub), parts: parts)
    return try MergeFrame(setting, only: path)
  }

  /// Whose changes an earlier sync put in force in one file.
  private func recompute(_ sync: CommitRecord, _ path: String, _ documents: DocumentReader, _ past: Past) throws
    -> SyncedFile?
  {
    let (hub, local) = (sync.parents[0], sync.parents[1])
    let unsent = try unsent(hub: hub, local: local, bringer: past.speakers.map { _ in sync.committer }, past)
    let reader = documents.reader(definitionsFrom: [hub, local])
    let frame = try frame(hub: hub, unsent: unsent, reader, past, only: path)
    try frame.run.run()
    let (run, named) = (frame.run, frame.run.files.indices.filter { frame.run.files[$0].names.contains(path) })
    let index = named.first { run.files[$0].exists && run.outputPath($0) == path } ?? named.first
    guard let file = index.map({ run.files[$0] }) else { return nil }
    return SyncedFile(
      enteredIn: file.put.mapValues { unsent[$0.commit] }, removedIn: file.removedBy.map { unsent[$0] })
  }
}

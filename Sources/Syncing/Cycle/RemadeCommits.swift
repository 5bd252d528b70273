import Git
import LedgerModel

/// Commits that were made otherwise than by `kpi` and have files outside the limits, made again without them; merges of
/// more than two parents, made again as merges of two; and commits that are not written as git writes them, or with
/// messages beyond all measure, written anew: the hub takes none of these, and nobody is to be stuck with one. The original is kept under `refs/kpi/kept`.
struct RemadeCommits {
  private let clone: LedgerClone
  private let committer: Signature
  private let signer: (([UInt8]) throws -> String)?
  private var objects: ObjectDatabase { clone.repository.objects }
  /// By original commit, what became of it.
  private var remade: [ObjectID: ObjectID] = [:]
  /// By original commit, the paths in it that are outside the limits, with what to put there.
  private var repairs: [ObjectID: [String: Repair]] = [:]

  /// A path outside the limits: what it is, and why.
  private struct Repair {
    let entry: TreeEntry
    let finding: Finding
    /// The same content as a plain file, where only the mode was wrong.
    var instead: TreeEntry?
  }

  init(_ clone: LedgerClone, by author: Author, at now: GitTime, signer: (([UInt8]) throws -> String)?) {
    self.clone = clone
    self.signer = signer
    committer = Signature(name: author.name, email: author.email, time: now)
  }

  /// The tip to send instead of a tip, and what of its files is outside the limits; the tip itself and nothing where
  /// everything is as the hub takes it.
  mutating func remake(_ tip: ObjectID, notIn hub: ObjectID) throws -> (tip: ObjectID, findings: [Finding]) {
    for id in try RevWalk(objects).commits(from: [tip], notIn: [hub]) { try look(at: objects.commit(id)) }
    guard let new = remade[tip], new != tip else { return (tip, []) }
    let findings = Dictionary(
      repairs.values.flatMap(\.values).filter { $0.instead == nil }.map { ($0.finding.file, $0.finding) },
      uniquingKeysWith: { first, _ in first })
    return (new, findings.values.sorted { $0.file < $1.file })
  }

  private mutating func look(at commit: Commit) throws {
    let parents = commit.parents.map { remade[$0] ?? $0 }
    let found = try repairs(of: commit)
    let isOdd = try isOdd(commit)
    guard !found.isEmpty || parents != commit.parents || parents.count > 2 || isOdd else { return }
    repairs[commit.id] = found
    let before = try parents.first.map { try objects.commit($0).tree }
    var changes: [String: TreeEntry?] = [:]
    for (path, repair) in found {
      changes[path] = .some(try repair.instead ?? before.flatMap { try objects.entry(at: path, in: $0) })
    }
    let tree = try TreeWriter.write(base: commit.tree, changes: changes, to: objects)
    remade[commit.id] = try objects.writeCommit(
      tree: tree, parents: twoAtMost(parents, of: commit, tree), author: isOdd ? author(of: commit) : commit.author,
      committer: committer, message: isOdd ? Self.plain(commit.message) : commit.message, signing: signer)
  }

  /// Whether the hub would take the commit's files, but not how it is written.
  private func isOdd(_ commit: Commit) throws -> Bool {
    let size = try objects.header(of: commit.id).size
    return try size > FileLimits.standard.commitBytes || objects.formFault(ofCommit: commit.id) != nil
  }

  /// The author, under a name and at a time that can be written.
  private func author(of commit: Commit) -> Signature {
    var author = commit.author
    if !author.name.contains(where: { $0.isLetter || $0.isNumber }) { author.name = "unknown" }
    if !(0..<committer.time.seconds + 86_400).contains(author.time.seconds) { author.time = committer.time }
    return author
  }

  /// A message without NUL, of 64 KB at most.
  private static func plain(_ message: String) -> String {
    String(decoding: message.utf8.filter { $0 != 0 }.prefix(1 << 16), as: UTF8.self)
  }

  /// Parents brought together two by two. Such a merge only carries along: what came from one of the two stays that.
  private func twoAtMost(_ parents: [ObjectID], of commit: Commit, _ tree: ObjectID) throws -> [ObjectID] {
    var parents = parents
    while parents.count > 2 {
      let (left, right) = (try objects.commit(parents[0]).tree, try objects.commit(parents[1]).tree)
      let changes = try TreeDiff.between(left, right, in: objects)
        .filter { try objects.entry(at: $0.path, in: tree) == $0.new }.map { ($0.path, $0.new) }
      let carried = try TreeWriter.write(
        base: left, changes: Dictionary(changes, uniquingKeysWith: { $1 }), to: objects)
      let merge = try objects.writeCommit(
        tree: carried, parents: Array(parents[..<2]), author: commit.author, committer: committer,
        message: commit.message, signing: signer)
      parents.replaceSubrange(..<2, with: [merge])
    }
    return parents
  }

  /// The paths of a commit that are outside the limits: new ones, and those that it took over from a parent.
  private func repairs(of commit: Commit) throws -> [String: Repair] {
    var found: [String: Repair] = [:]
    for parent in commit.parents {
      for (path, repair) in repairs[parent] ?? [:]
      where try objects.entry(at: path, in: commit.tree) == repair.entry { found[path] = repair }
    }
    let before = try commit.parents.first.map { try objects.commit($0).tree }
    for change in try TreeDiff.between(before, commit.tree, in: objects) {
      guard let entry = change.new, found[change.path] == nil else { continue }
      let size = entry.mode.isBlob ? try objects.blobSize(entry.id) : nil
      let findings = FileLimits.standard.findings(for: change.path, size: size, mode: entry.mode.rawValue)
      guard let finding = findings.first(where: { $0.severity == .error }) else { continue }
      let asFile = FileLimits.standard.findings(for: change.path, size: size, mode: FileLimits.regularMode)
      let isJustMode = entry.mode == .executable && !asFile.contains { $0.severity == .error }
      found[change.path] = Repair(
        entry: entry, finding: finding, instead: isJustMode ? TreeEntry(id: entry.id) : nil)
    }
    return found
  }

  /// Has the branch stand at the remade tip: the work tree's files stay, and the original is kept.
  func adopt(_ new: ObjectID, instead old: ObjectID) throws {
    let repository = clone.repository
    try repository.setReference("refs/kpi/kept/\(old.abbreviated(to: 12))", to: old, message: "kpi: kept as it was")
    try repository.updateReference(LedgerClone.branch, to: new, from: old, message: "kpi: made again within the limits")
    var records: [String: IndexRecord?] = [:]
    for change in try TreeDiff.between(objects.commit(old).tree, objects.commit(new).tree, in: objects) {
      records[change.path] = .some(change.new.map { IndexRecord(entry: $0, stamp: nil) })
    }
    try WorkTree(repository).record(records)
  }
}

import Git
import LedgerModel

/// Holds everything that new commits bring against the limits: how commits and folders are written, names, depth, mode,
/// size and number.
///
/// Opens only folders in which a commit differs from its first parent, and reads sizes from headers before anything
/// else. How much is looked at is limited, so that a tree that was made to be endless is not walked to its end.
struct NewContent {
  private let objects: ObjectDatabase
  private let limits: GateLimits
  private var entries: NewEntries
  private var looked = 0
  private var commitBytes = 0
  private var met: Set<Met> = []
  private var said: Set<Refusal> = []
  /// What is against the commits so far, in the order in which it was found.
  private(set) var refusals: [Refusal] = []
  /// The commits that something is against by themselves.
  private(set) var unfit: Set<ObjectID> = []
  /// Those of which not everything was looked at: nothing further of them may be read.
  private(set) var unseen: Set<ObjectID> = []
  private var isAllSeen = true
  /// Whether there is so much, or it is so damaged, that nothing further may be read.
  private(set) var isBeyondReading = false

  private struct Met: Hashable {
    let path: String
    let entry: TreeEntry
  }

  /// Enough was seen to know that it cannot come in.
  private struct Enough: Error {}

  init(objects: ObjectDatabase, limits: GateLimits) {
    self.objects = objects
    self.limits = limits
    entries = NewEntries(remembering: RecentTrees(objects))
  }

  /// Looks at commits, parents first.
  mutating func look(at commits: [ObjectID]) throws {
    do {
      for id in commits {
        let before = refusals.count
        isAllSeen = true
        try look(at: id)
        if refusals.count > before { unfit.insert(id) }
        if !isAllSeen { unseen.insert(id) }
      }
    } catch is Enough {
      isBeyondReading = true
    }
    met = []
  }

  private mutating func look(at id: ObjectID) throws {
    let size = try objects.header(of: id).size
    guard size <= limits.commitBytes else { throw enough(.largeCommit(id, limits.commitBytes)) }
    commitBytes += size
    guard commitBytes <= limits.allCommitBytes else { throw enough(.tooManyBytes(limits.allCommitBytes)) }
    if let fault = try objects.formFault(ofCommit: id) { throw enough(.malformed(id, fault)) }
    let commit = try objects.commit(id)
    if commit.parents.count > 2 { try add(.tooManyParents(commit)) }
    let before = try commit.parents.first.map { try objects.commit($0).tree }
    var entries = entries
    do {
      try entries.visit(from: before, to: commit.tree, opens: { try opens($0, $1) }) { try look(at: $0) }
    } catch let fault as NewEntries.Malformed {
      throw enough(.malformedFolder(fault.path))
    }
  }

  /// Whether a folder may be read: its size is known before.
  private mutating func opens(_ tree: ObjectID, _ path: String) throws -> Bool {
    guard tree != .emptyTree else {
      if !path.isEmpty { try add(.emptyFolder(path)) }
      return false
    }
    let (kind, size) = try objects.header(of: tree)
    guard kind == .tree else { throw enough(.malformedFolder(path)) }
    guard size <= limits.folderBytes else { throw enough(.largeFolder(path, limits.folderBytes)) }
    return true
  }

  /// Looks at one entry; whether to go on into it.
  private mutating func look(at entry: NewEntries.Entry) throws -> Bool {
    looked += 1
    guard looked <= limits.changes else { throw enough(.tooManyChanges(limits.changes)) }
    guard !entry.new.mode.isTree else {
      guard entry.depth < limits.files.depth else {
        try add(limits.files.findings(forNameOf: entry.path + "/…"))
        isAllSeen = false
        return false
      }
      // A name that no folder may have is said once, and not of each file in it.
      let findings = limits.files.findings(forNameOf: entry.path)
      try add(findings)
      isAllSeen = isAllSeen && findings.isEmpty
      return findings.isEmpty
    }
    guard met.insert(Met(path: entry.path, entry: entry.new)).inserted else { return false }
    try add(limits.files.findings(for: entry.path, size: size(of: entry), mode: entry.new.mode.rawValue))
    return false
  }

  private mutating func size(of entry: NewEntries.Entry) throws -> Int? {
    guard entry.new.mode.isBlob else { return nil }
    let (kind, size) = try objects.header(of: entry.new.id)
    guard kind == .blob else { throw enough(.malformedFolder(entry.path)) }
    return size
  }

  private mutating func add(_ findings: [Finding]) throws {
    for finding in findings { try add(Refusal(finding)) }
  }

  private mutating func add(_ refusal: Refusal) throws {
    guard said.insert(refusal).inserted else { return }
    refusals.append(refusal)
    if refusals.count >= limits.refusals { throw Enough() }
  }

  private mutating func enough(_ refusal: Refusal) -> Enough {
    refusals.append(refusal)
    return Enough()
  }
}

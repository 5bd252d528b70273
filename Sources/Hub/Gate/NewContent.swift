import Git
import LedgerModel

/// Holds everything that new commits bring against the limits: names, depth, mode, size and number.
///
/// Opens only folders in which a commit differs from its first parent, and reads sizes from headers. The number of
/// what is looked at is limited, so that a tree that was made to be endless is not walked to its end.
struct NewContent {
  let objects: ObjectDatabase
  let limits: GateLimits
  private var looked = 0
  private var met: Set<Met> = []
  private var refusals: [Refusal] = []
  private var said: Set<Refusal> = []

  private struct Met: Hashable {
    let path: String
    let entry: TreeEntry
  }

  /// Enough was seen to know that there is too much.
  private struct TooMuch: Error {}

  init(objects: ObjectDatabase, limits: GateLimits) {
    self.objects = objects
    self.limits = limits
  }

  /// What commits, parents first, bring against the limits.
  mutating func refusals(of commits: [ObjectID]) throws -> [Refusal] {
    (refusals, said, looked, met) = ([], [], 0, [])
    do {
      for id in commits { try look(at: id) }
    } catch is TooMuch {
      refusals.append(.tooManyChanges(limits.changes))
    }
    return refusals
  }

  private mutating func look(at id: ObjectID) throws {
    let size = try objects.header(of: id).size
    guard size <= limits.commitBytes else {
      refusals.append(.largeCommit(id.abbreviated(), limits.commitBytes))
      return
    }
    let commit = try objects.commit(id)
    if commit.parents.count > 2 { refusals.append(.tooManyParents(commit)) }
    let before = try commit.parents.first.map { try objects.commit($0).tree }
    try compare(before, commit.tree, path: "", depth: 1)
  }

  private mutating func compare(_ old: ObjectID?, _ new: ObjectID, path: String, depth: Int) throws {
    guard old != new, new != .emptyTree else { return }
    guard try objects.header(of: new).size <= limits.folderBytes else {
      refusals.append(.largeFolder(path, limits.folderBytes))
      return
    }
    let known = try old.map { try entries(of: $0) } ?? [:]
    for item in try objects.tree(new).items {
      let before = known[item.nameBytes]
      guard before != item.entry else { continue }
      looked += 1
      guard looked <= limits.changes else { throw TooMuch() }
      try look(at: item, before: before, below: path, depth: depth)
    }
  }

  private mutating func look(
    at item: Tree.Item, before: TreeEntry?, below folder: String, depth: Int
  ) throws {
    let path = folder.isEmpty ? item.name : folder + "/" + item.name
    if item.mode.isTree {
      guard depth < limits.files.depth else {
        add(limits.files.findings(forNameOf: path + "/…"))
        return
      }
      let old = before.flatMap { $0.mode.isTree ? $0.id : nil }
      return try compare(old, item.id, path: path, depth: depth + 1)
    }
    guard met.insert(Met(path: path, entry: item.entry)).inserted else { return }
    let size = item.mode.isBlob ? try objects.blobSize(item.id) : nil
    add(limits.files.findings(for: path, size: size, mode: item.mode.rawValue))
  }

  private mutating func add(_ findings: [Finding]) {
    for refusal in findings.map({ Refusal($0) }) where said.insert(refusal).inserted { refusals.append(refusal) }
  }

  private func entries(of tree: ObjectID) throws -> [[UInt8]: TreeEntry] {
    Dictionary(try objects.tree(tree).items.map { ($0.nameBytes, $0.entry) }, uniquingKeysWith: { $1 })
  }
}

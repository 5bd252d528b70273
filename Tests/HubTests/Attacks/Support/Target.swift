import Foundation
import Git
import Hub
import LedgerModel
import LedgerStore
import Merging
import Testing

/// A hub with its real hooks, and somebody who can push to it and writes whatever objects they like. Each has its own
/// copy of one hub, made once.
final class Target {
  typealias Files = SampleFiles
  let stage: HubStage
  let clone: Repository
  /// Where the hub stands.
  let first: ObjectID
  var objects: ObjectDatabase { clone.objects }

  private static let template: Result<HubStage, any Error> = Result { () throws -> HubStage in
    let stage = try HubStage()
    _ = try stage.clone("evil")
    // It lives as long as the tests do.
    atexit { if let stage = try? Target.template.get() { try? FileManager.default.removeItem(atPath: stage.folder) } }
    return stage
  }

  /// - Parameter checkedByGit: whether git itself looks at what comes in (`receive.fsckObjects`), as in a hub that
  ///   `kpi hub init` made; otherwise only the gate does
  init(checkedByGit: Bool = true) throws {
    stage = try HubStage(copying: Self.template.get())
    clone = try Repository.open(stage.folder + "/evil")
    first = try #require(try Repository.open(stage.hubPath).target(of: LedgerHub.branch))
    guard !checkedByGit else { return }
    try stage.git("config", "receive.fsckObjects", "false", in: "hub.git")
    try stage.git("config", "transfer.fsckObjects", "false", in: "hub.git")
  }

  // MARK: Objects, as they are written

  func blob(_ text: String) throws -> ObjectID { try objects.writeBlob(Array(text.utf8)) }

  /// An entry of a folder: the mode as text, the name's bytes, the object.
  typealias Entry = (mode: String, name: [UInt8], id: ObjectID)

  /// A folder of these entries, in this order.
  func tree(_ entries: [Entry]) throws -> ObjectID {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes += Array(entry.mode.utf8) + [32] + entry.name + [0]
      let hex = Array(entry.id.description.utf8)
      for place in stride(from: 0, to: 40, by: 2) {
        bytes.append(UInt8(String(decoding: hex[place...place + 1], as: UTF8.self), radix: 16) ?? 0)
      }
    }
    return try bytes.withUnsafeBytes { try objects.write(.tree, $0) }
  }

  /// The hub's files with one more entry in a folder, at its place in git's order.
  func adding(_ entry: Entry, in folder: String = "") throws -> ObjectID {
    let root = try objects.commit(first).tree
    let below = try folder.isEmpty ? root : #require(try objects.entry(at: folder, in: root)).id
    var entries = try objects.tree(below).items.map { item -> Entry in
      (String(item.mode.rawValue, radix: 8), item.nameBytes, item.id)
    }.filter { $0.name != entry.name }
    entries.append(entry)
    let sorted = entries.sorted { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
    let changed = try tree(sorted)
    guard !folder.isEmpty else { return changed }
    return try TreeWriter.write(base: root, changes: [folder: TreeEntry(id: changed, mode: .tree)], to: objects)
  }

  private static func key(_ entry: Entry) -> [UInt8] {
    entry.name + [entry.mode.hasSuffix("40000") ? UInt8(ascii: "/") : 0]
  }

  /// The files of a commit with some changed; nil removes one.
  func files(_ files: [String: String?], on base: ObjectID? = nil) throws -> ObjectID {
    let changes = try files.mapValues { text in try text.map { TreeEntry(id: try blob($0)) } }
    return try TreeWriter.write(base: objects.commit(base ?? first).tree, changes: changes, to: objects)
  }

  /// A commit; on the hub's tip unless told otherwise.
  func commit(
    _ tree: ObjectID, on parents: [ObjectID]? = nil, by author: Author = .bo, committer: Author? = nil,
    at time: Int64 = HubStage.now.seconds, message: String = "change"
  ) throws -> ObjectID {
    func signature(_ who: Author) -> Signature {
      Signature(name: who.name, email: who.email, time: GitTime(seconds: time))
    }
    return try objects.writeCommit(
      tree: tree, parents: parents ?? [first], author: signature(author), committer: signature(committer ?? author),
      message: message)
  }

  /// A commit that changes some files of the one before it.
  func change(
    _ changed: [String: String?], on parent: ObjectID? = nil, by author: Author = .bo, committer: Author? = nil,
    at time: Int64 = HubStage.now.seconds
  ) throws -> ObjectID {
    try commit(files(changed, on: parent), on: [parent ?? first], by: author, committer: committer, at: time)
  }

  /// A commit of exactly these bytes.
  func commit(bytes: [UInt8]) throws -> ObjectID { try bytes.withUnsafeBytes { try objects.write(.commit, $0) } }

  /// The merge that the rules make, or one with other files, parents or message.
  func merge(
    _ hub: ObjectID, _ local: ObjectID, by author: Author = .bo, with extra: [String: String?] = [:],
    message: String = "Sync\n\nMerge-Rules: 1\n"
  ) throws -> ObjectID {
    let history = GitHistory(objects)
    let outcome = try #require(
      try LedgerMerge.of(history).outcome(hub: ContentID(hub), local: ContentID(local), bringer: author))
    let tree = try TreeEdits.write(outcome.files, onto: history.stored(hub).tree, to: objects)
    let changes = try extra.mapValues { text in try text.map { TreeEntry(id: try blob($0)) } }
    return try commit(
      TreeWriter.write(base: tree, changes: changes, to: objects), on: [hub, local], by: author, message: message)
  }

  // MARK: Pushes

  func push(_ what: String..., options: [String] = [], adding more: [String: String] = [:]) throws -> HubStage.Result {
    try stage.run("git", ["push", "-q"] + options + ["origin"] + what, in: "evil", adding: more)
  }

  /// Pushes a commit to `main` and expects that it comes in.
  func takes(_ id: ObjectID, adding more: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let result = try push("\(id):refs/heads/main", adding: more)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(try stage.tip("main") == id, sourceLocation: sourceLocation)
  }

  /// Pushes and expects the gate to refuse by these rules and with these words, and the hub to be as it was.
  /// - Parameter maybeByGit: git may be faster than the gate, with words of its own
  func refuses(
    _ what: String..., by rules: Set<String>, saying words: String = "", options: [String] = [],
    adding more: [String: String] = [:], maybeByGit: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try stage.state()
    let result = try stage.run("git", ["push", "-q"] + options + ["origin"] + what, in: "evil", adding: more)
    #expect(result.status != 0, "was not refused", sourceLocation: sourceLocation)
    #expect(try stage.state() == before, "the hub has changed", sourceLocation: sourceLocation)
    let isGits = result.rules.isEmpty && Self.wordsOfGit.contains { result.errors.contains($0) }
    guard !(maybeByGit && isGits) else { return }
    #expect(result.rules == rules, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(words.isEmpty || result.errors.contains(words), "\(result.errors)", sourceLocation: sourceLocation)
  }

  /// As `refuses`, of a commit that should become the hub's newest state.
  func refuses(
    _ id: ObjectID, by rules: Set<String>, saying words: String = "", adding more: [String: String] = [:],
    maybeByGit: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try refuses(
      "\(id):refs/heads/main", by: rules, saying: words, adding: more, maybeByGit: maybeByGit,
      sourceLocation: sourceLocation)
  }

  private static let wordsOfGit = [
    "fsck error", "unpack failed", "unpacker error", "missing necessary objects", "fatal:",
  ]
}

extension Author {
  /// Administrator, controller, head of sales.
  static let ana = HubStage.admin
  /// Deputy of the administrator and of the head of sales.
  static let bo = Author(name: "Bo Lind", email: "bo@example.com")
  /// A member of sales.
  static let cy = Author(name: "Cy Ott", email: "cy@example.com")
  /// Nobody.
  static let eve = Author(name: "Eve", email: "eve@example.com")
}

import LedgerFiles
import LedgerModel
import Policy

@testable import Merging

/// A hub and some clones, over which a history is played through the real merge.
final class PlayedLedger {
  struct Commit {
    let id: ContentID
    let parents: [ContentID]
    let author: Int
    let files: [String: [UInt8]]
    let isSync: Bool
    let note: String
  }

  let history = MemoryHistory()
  private(set) var commits: [ContentID: Commit] = [:]
  private(set) var hub: ContentID
  private(set) var clones: [ContentID]
  private(set) var syncs: [(commit: ContentID, hub: ContentID, local: ContentID)] = []
  private(set) var log: [String] = []
  var record = Record()

  init(clones count: Int) {
    hub = ContentID("")
    clones = []
    let files = Spot.texts.mapValues { Array($0.utf8) }
    hub = history.add(files, parents: [], author: Self.author(0), message: "The ledger begins")
    commits[hub] = Commit(id: hub, parents: [], author: 0, files: files, isSync: false, note: "begin")
    clones = Array(repeating: hub, count: count)
  }

  static func author(_ clone: Int) -> Author { Author(name: "P\(clone)", email: "p\(clone)@example.com") }

  func commit(_ id: ContentID) -> Commit {
    commits[id] ?? Commit(id: id, parents: [], author: 0, files: [:], isSync: false, note: "missing")
  }

  func play(_ act: Act) throws {
    switch act {
    case .edit(let clone, let edits):
      var files = commit(clones[clone]).files
      let notes = edits.filter { $0.spot.set($0.value, in: &files) }.map { "\($0.spot) := \($0.value ?? "nothing")" }
      add(files, clone, notes.joined(separator: ", "))
    case .settle(let clone, let nth, let how, let value): settle(clone, nth, how, value)
    case .sync(let clone): try sync(clone, hasAnswer: true)
    case .syncWithoutAnswer(let clone): try sync(clone, hasAnswer: false)
    case .relay(let clone, let from, let keepsOwn): try takeOver(clones[from], clone, keepsOwn, "clone \(from)")
    case .pull(let clone, let keepsOwn): try takeOver(hub, clone, keepsOwn, "the hub")
    case .restore(let clone):
      if let parent = commit(clones[clone]).parents.first { clones[clone] = parent }
    }
  }

  private func add(_ files: [String: [UInt8]], _ clone: Int, _ note: String) {
    let parent = clones[clone]
    guard files != commit(parent).files else { return }
    let id = history.add(files, parents: [parent], author: Self.author(clone), message: note, at: Int64(commits.count))
    commits[id] = Commit(id: id, parents: [parent], author: clone, files: files, isSync: false, note: note)
    clones[clone] = id
    log.append("\(id.short) on \(parent.short) by P\(clone): \(note)")
  }

  private func settle(_ clone: Int, _ nth: Int, _ how: Act.Settling, _ value: String) {
    var files = commit(clones[clone]).files
    let waiting = Waiting.all(in: files)
    guard !waiting.isEmpty else { return }
    let proposal = waiting[nth % waiting.count]
    guard let spot = proposal.spot else { return }
    switch how {
    case .accept: guard spot.set(proposal.value, in: &files) || spot.value(in: files) == proposal.value else { return }
    case .other:
      if spot.kind == .file { return }
      let other: String
      switch spot.kind {
      case .row: other = "7/\(value.dropFirst())"
      case .element: other = "there"
      default: other = value
      }
      guard spot.set(other, in: &files) else { return }
    case .withdraw: guard proposal.by == Self.author(clone).description else { return }
    case .reject: break
    }
    files[proposal.path] = nil
    add(files, clone, "\(how) \(proposal)")
  }

  private func takeOver(_ other: ContentID, _ clone: Int, _ keepsOwn: Bool, _ name: String) throws {
    let own = clones[clone]
    if try history.isAncestor(other, of: own) { return }
    if try history.isAncestor(own, of: other) {
      clones[clone] = other
      log.append("P\(clone) fast-forwards to \(other.short) of \(name)")
      return
    }
    let (one, two) = (commit(own).files, commit(other).files)
    let base = commit(try newestCommon(own, other)).files
    var files: [String: [UInt8]] = [:]
    for path in Set(one.keys).union(two.keys) {
      let (b, o, t) = (base[path], one[path], two[path])
      files[path] = o == b ? t : t == b ? o : keepsOwn ? o : t
    }
    let id = history.add(
      files, parents: [own, other], author: Self.author(clone), message: "git merge", at: Int64(commits.count))
    commits[id] = Commit(
      id: id, parents: [own, other], author: clone, files: files, isSync: false, note: "git merge")
    clones[clone] = id
    log.append(
      "\(id.short) by P\(clone): git merge of \(own.short) and \(other.short) of \(name), keeps own: \(keepsOwn)")
  }

  private func newestCommon(_ one: ContentID, _ other: ContentID) throws -> ContentID {
    try commits.keys.sorted().last {
      try history.isAncestor($0, of: one) && history.isAncestor($0, of: other)
    } ?? one
  }

  // MARK: Syncing

  static func merge(_ history: MemoryHistory) -> Merge {
    Merge(history: history, authority: { _ in EverybodysAuthority() })
  }

  /// Whether there was anything to send.
  @discardableResult
  func sync(_ clone: Int, hasAnswer: Bool) throws -> Bool {
    let local = clones[clone]
    guard let outcome = try Self.merge(history).outcome(hub: hub, local: local) else {
      clones[clone] = hub
      return false
    }
    let before = hub
    hub = try history.addMerge(outcome.files, hub: before, local: local, author: Self.author(clone), message: "Sync")
    let files = try history.files(of: hub)
    commits[hub] = Commit(
      id: hub, parents: [before, local], author: clone, files: files, isSync: true, note: "sync")
    syncs.append((hub, before, local))
    log.append(
      "\(hub.short) = sync of P\(clone)'s \(local.short) onto \(before.short)\(hasAnswer ? "" : " (no answer)"), held: "
        + outcome.held.map {
          "\($0.file.split(separator: "/").last ?? "") \($0.key) of \($0.enteredIn?.id.short ?? "")"
        }
        .joined(separator: "; ") + outcome.ended.map { " ended \($0.split(separator: "/").last ?? "")" }.joined())
    if hasAnswer { clones[clone] = hub }
    try record.check(self, sync: hub, outcome)
    return true
  }

  /// Everybody syncs, twice; then all have one tree and nobody has anything to send.
  func finish() throws {
    for clone in clones.indices { try sync(clone, hasAnswer: true) }
    for clone in clones.indices where try sync(clone, hasAnswer: true) {
      record.violations.append("P\(clone) has something to send after everybody has synced")
    }
    if Set(clones).count > 1 { record.violations.append("clones differ at the end") }
    for sync in syncs {
      let again = try Self.merge(history).outcome(hub: sync.hub, local: sync.local)
      var files = commit(sync.hub).files
      for (path, version) in again?.files ?? [:] {
        switch version {
        case .bytes(let bytes): files[path] = bytes
        case .content(let id): files[path] = try history.bytes(of: id)
        case .removed: files[path] = nil
        }
      }
      if files != commit(sync.commit).files { record.violations.append("\(sync.commit.short) does not recompute") }
    }
  }
}

/// A proposal's file as the played ledger reads it.
struct Waiting: Hashable, CustomStringConvertible {
  let path: String
  let file: String
  let key: String
  let value: String?
  let by: String
  let commit: String
  let hasComment: Bool

  var description: String { "\(key) = \(value ?? "nothing") of \(commit.prefix(10)) by \(by)" }
  var spot: Spot? { Spot.all.first { $0.file == file && $0.key == key } }

  static func all(in files: [String: [UInt8]]) -> [Waiting] {
    files.keys.filter { $0.hasPrefix("proposals/") }.sorted().compactMap { path in
      let document = YAMLDocument(parsing: files[path] ?? [])
      func text(_ field: String) -> String? { document.node(at: [field])?.scalar?.text }
      guard let file = text("file"), let key = text("key"), let by = text("by"), let commit = text("commit") else {
        return nil
      }
      let proposed = document.node(at: ["proposed"]).map { YAMLValue($0) }
      return Waiting(
        path: path, file: file, key: key, value: value(proposed, key), by: by, commit: commit,
        hasComment: text("comment") != nil)
    }
  }

  private static func value(_ proposed: YAMLValue?, _ key: String) -> String? {
    guard let proposed, proposed != .null else { return nil }
    if key == "calculation" { return Spot.text(proposed["formula"]) }
    if key.hasPrefix("affects.") { return Spot.text(proposed["ask"]) }
    if key.hasPrefix("row ") {
      return "\(Spot.text(proposed["won"]) ?? "")/\(Spot.text(proposed["decided"]) ?? "")"
    }
    return key == "file" ? "there" : Spot.text(proposed)
  }
}

import Git
import Hub
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Syncing

/// Plays a script over real objects, the real merge and the real gate, and lets the record look at each new state of
/// the hub.
final class Player {
  let script: Script
  let parts: MergeParts
  let objects: ObjectDatabase
  let shelf: Shelf
  private(set) var nodes: [Node] = []
  private(set) var hub: Node
  private(set) var tips: [Node]
  private(set) var log: [String] = []
  private(set) var counts = Counts()
  let record: Record
  private var clock: Int64 = 1_772_000_000

  init(_ script: Script, parts: MergeParts, pages: Pages) throws {
    self.script = script
    self.parts = parts
    objects = try ObjectDatabase.inMemory()
    shelf = Shelf(pages)
    let tree = try TreeEdits.write(
      pages.mapValues { .bytes($0.bytes) }, onto: .emptyTree, to: objects)
    let signature = Signature(name: "Adam", email: Person.adam.author.email, time: GitTime(seconds: clock))
    let id = try objects.writeCommit(
      tree: tree, parents: [], author: signature, committer: signature, message: "The ledger begins")
    hub = Node(
      number: 0, id: id, tree: tree, parents: [], author: .adam, bringer: .adam, pages: pages, isSync: false)
    nodes = [hub]
    tips = Array(repeating: hub, count: script.people.count)
    record = Record(first: hub)
  }

  func play() throws {
    for act in script.acts {
      clock += 60
      try play(act)
    }
    try finish()
  }

  private func play(_ act: Act) throws {
    let clone = act.clone
    switch act {
    case .edit(_, let edits, let claims):
      var pages = tips[clone].pages
      let done = edits.filter { $0.apply(to: &pages, shelf) }
      try commit(pages, clone, done.map(\.description).joined(separator: ", "), as: claims)
    case .settle(_, let nth, let how, let value): try settle(clone, nth, how, value)
    case .tamper(_, let nth): try tamper(clone, nth)
    case .sync: try sync(clone, hasAnswer: true)
    case .syncWithoutAnswer: try sync(clone, hasAnswer: false)
    case .lateSync(_, let other): try lateSync(clone, after: other)
    case .push: try push(clone)
    case .relay(_, let from, let picking):
      if from != clone { try takeOver(tips[from], clone, picking) }
    case .pull(_, let picking): try takeOver(hub, clone, picking)
    case .reset(_, let steps):
      for _ in 0..<steps where !hub.descends(from: tips[clone]) { tips[clone] = tips[clone].parents[0] }
    case .restore(_, let steps):
      var old = tips[clone]
      for _ in 0..<steps { old = old.parents.first ?? old }
      try commit(old.pages, clone, "as in \(old.short)")
    }
  }

  // MARK: Commits

  private func commit(_ pages: Pages, _ clone: Int, _ note: String, as claimed: Person? = nil) throws {
    let parent = tips[clone]
    guard Self.differ(pages, parent.pages) else { return }
    tips[clone] = try add(pages, [parent], clone, note, as: claimed)
    log.append("\(tips[clone].short) on \(parent.short) by \(script.people[clone])\(clone): \(note)")
  }

  private static func differ(_ one: Pages, _ other: Pages) -> Bool {
    one.count != other.count || one.contains { other[$0.key] !== $0.value }
  }

  private func add(_ pages: Pages, _ parents: [Node], _ clone: Int, _ note: String, as claimed: Person?) throws -> Node
  {
    var files: [String: FileVersion] = [:]
    for (path, page) in pages where parents[0].pages[path] !== page { files[path] = .bytes(page.bytes) }
    for path in parents[0].pages.keys where pages[path] == nil { files[path] = .removed }
    let tree = try TreeEdits.write(files, onto: parents[0].tree, to: objects)
    let author = claimed ?? script.people[clone]
    let signer = script.signers.contains(clone) ? script.people[clone] : nil
    let id = try objects.writeCommit(
      tree: tree, parents: parents.map(\.id), author: signature(author), committer: signature(script.people[clone]),
      message: note, signing: signer.map { signer in { try Keys.signature(of: $0, by: signer) } })
    return keep(id, tree, parents, author, by: script.people[clone], signer, pages, isSync: false)
  }

  private func keep(
    _ id: ObjectID, _ tree: ObjectID, _ parents: [Node], _ author: Person, by bringer: Person, _ signer: Person? = nil,
    _ pages: Pages, isSync: Bool
  ) -> Node {
    let node = Node(
      number: nodes.count, id: id, tree: tree, parents: parents, author: author, bringer: bringer, signer: signer,
      pages: pages, isSync: isSync)
    nodes.append(node)
    return node
  }

  private func signature(_ person: Person) -> Signature {
    Signature(name: person.author.name, email: person.author.email, time: GitTime(seconds: clock))
  }

  // MARK: Proposals

  private func settle(_ clone: Int, _ nth: Int, _ how: Act.Settling, _ value: String) throws {
    var pages = tips[clone].pages
    let papers = Papers.all(in: pages)
    guard !papers.isEmpty else { return }
    let paper = papers[nth % papers.count]
    switch how {
    case .accept:
      let isSet = Accepting.set(paper, in: &pages, shelf)
      guard isSet else { return }
    case .other: guard Accepting.set(paper.with(value), in: &pages, shelf) else { return }
    case .withdraw: guard paper.by == script.people[clone] else { return }
    case .reject: break
    }
    pages[paper.path] = nil
    try commit(pages, clone, "\(how) \(paper)")
  }

  private func tamper(_ clone: Int, _ nth: Int) throws {
    var pages = tips[clone].pages
    let papers = Papers.all(in: pages)
    guard !papers.isEmpty else { return }
    let paper = papers[nth % papers.count]
    guard let page = pages[paper.path] else { return }
    pages[paper.path] = shelf.page(page.bytes + Array("# written into\n".utf8))
    try commit(pages, clone, "writes into \(paper)")
  }

  // MARK: Merges by hand

  private func takeOver(_ other: Node, _ clone: Int, _ picking: Act.Picking) throws {
    let own = tips[clone]
    if own.descends(from: other) { return }
    if other.descends(from: own) {
      tips[clone] = other
      log.append("\(script.people[clone])\(clone) fast-forwards to \(other.short)")
      return
    }
    let base = nodes.last { own.descends(from: $0) && other.descends(from: $0) } ?? nodes[0]
    let pages = HandMerge(base: base.pages, ours: own.pages, theirs: other.pages, picking, shelf).pages()
    tips[clone] = try add(pages, [own, other], clone, "git merge", as: nil)
    log.append(
      "\(tips[clone].short) by \(script.people[clone])\(clone): git merge of \(own.short) and \(other.short), \(picking)"
    )
  }

  // MARK: Syncing

  /// Whether there was anything to send.
  @discardableResult
  private func sync(_ clone: Int, hasAnswer: Bool) throws -> Bool {
    counts.syncs += 1
    guard let merge = try merge(clone) else {
      tips[clone] = hub
      return false
    }
    try arrive(merge, clone, hasAnswer: hasAnswer)
    return true
  }

  private func merge(_ clone: Int) throws -> SyncMerge? {
    try SyncMerge(
      hub: hub.id, local: tips[clone].id, by: script.people[clone].author, at: GitTime(seconds: clock), in: objects,
      parts: parts)
  }

  private func arrive(_ merge: SyncMerge, _ clone: Int, hasAnswer: Bool) throws {
    let person = script.people[clone]
    let (before, local) = (hub, tips[clone])
    let verdict = try Gate(objects, now: clock).verdict(from: before.id, to: merge.commit)
    for refusal in verdict.refusals where parts == .all || refusal.rule != "merge-does-not-recompute" {
      record.add(.refused, "\(person)\(clone)'s sync of \(local.short) onto \(before.short): \(refusal.line)")
    }
    var pages = before.pages
    for (path, version) in merge.outcome.files {
      switch version {
      case .bytes(let bytes): pages[path] = shelf.page(bytes)
      case .content(let id): pages[path] = shelf.page(try objects.blob(ObjectID(id)))
      case .removed: pages[path] = nil
      }
    }
    hub = keep(
      merge.commit, try objects.commit(merge.commit).tree, [before, local], person, by: person, nil, pages, isSync: true
    )
    counts.merges += 1
    counts.held += merge.outcome.held.count
    counts.settled += merge.outcome.ended.count
    for path in merge.outcome.files.keys {
      if path.hasPrefix("closes/") { counts.closes += 1 }
      if World.isDefinition(path), before.pages[path] == nil { counts.moves += 1 }
    }
    let held = merge.outcome.held.map { "\($0.file.suffix(24)) \($0.key) of \($0.enteredIn.map(name) ?? "")" }
    log.append(
      "\(hub.short) = sync of \(person)\(clone)'s \(local.short) onto \(before.short)\(hasAnswer ? "" : " (no answer)")"
        + ": \(merge.outcome.files.keys.filter { !$0.hasPrefix("proposals/") }.sorted()) held \(held)"
        + " ended \(merge.outcome.ended.map { String($0.suffix(12)) })")
    if hasAnswer { tips[clone] = hub }
    record.check(hub, nodes: nodes)
  }

  private func name(_ commit: CommitRecord) -> String {
    nodes.first { $0.id.description == commit.id.text }?.short ?? "?"
  }

  private func lateSync(_ clone: Int, after other: Int) throws {
    guard other != clone, let late = try merge(clone) else { return }
    let before = hub
    try sync(other, hasAnswer: true)
    if hub !== before, hub.id != late.commit {
      let verdict = try Gate(objects, now: clock).verdict(from: hub.id, to: late.commit)
      if verdict.refusals.isEmpty { record.add(.refused, "the gate takes a merge onto an old tip") }
    }
    try sync(clone, hasAnswer: true)
  }

  private func push(_ clone: Int) throws {
    var line: [Node] = []
    var node = tips[clone]
    while node !== hub {
      guard node.parents.count == 1, !node.isSync, node.author == script.people[clone] else { return }
      line.append(node)
      node = node.parents[0]
    }
    guard !line.isEmpty, parts == .all,
      try Gate(objects, now: clock).verdict(from: hub.id, to: tips[clone].id).refusals.isEmpty
    else { return }
    counts.pushes += 1
    log.append("plain push of \(tips[clone].short)")
    for node in line.reversed() {
      hub = node
      record.check(node, nodes: nodes)
    }
  }

  /// Everybody syncs; then all have one tree and nobody has anything to send.
  private func finish() throws {
    for clone in tips.indices { try sync(clone, hasAnswer: true) }
    for clone in tips.indices where try sync(clone, hasAnswer: true) {
      record.add(.endless, "\(script.people[clone])\(clone) has something to send after everybody has synced")
    }
    if tips.contains(where: { $0 !== hub }) { record.add(.differing, "clones differ at the end") }
    for sync in nodes where sync.isSync {
      let again = try SyncMerge(
        hub: sync.parents[0].id, local: sync.parents[1].id, by: sync.author.author,
        at: GitTime(seconds: 0), in: objects, parts: parts)
      let tree = try again.map { try objects.commit($0.commit).tree }
      if tree != sync.tree { record.add(.recompute, "\(sync.short) does not recompute") }
    }
  }
}

/// What a history had in it.
struct Counts {
  var syncs = 0
  var merges = 0
  var held = 0
  var settled = 0
  var moves = 0
  var closes = 0
  var pushes = 0

  static func += (sum: inout Counts, more: Counts) {
    sum.syncs += more.syncs
    sum.merges += more.merges
    sum.held += more.held
    sum.settled += more.settled
    sum.moves += more.moves
    sum.closes += more.closes
    sum.pushes += more.pushes
  }
}

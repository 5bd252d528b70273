import Chance
import Git
import Hub
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Syncing

/// Holds what a clone foretells of changes against what the hub then makes of them: each generated commit is foretold as
/// `kpi status` foretells it, pushed as it is to the gate, and synced through the gate; then the hub's files are read.
struct TwoPolicies {
  /// The rules that the clone foretells by; the hub always keeps all.
  var foretelling = MergeParts.all

  struct Tally: Sendable {
    var changes = 0
    var commits = 0
    var inForce = 0
    var held = 0
    var plain = 0
    var differing: [String] = []

    var text: String {
      "\(changes) changes in \(commits) commits: \(inForce) files in force, \(held) keys held, \(plain) commits also as a "
        + "plain push; \(differing.count) foretold otherwise than the hub did"
    }
  }

  /// What is held: file, key, commit and cause.
  private struct Held: Hashable {
    let file: String
    let key: String
    let commit: String
    let cause: String
  }

  /// A state of the hub.
  private struct State {
    let id: ObjectID
    let pages: Pages
  }

  /// Plays until so many changes were made; a ledger of its own for each history.
  func play(changes: Int, seed: UInt64) throws -> Tally {
    var (tally, number) = (Tally(), UInt64(0))
    while tally.changes < changes {
      try history(Dice(seed &+ number &* 1_000_003), upTo: changes, &tally)
      number += 1
    }
    return tally
  }

  /// Overrides by fields and kinds of files, as `docs/policy.md` has them.
  private static let overrides = """
    authority:
      targets: [owner, controller]
      formula: [controller]
      decision: [head]
      goals: [controller, spare]

    """

  private func history(_ dice: Dice, upTo changes: Int, _ tally: inout Tally) throws {
    var dice = dice
    var first = World.pages()
    if dice.chance(0.7), let settings = first["ledger.yaml"] {
      first["ledger.yaml"] = Page(settings.bytes + Array(Self.overrides.utf8))
    }
    let (objects, shelf) = (try ObjectDatabase.inMemory(), Shelf(first))
    var clock: Int64 = 1_772_000_000
    func commit(_ pages: Pages, on parent: State?, by person: Person) throws -> ObjectID {
      var files: [String: FileVersion] = [:]
      for (path, page) in pages where parent?.pages[path] !== page { files[path] = .bytes(page.bytes) }
      for path in parent?.pages.keys.map(\.self) ?? [] where pages[path] == nil { files[path] = .removed }
      let base = try parent.map { try objects.commit($0.id).tree } ?? .emptyTree
      let signature = Signature(
        name: person.author.name, email: person.author.email, time: GitTime(seconds: clock))
      return try objects.writeCommit(
        tree: TreeEdits.write(files, onto: base, to: objects), parents: parent.map { [$0.id] } ?? [],
        author: signature, committer: signature, message: "change")
    }
    var states = [State(id: try commit(first, on: nil, by: .adam), pages: first)]
    var writer = Writer(dice, kinds: .all)
    for act in writer.script().acts + writer.script().acts where tally.changes < changes {
      guard case .edit(let clone, let edits, _) = act, let hub = states.last else { continue }
      clock += 60
      // Half of the clones are some syncs behind.
      let base = states[max(0, states.count - dice.pick([1, 1, 1, 2, 3]))]
      let person = Person.allCases[(clone + dice.below(3)) % Person.allCases.count]
      var pages = base.pages
      let done = edits.filter { $0.apply(to: &pages, shelf) }
      guard pages.count != base.pages.count || pages.contains(where: { base.pages[$0.key] !== $0.value }) else {
        continue
      }
      let local = try commit(pages, on: base, by: person)
      tally.changes += done.count
      tally.commits += 1
      let text = "\(person): \(done.map(\.description).joined(separator: ", "))"
      let (foretold, merge) = try foretell(hub.id, local, person, clock, objects)
      if base.id == hub.id {
        tally.plain += 1
        if let fault = try plain(hub.id, local, foretold, clock, objects) {
          tally.differing.append("\(text): \(fault)")
        }
      }
      guard let merge else { continue }
      let verdict = try Gate(objects, now: clock).verdict(from: hub.id, to: merge.commit)
      guard verdict.isAccepted else {
        tally.differing.append("\(text): the hub refuses \(verdict.refusals.map(\.line))")
        continue
      }
      let state = try state(merge.commit, after: hub, objects, shelf)
      if let fault = compare(foretold, merge, before: hub.pages, after: state.pages) {
        tally.differing.append("\(text): \(fault)")
      }
      tally.inForce += merge.outcome.files.keys.count { !$0.hasPrefix("proposals/") }
      tally.held += foretold.count
      states.append(state)
    }
  }

  /// As `CloneStatus` does it: the merge that the next sync would make, before anything is sent.
  private func foretell(
    _ hub: ObjectID, _ local: ObjectID, _ person: Person, _ clock: Int64, _ objects: ObjectDatabase
  ) throws -> (Set<Held>, SyncMerge?) {
    let merge = try SyncMerge(
      hub: hub, local: local, by: person.author, at: GitTime(seconds: clock), in: objects, parts: foretelling)
    let held = merge?.outcome.held.map { change in
      Held(
        file: change.file, key: change.key.text, commit: change.enteredIn?.id.text ?? "", cause: change.because.rawValue
      )
    }
    return (Set(held ?? []), merge)
  }

  /// What the hub says of the same commit, pushed with plain git: it refuses just what was foretold to be held.
  private func plain(
    _ hub: ObjectID, _ local: ObjectID, _ foretold: Set<Held>, _ clock: Int64, _ objects: ObjectDatabase
  ) throws -> String? {
    let verdict = try Gate(objects, now: clock).verdict(from: hub, to: local)
    let causes = Set(foretold.map(\.cause))
    let others: Set = ["handmade-proposal", "other-than-merged"]
    let content = verdict.refusals.filter { refusal in
      Proposal.Cause(rawValue: refusal.rule) == nil && !others.contains(refusal.rule)
    }
    // Of files that fail the check by themselves the hub says why, not that they would be held.
    guard content.isEmpty, !causes.contains(Proposal.Cause.doesNotValidate.rawValue) else {
      return verdict.isAccepted ? "would be held, but the hub takes it" : nil
    }
    let refused = Set(
      verdict.refusals.filter { !others.contains($0.rule) }
        .map { Held(file: $0.file ?? "", key: $0.key ?? "", commit: local.description, cause: $0.rule) })
    return refused == foretold ? nil : "foretold \(foretold), but the hub says \(verdict.refusals.map(\.line))"
  }

  private func state(_ id: ObjectID, after hub: State, _ objects: ObjectDatabase, _ shelf: Shelf) throws -> State {
    var pages = hub.pages
    let trees = (try objects.commit(hub.id).tree, try objects.commit(id).tree)
    for change in try TreeDiff.between(trees.0, trees.1, in: objects) {
      pages[change.path] = try change.new.map { shelf.page(try objects.blob($0.id)) }
    }
    return State(id: id, pages: pages)
  }

  /// What the hub's files say after the sync: new proposals for what was foretold to be held, and changes in just those
  /// files that were foretold to change.
  private func compare(_ foretold: Set<Held>, _ merge: SyncMerge, before: Pages, after: Pages) -> String? {
    let known = Set(Papers.all(in: before))
    let held = Set(
      Papers.all(in: after).filter { !known.contains($0) }
        .map { Held(file: $0.file, key: $0.key, commit: $0.commit, cause: $0.because) })
    let spelt = Set(
      foretold.map { Held(file: $0.file, key: Papers.ownKey($0.key, $0.file), commit: $0.commit, cause: $0.cause) })
    if held != spelt { return "foretold \(spelt), held \(held)" }
    let changed = Set(before.keys).union(after.keys).filter { path in
      !path.hasPrefix("proposals/") && before[path] !== after[path]
    }
    let sent = Set(merge.outcome.files.keys.filter { !$0.hasPrefix("proposals/") && before[$0] !== after[$0] })
    return changed == sent ? nil : "foretold to change \(sent.sorted()), changed \(changed.sorted())"
  }
}

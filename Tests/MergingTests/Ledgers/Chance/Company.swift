import Chance
import Foundation
import LedgerFiles
import LedgerModel

@testable import Merging

/// A small company whose people edit several clones of a ledger at random and sync them now and then.
///
/// Every value that is entered is a number of its own, so that it can be looked for afterwards.
struct Company {
  typealias Files = [String: String]

  let history = MemoryHistory()
  private(set) var hub: ContentID
  private(set) var clones: [Clone]
  var dice: Dice
  /// What was done, one line each, for whoever has to understand a failure.
  private(set) var diary: [String] = []
  /// By a value that was entered, the commit in which it was.
  private(set) var entered: [String: ContentID] = [:]
  /// The merges with plain git.
  private var careless: Set<ContentID> = []
  private var clonesCommits: [ContentID] = []
  private var next = 1_000_000
  private var fresh: [String] = []

  struct Clone {
    let person: String
    var tip: ContentID
  }

  init(seed: UInt64) throws {
    dice = Dice(seed)
    let files = Books.files
    hub = history.add(files.mapValues { Array($0.utf8) }, parents: [], author: Books.author("adam"), at: 1_772_000_000)
    let everybody = ["ana", "otto", "ben", "eva", "gil", "cleo", "adam"]
    var people = Set<String>()
    let size = 2 + dice.below(2)
    while people.count < size { people.insert(dice.pick(everybody)) }
    clones = people.sorted().map { [hub] in Clone(person: $0, tip: hub) }
    if dice.chance(0.3) { clones.append(Clone(person: clones[0].person, tip: hub)) }
  }

  func files(of commit: ContentID) throws -> Files {
    try history.files(of: commit).mapValues { String(decoding: $0, as: UTF8.self) }
  }

  /// A value that nobody entered before.
  mutating func value() -> String {
    next += 1
    fresh.append(String(next))
    return String(next)
  }

  mutating func step() throws {
    let clone = dice.below(clones.count)
    switch dice.below(10) {
    case 0...5: try edit(clone)
    case 6: try pullDirectly(clone)
    default: try sync(clone)
    }
  }

  mutating func syncAll() throws {
    for clone in clones.indices { try sync(clone) }
  }

  private mutating func edit(_ clone: Int) throws {
    var files = try files(of: clones[clone].tip)
    fresh = []
    var done: [String] = []
    for _ in 0...dice.below(3) { done.append(editAtRandom(&files)) }
    let author = dice.chance(0.9) ? clones[clone].person : dice.pick(clones).person
    let commit = history.add(
      files.mapValues { Array($0.utf8) }, parents: [clones[clone].tip], author: Books.author(author))
    note(clone, "\(author) commits \(commit) on \(clones[clone].tip): \(done.joined(separator: "; "))")
    clones[clone].tip = commit
    clonesCommits.append(commit)
    for value in fresh where files.values.contains(where: { $0.contains(value) }) { entered[value] = commit }
  }

  /// A merge with plain git of one clone into another, each file of one of the two.
  private mutating func pullDirectly(_ clone: Int) throws {
    let other = dice.below(clones.count)
    let (one, two) = (clones[clone].tip, clones[other].tip)
    guard one != two, try !history.isAncestor(two, of: one) else { return }
    if try history.isAncestor(one, of: two) {
      clones[clone].tip = two
      return note(clone, "fast-forwards to \(two)")
    }
    let (ours, theirs) = (try files(of: one), try files(of: two))
    let base = try files(of: newestInCommon(one, two))
    var merged: Files = [:]
    for path in Set(ours.keys).union(theirs.keys).sorted() {
      let takesOurs = theirs[path] == base[path] || ours[path] != base[path] && dice.chance(0.5)
      merged[path] = takesOurs ? ours[path] : theirs[path]
    }
    let commit = history.add(
      merged.mapValues { Array($0.utf8) }, parents: [one, two], author: Books.author(clones[clone].person))
    careless.insert(commit)
    note(clone, "merges \(two) into \(one) with plain git: \(commit)")
    clones[clone].tip = commit
  }

  private func newestInCommon(_ one: ContentID, _ two: ContentID) throws -> ContentID {
    var newest = one
    while try !history.isAncestor(newest, of: two) {
      newest = try history.commit(newest).parents.max { $0 < $1 } ?? newest
    }
    return newest
  }

  private mutating func sync(_ clone: Int) throws {
    let (tip, before) = (clones[clone].tip, hub)
    let bringer = Books.author(clones[clone].person)
    if let outcome = try LedgerMerge.of(history).outcome(hub: hub, local: tip, bringer: bringer) {
      hub = try history.addMerge(outcome.files, hub: hub, local: tip, author: bringer)
      note(clone, "syncs \(tip) onto \(before): \(hub)")
      for change in outcome.held {
        let value = change.proposed.map { "\($0.meaning)".suffix(30) } ?? "-"
        diary.append(
          "    held: \(change.file) \(change.key) = \(value) "
            + "of \(change.enteredIn?.id.text ?? "?") \(change.because)")
      }
      for path in outcome.files.keys.sorted() where !path.hasPrefix("proposals/") { diary.append("    \(path)") }
    }
    clones[clone].tip = hub
  }

  private mutating func note(_ clone: Int, _ text: String) {
    diary.append("\(clones[clone].person)/\(clone) \(text)")
  }

  // MARK: What must hold

  /// The values that were committed, are in no file of the hub and were not taken out by any later commit.
  func lost() throws -> [String] {
    let atHub = try files(of: hub)
    var lost: [String] = []
    for (value, commit) in entered where try history.isAncestor(commit, of: hub) {
      func has(_ files: Files) -> Bool { files.values.contains { $0.contains(value) } }
      if has(atHub) { continue }
      let isTakenOut = try history.unsent(hub: commit, local: hub).contains { later in
        guard try history.isAncestor(commit, of: later.id), try !has(files(of: later.id)) else { return false }
        if later.parents.count == 1 { return try has(files(of: later.parents[0])) }
        // Left out in a merge with plain git, and somebody has gone on from there.
        return try careless.contains(later.id) && later.parents.contains { try has(files(of: $0)) }
          && clonesCommits.contains { try $0 != later.id && history.isAncestor(later.id, of: $0) }
      }
      if !isTakenOut { lost.append("\(value) of \(commit)") }
    }
    return lost.sorted()
  }

  /// The errors that the hub has got.
  func errors() throws -> [Finding] {
    let found = LedgerCheck.findings(in: LedgerView(FilesInMemory(try history.files(of: hub))))
    // An id that another KPI once had is not looked for when somebody takes it: that would be to read everything.
    return found.filter { $0.severity == .error && $0.rule != "id-in-use" }
  }

  /// What syncing an empty commit on the hub's tip changes.
  func unrest() throws -> [String] {
    let files = try history.files(of: hub)
    return try Set(clones.map(\.person)).sorted().flatMap { person in
      let empty = history.add(files, parents: [hub], author: Books.author(person))
      let outcome = try LedgerMerge.of(history).outcome(hub: hub, local: empty, bringer: Books.author(person))
      return outcome?.files.keys.sorted() ?? []
    }
  }
}

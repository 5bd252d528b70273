import Calculation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Policy
import Syncing

/// A ledger as the commands for people, goals and departments work with it: who there is, what day it is, and saving
/// with a word on what a sync would hold.
struct OrganisationDesk {
  let desk: LedgerDesk
  let view: LedgerView
  /// The day by which people and roles are judged: UTC's, as the history counts.
  let day: Day

  var clone: LedgerClone { desk.clone }

  init(_ ledger: LedgerOption) throws { try self.init(try ledger.open()) }

  init(_ clone: LedgerClone) throws {
    desk = LedgerDesk(clone: clone)
    view = LedgerView(FolderSource(desk.clone.folder))
    day = UTCTime.day(Ambient.now.seconds)
  }

  func people() throws -> PeopleEditor {
    try Failure.ofEntry { () throws(EntryFault) in try PeopleEditor(view.source) }
  }

  /// Writes and commits, all or nothing, and says what waits for somebody with authority.
  func save(_ files: [String: [UInt8]?], message: String, said: [String]) throws {
    let changed = files.filter { path, bytes in view.source.bytes(at: path) != bytes }
    guard !changed.isEmpty, try desk.save(changed, message: message) else {
      Console.print("It is like that already; nothing was changed.")
      return
    }
    let held = try foretold(Set(changed.keys))
    for line in said { Console.print(held.isEmpty ? line : "Once it is accepted: \(line)") }
    for finding in warnings(in: changed) { Console.note("  \(finding.file): \(finding.message)") }
    ChangesText(sent: [], held: held, ledger: nil).printHeld()
    Console.print("Saved here; 'kpi sync' sends it.")
  }

  /// What is doubtful now in the changed files and was not before.
  private func warnings(in files: [String: [UInt8]?]) -> [Finding] {
    let before = LedgerCheck.findings(for: files.keys, in: view)
    let after = LedgerCheck.findings(for: files.keys, in: LedgerView(FolderSource(clone.folder)))
    return after.subtracting(before).filter { $0.severity == .warning }
  }

  /// What a sync would hold of the newest commit, as far as the clone knows the hub.
  private func foretold(_ files: Set<String>) throws -> [HeldChange] {
    guard try clone.hubTip() != nil, let tip = try clone.tip().map({ ContentID($0) }) else { return [] }
    return try CloneStatus.of(clone, now: Ambient.now).wouldBeHeld.filter {
      files.contains($0.file) && $0.enteredIn?.id == tip
    }
  }

  /// The person who works here; nil where people.yaml has nobody with their address today.
  func me(in people: People) throws -> Person? {
    let author = try clone.author()
    return people.people.values.sorted { $0.id < $1.id }.first { person in
      person.emails.contains { Author(name: "", email: $0.text).isSame(as: author) && $0.isValid(on: day) }
    }
  }
}

extension People {
  /// A person's name, or the id where nobody has it.
  func name(of id: String) -> String { people[id]?.name ?? id }

  /// A role and who holds it on a day, as `head-of-sales (Ana Ruiz)`.
  func text(ofRole id: String, on day: Day) -> String {
    let holders = roles[id]?.holders(on: day).map(name) ?? []
    return "\(id) (\(holders.isEmpty ? "nobody now" : holders.joined(separator: ", ")))"
  }
}

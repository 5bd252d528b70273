import Git

/// What a half-done update of the work tree was doing: the commit it leaves and the commit it goes to. Written before
/// the first file is touched and removed after the branch has moved, so that a half-updated work tree is never taken
/// for somebody's edits.
struct Journal: Hashable {
  let from: ObjectID?
  let to: ObjectID
  /// Edited files whose content is in a commit already, and that content: they may be replaced.
  let committed: [String: ObjectID]
  /// Whether others' changes come with it, so that what they replace is remembered.
  let isReceiving: Bool

  private static func path(in clone: LedgerClone) -> String { clone.notesFolder + "journal" }

  static func pending(in clone: LedgerClone) -> Journal? {
    let lines = Notes.read(path(in: clone))
    guard let first = lines.first, first.count == 3, let to = ObjectID(first[1]) else { return nil }
    let committed = lines.dropFirst().compactMap { fields -> (String, ObjectID)? in
      guard fields.count == 2, let id = ObjectID(fields[0]) else { return nil }
      return (fields[1], id)
    }
    return Journal(
      from: ObjectID(first[0]), to: to, committed: Dictionary(committed, uniquingKeysWith: { $1 }),
      isReceiving: first[2] == "receiving")
  }

  func write(in clone: LedgerClone) throws {
    let first = [from?.description ?? "-", to.description, isReceiving ? "receiving" : "own"]
    let rest = committed.sorted { $0.key < $1.key }.map { [$0.value.description, $0.key] }
    try Notes.write([first] + rest, to: Self.path(in: clone))
  }

  static func remove(in clone: LedgerClone) { Notes.remove(path(in: clone)) }

  /// Removes the locks that the process which wrote this journal left behind when it was killed: nobody else can have
  /// made them, for they are newer than the journal and this clone was locked all the time.
  static func removeStaleLocks(in clone: LedgerClone) {
    guard let began = Notes.modified(path(in: clone)) else { return }
    let (own, common) = (clone.repository.path, clone.repository.commonPath)
    for lock in [own + "index.lock", own + "HEAD.lock", common + LedgerClone.branch + ".lock"] {
      if let made = Notes.modified(lock), made >= began { Notes.remove(lock) }
    }
  }
}

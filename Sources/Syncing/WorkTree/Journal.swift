import Git

/// What a half-done update of the work tree was doing: the commit it leaves and the commit it goes to. Written before
/// the first file is touched and removed after the branch has moved, so that a half-updated work tree is never taken
/// for somebody's edits.
struct Journal: Hashable {
  let from: ObjectID?
  let to: ObjectID

  static func path(in clone: LedgerClone) -> String { clone.notesFolder + "journal" }

  static func pending(in clone: LedgerClone) -> Journal? {
    guard let fields = Notes.read(path(in: clone)).first, fields.count == 2, let to = ObjectID(fields[1]) else {
      return nil
    }
    return Journal(from: ObjectID(fields[0]), to: to)
  }

  func write(in clone: LedgerClone) throws {
    try Notes.write([[from?.description ?? "-", to.description]], to: Self.path(in: clone))
  }

  static func remove(in clone: LedgerClone) { Notes.remove(path(in: clone)) }
}

import Git

/// For each file of the work tree that a sync found edited and therefore left alone: the commit that it was edited
/// from. It is committed on that commit, so that merging sees what its author saw.
struct EditedFrom {
  private(set) var commits: [String: ObjectID]
  private let path: String

  init(_ clone: LedgerClone) {
    path = clone.notesFolder + "edited-from"
    commits = Dictionary(
      Notes.read(path).compactMap { fields in
        guard fields.count == 2, let commit = ObjectID(fields[0]) else { return nil }
        return (fields[1], commit)
      }, uniquingKeysWith: { $1 })
  }

  subscript(file: String) -> ObjectID? {
    get { commits[file] }
    set { commits[file] = newValue }
  }

  func write() throws {
    try Notes.write(commits.sorted { $0.key < $1.key }.map { [$0.value.description, $0.key] }, to: path)
  }
}

import Git

/// The first lines of a commit, which is all that a walk over thousands of them may read.
struct CommitHead {
  let tree: ObjectID
  let parents: [ObjectID]

  /// - Throws: `GitError.corrupt` where the commit cannot be read
  init(_ id: ObjectID, in objects: ObjectDatabase) throws {
    (tree, parents) = try objects.withBytes(of: id, .commit) { bytes in
      var rest = bytes[...]
      func object(after word: String) -> ObjectID? {
        let length = word.utf8.count + 40
        guard rest.count > length, rest.starts(with: word.utf8) else { return nil }
        let digits = rest.dropFirst(word.utf8.count).prefix(40)
        rest = rest.dropFirst(length + 1)
        return ObjectID(String(decoding: digits, as: UTF8.self))
      }
      guard let tree = object(after: "tree ") else { throw GitError(.corrupt, "commit \(id) cannot be read") }
      var parents: [ObjectID] = []
      while let parent = object(after: "parent ") { parents.append(parent) }
      return (tree, parents)
    }
  }
}

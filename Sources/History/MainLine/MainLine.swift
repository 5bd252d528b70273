public import Git

/// The main line of a ledger: `main` followed by first parents, which is the list of syncs.
public enum MainLine {
  /// The newest commit of the main line that was made up to a moment; nil where the ledger is younger.
  /// - Parameters:
  ///   - seconds: the last second that counts, since 1970
  ///   - tip: where the main line ends
  /// - Throws: `GitError` where the history cannot be read
  public static func commit(upTo seconds: Int64, from tip: ObjectID, in objects: ObjectDatabase) throws -> ObjectID? {
    let walk = RevWalk(objects)
    return try walk.firstParent(from: tip) { try walk.time(of: $0) <= seconds }
  }
}

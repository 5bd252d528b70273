public import Git

/// The ledger's files before and after a change.
public struct TreePair: Hashable, Sendable {
  public let from: ObjectID
  public let to: ObjectID

  /// The trees of two commits.
  init(from: ObjectID, to: ObjectID, in objects: ObjectDatabase) throws {
    self.from = try objects.commit(from).tree
    self.to = try objects.commit(to).tree
  }
}

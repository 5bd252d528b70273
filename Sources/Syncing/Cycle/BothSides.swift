import Git

/// What each side did since a clone and its hub parted, file by file.
struct BothSides {
  /// The files that somebody else changed.
  let others: Set<String>
  /// The proposals that this side decided about and the hub still has.
  private let decided: Set<String>

  init(fork: ObjectID, hub: ObjectID, local: ObjectID, in objects: ObjectDatabase) throws {
    let (from, there, here) = (
      try objects.commit(fork).tree, try objects.commit(hub).tree, try objects.commit(local).tree
    )
    let others = Set(try TreeDiff.between(from, there, in: objects).map(\.path))
    self.others = others
    let proposals = try TreeDiff.between(from, here, under: "proposals", in: objects)
    decided = Set(proposals.filter { $0.new == nil && !others.contains($0.path) }.map(\.path))
  }

  /// The proposals that stay, though this side decided about them.
  func undecided(ended: [String]) -> [String] { decided.subtracting(ended).sorted() }
}

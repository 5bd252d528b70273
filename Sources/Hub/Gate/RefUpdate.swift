public import Git

/// A branch or another name that a push wants to move, as git tells it to a hook.
public struct RefUpdate: Hashable, Sendable {
  /// The full name, as `refs/heads/main`.
  public let name: String
  /// Where it is; nil: it is not there yet.
  public let old: ObjectID?
  /// Where it should go; nil: it should be deleted.
  public let new: ObjectID?

  /// A name that should move.
  public init(_ name: String, from old: ObjectID?, to new: ObjectID?) {
    self.name = name
    self.old = old
    self.new = new
  }

  /// Reads a line of a hook's standard input: old id, new id and name. Nil where it is none.
  public init?(line: some StringProtocol) {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, let old = ObjectID(parts[0]), let new = ObjectID(parts[1]) else { return nil }
    self.init(String(parts[2]), from: old.isZero ? nil : old, to: new.isZero ? nil : new)
  }
}

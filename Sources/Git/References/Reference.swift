/// A name for a commit, as `refs/heads/main`, or for another name, as `HEAD`.
public struct Reference: Hashable, Sendable {
  /// What a reference stands for.
  public enum Target: Hashable, Sendable {
    /// An object, almost always a commit.
    case object(ObjectID)
    /// Another reference's name, as `HEAD` names the current branch.
    case symbolic(String)
  }

  /// The full name.
  public let name: String
  /// What it stands for.
  public let target: Target
}

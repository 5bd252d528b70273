/// A path whose content in the work tree differs from a commit's.
public struct WorkTreeChange: Hashable, Sendable {
  /// What is there now.
  public enum Content: Hashable, Sendable {
    /// Nothing, or a folder where the commit has a file.
    case absent
    /// A regular file; the stamp is what it looked like when it was seen.
    case file(executable: Bool, FileStamp)
    /// A symbolic link.
    case symbolicLink(FileStamp)
  }

  /// From the work tree's root, parts joined by `/`.
  public let path: String
  /// What the commit has there; nil: nothing.
  public let committed: TreeEntry?
  /// What is in the work tree now.
  public let content: Content

  /// Whether git does not follow the path yet and the commit does not have it.
  public var isNew: Bool { committed == nil }
}

/// The mode of a tree's entry, as git stores it (octal).
///
/// A raw value, because a foreign commit can hold any number: what is not one of the known modes is for the caller to
/// refuse.
public struct FileMode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The number, as 0o100644.
  public let rawValue: UInt32

  /// The mode of that number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A regular file, 100644.
  public static let file = FileMode(rawValue: 0o100644)
  /// An executable file, 100755.
  public static let executable = FileMode(rawValue: 0o100755)
  /// A symbolic link, 120000; its blob is the target's path.
  public static let symbolicLink = FileMode(rawValue: 0o120000)
  /// A folder, 040000.
  public static let tree = FileMode(rawValue: 0o040000)
  /// A submodule's commit, 160000; its object is not in this repository.
  public static let commit = FileMode(rawValue: 0o160000)

  /// Whether the entry is a folder.
  public var isTree: Bool { rawValue & 0o170000 == 0o040000 }

  /// Whether the entry's object is a blob: a file of any permission, or a symbolic link.
  public var isBlob: Bool { rawValue & 0o170000 == 0o100000 || rawValue & 0o170000 == 0o120000 }

  /// Six octal digits, as "100644".
  public var description: String {
    let digits = String(rawValue, radix: 8)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}

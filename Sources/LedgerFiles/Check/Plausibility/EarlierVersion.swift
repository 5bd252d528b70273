/// A file before and after a change of it.
public struct EarlierVersion {
  /// nil where the file came with the change.
  public let before: [UInt8]?
  public let after: [UInt8]
  /// Says what the change was, as `the change a1b2c3d4 of 2014-11-07 by Ana Ruiz`.
  public let change: () throws -> String

  /// A change of a file.
  public init(before: [UInt8]?, after: [UInt8], change: @escaping () throws -> String) {
    self.before = before
    self.after = after
    self.change = change
  }
}

/// Why something entered cannot be taken, and what to do.
public struct EntryFault: Error, Hashable, Sendable {
  public let message: String
  public let hint: String

  /// A reason, and what to do.
  public init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}

/// How many of the periods, or sources, that should have data do have: "2 of 3".
public struct Coverage: Hashable, Sendable, CustomStringConvertible {
  public let recorded: Int
  public let expected: Int

  public init(recorded: Int, of expected: Int) {
    self.recorded = recorded
    self.expected = expected
  }

  public var isComplete: Bool { recorded >= expected }

  /// recorded / expected × 100; nil where nothing is expected.
  public var percent: Quantity? {
    (Quantity(recorded) * 100).divided(by: Quantity(expected))
  }

  /// Whether so many percent are there; also where nothing is expected.
  public func reaches(_ percent: Quantity) -> Bool {
    Quantity(recorded) * 100 >= Quantity(expected) * percent
  }

  public var description: String { "\(recorded) of \(expected)" }
}

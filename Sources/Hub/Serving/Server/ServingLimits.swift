/// How much a server takes on at once, and how long it waits.
public struct ServingLimits: Hashable, Sendable {
  /// Git processes at once, and how many requests may wait for one.
  public var processes = 16
  public var waiting = 256
  /// How long a request waits for a process, or for its turn to push, before it is sent home.
  public var patience: Duration = .seconds(60)
  /// How long somebody who syncs may take from the fetch to the push while others wait; so much more after each race
  /// that was lost.
  public var turn: Duration = .seconds(3)
  /// After so long without a byte a connection is closed: in the headers, in a body, or when nothing is asked.
  public var silence: Duration = .seconds(60)
  /// Connections at once.
  public var connections = 1_024
  /// Requests a minute: of a person, and from an address by whoever shows no token.
  public var requestsOfPerson = 3_000
  public var requestsOfStranger = 600
  /// Wrong tokens a minute from an address: from the first number on answers are delayed, from the second on refused.
  public var failuresBeforeDelay = 5
  public var failuresBeforeRefusal = 60
  public var failureDelay: Duration = .seconds(1)
  /// Bytes of a request for a fetch; for a push it is the hub's `receive.maxInputSize`.
  public var fetchBody = 16 << 20
  /// Bytes of a push where the hub sets nothing.
  public var pushBody = 1 << 30
  /// How long a stop waits for what is running.
  public var farewell: Duration = .seconds(30)

  /// What a server keeps to unless told otherwise.
  public init() {}
}

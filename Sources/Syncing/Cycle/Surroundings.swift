public import Git

/// What a sync needs from outside: the clock, and how to run `git`.
public struct Surroundings: Sendable {
  /// Now.
  public var now: @Sendable () -> GitTime
  /// Waits a random part of these seconds, between two tries after a lost race: two who lost together must not meet
  /// again.
  public var pause: @Sendable (_ seconds: Double) async throws -> Void
  /// Says what a long step is doing, one line.
  public var progress: @Sendable (String) -> Void
  /// The environment that `git` runs in.
  public var environment: [String: String]

  public init(
    environment: [String: String], now: @escaping @Sendable () -> GitTime,
    pause: @escaping @Sendable (Double) async throws -> Void, progress: @escaping @Sendable (String) -> Void
  ) {
    self.environment = environment
    self.now = now
    self.pause = pause
    self.progress = progress
  }
}

import Synchronization

/// Notices when the other side lets us wait too long, for its next bytes or until it takes ours.
final class Stall: Sendable {
  struct TooLong: Error {}

  private let since = Mutex<[Int: ContinuousClock.Instant]>([:])
  private let limit: Duration

  init(limit: Duration) { self.limit = limit }

  /// Waits for something that is the other side's to do.
  /// - Parameter place: what; each is waited for by one task
  func waiting<Result>(
    isolation: isolated (any Actor)? = #isolation, _ place: Int, _ body: () async throws -> Result
  ) async rethrows -> Result {
    since.withLock { $0[place] = .now }
    defer { since.withLock { $0[place] = nil } }
    return try await body()
  }

  /// Looks now and then, until it is cancelled.
  /// - Throws: ``TooLong``
  func watch() async throws {
    while true {
      try await Task.sleep(for: limit / 4)
      let now = ContinuousClock.now
      if since.withLock({ $0.values.contains { $0 + limit < now } }) { throw TooLong() }
    }
  }
}

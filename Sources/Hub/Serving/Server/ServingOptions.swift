/// How a hub is served.
public struct ServingOptions: Hashable, Sendable {
  /// Whether a proxy in front speaks TLS: its `X-Forwarded-For` is believed, and browsers are told to stay with https.
  public var isBehindProxy = false
  /// Whether the scorecard's pages are open to everybody who reaches the server.
  public var hasOpenPages = false
  /// How much it takes on.
  public var limits = ServingLimits()

  /// A server on its own whose pages need a token.
  public init() {}
}

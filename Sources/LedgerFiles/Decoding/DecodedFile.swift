public import LedgerModel

/// One file of a ledger, read by itself: what it means, and what is wrong with it.
public struct DecodedFile: Sendable {
  /// What a file means, by its place in the ledger.
  public enum Content: Sendable {
    case settings(LedgerSettings)
    case people(People)
    /// By id.
    case goals([String: Goal])
    case department(Department)
    case definition(Definition)
    case actuals(KPIID, Actuals)
    /// With the pair of currencies, as `EUR-USD`.
    case rates(String, ExchangeRates)
    case action(Action)
    case minutes(Minutes)
    case proposal(Proposal)
    case close(Close)
  }

  public let path: String
  /// nil where the file could not be read, or has no meaning to a ledger.
  public let content: Content?
  public let findings: [Finding]

  public init(path: String, content: Content?, findings: [Finding]) {
    self.path = path
    self.content = content
    self.findings = findings
  }
}

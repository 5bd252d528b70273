public import Calculation
public import Git

/// What a published scorecard is of. The message of its commit says it, so that anybody makes it again.
public struct Edition: Hashable, Sendable {
  /// The commit of the main line whose figures it shows.
  public let source: ObjectID
  /// The last day that counts.
  public let asOf: Day
  /// The period that it is of.
  public let period: Period
  /// The version of the `kpi` that made it.
  public let version: String

  /// A scorecard of these.
  public init(source: ObjectID, asOf: Day, period: Period, version: String) {
    self.source = source
    self.asOf = asOf
    self.period = period
    self.version = version
  }

  /// Reads the message of a commit of the branch `scorecard`; nil where it says something else.
  public init?(message: String) {
    var trailers: [Substring: String] = [:]
    for line in message.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      trailers[line[..<colon]] = String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    guard let source = trailers["Source"].flatMap({ ObjectID($0) }), let asOf = trailers["As-Of"].flatMap({ Day($0) }),
      let period = trailers["Period"].flatMap({ Period($0) }), let version = trailers["Version"]
    else { return nil }
    self.init(source: source, asOf: asOf, period: period, version: version)
  }

  /// The message of the commit that publishes it.
  public var message: String {
    """
    Scorecard of \(period) as of \(asOf)

    Source: \(source)
    As-Of: \(asOf)
    Period: \(period)
    Version: \(version)

    """
  }
}

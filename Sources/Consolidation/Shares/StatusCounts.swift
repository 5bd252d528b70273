import Calculation

/// How many KPIs have which status; only KPIs that count (class `kpi`) are counted.
public struct StatusCounts: Hashable, Sendable {
  public var green = 0
  public var amber = 0
  public var red = 0
  public var grey = 0
  /// Of a running period: those whose landing is red.
  public var atRisk = 0

  /// No KPIs at all.
  public init() {}

  /// All that count.
  public var total: Int { green + amber + red + grey }

  /// So many more, or less, with a status.
  mutating func add(_ status: Status?, atRisk isAtRisk: Bool, _ count: Int) {
    switch status {
    case .green: green += count
    case .amber: amber += count
    case .red: red += count
    case .grey: grey += count
    case nil: return
    }
    if isAtRisk { atRisk += count }
  }

  static func + (one: StatusCounts, other: StatusCounts) -> StatusCounts {
    var sum = one
    sum.green += other.green
    sum.amber += other.amber
    sum.red += other.red
    sum.grey += other.grey
    sum.atRisk += other.atRisk
    return sum
  }
}

extension StatusCounts: Stored {
  package func write(to stored: inout StoredWriter) {
    for count in [green, amber, red, grey, atRisk] { stored.int(count) }
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    green = try stored.int()
    amber = try stored.int()
    red = try stored.int()
    grey = try stored.int()
    atRisk = try stored.int()
  }
}

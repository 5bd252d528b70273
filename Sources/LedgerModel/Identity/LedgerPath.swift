/// What a path inside a ledger stands for: DESIGN section 3's layout, in one place.
public enum LedgerPath: Hashable, Sendable {
  case settings
  case people
  case goals
  /// `rates/EUR-USD.csv`
  case rates(from: String, to: String)
  case department(String)
  case definition(KPIID)
  case actuals(KPIID)
  case action(department: String, id: String)
  case review(department: String, period: String)
  /// `proposals/<path of the file>/<id>.yaml`
  case proposal(file: String, id: String)
  case close(scope: String, period: String)
  /// Any other file: kept, merged by generic shapes, but with no meaning to the scorecard.
  case other

  public init(_ path: String) {
    var path = path
    self = path.withUTF8 { PathParts($0).path } ?? .other
  }

  /// Whether the path belongs to the layout, so that `kpi sync` commits it.
  public var isInLayout: Bool { self != .other }

  /// The KPI whose definition or actuals the file holds.
  public var kpi: KPIID? {
    switch self {
    case .definition(let id), .actuals(let id): id
    default: nil
    }
  }
}

/// A path cut at its slashes, byte by byte: paths are classified by the thousand.
private struct PathParts {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// At most five parts: no path of the layout but a proposal's has more, and of that the rest does not matter.
  private var parts: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    parts.reserveCapacity(5)
    var start = 0
    for place in bytes.indices where bytes[place] == UInt8(ascii: "/") && parts.count < 4 {
      parts.append(start..<place)
      start = place + 1
    }
    parts.append(start..<bytes.count)
  }

  var path: LedgerPath? {
    if self[0, is: "proposals"] { return proposal }
    switch parts.count {
    case 1:
      return self[0, is: "ledger.yaml"]
        ? .settings
        : self[0, is: "people.yaml"]
          ? .people
          : self[0, is: "goals.yaml"] ? .goals : nil
    case 2 where self[0, is: "rates"]: return rates
    case 3 where self[0, is: "departments"] && self[2, is: "department.yaml"]:
      return slug(parts[1]).map { .department($0) }
    case 3 where self[0, is: "closes"]:
      guard let scope = slug(parts[1]), let period = stem(parts[2], ".yaml") else { return nil }
      return .close(scope: scope, period: text(period))
    case 4 where self[0, is: "departments"]: return departmentFile
    default: return nil
    }
  }

  private var rates: LedgerPath? {
    guard let stem = stem(parts[1], ".csv") else { return nil }
    let codes = bytes[stem].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard codes.count == 2, codes.allSatisfy({ $0.count == 3 && $0.allSatisfy(capitals.contains) }) else { return nil }
    return .rates(from: String(decoding: codes[0], as: UTF8.self), to: String(decoding: codes[1], as: UTF8.self))
  }

  private var departmentFile: LedgerPath? {
    guard let department = slug(parts[1]) else { return nil }
    if self[2, is: "kpis"] {
      return stem(parts[3], ".yaml").flatMap(slug).map { .definition(KPIID(valid: department, $0)) }
    }
    if self[2, is: "actuals"] {
      return stem(parts[3], ".csv").flatMap(slug).map { .actuals(KPIID(valid: department, $0)) }
    }
    if self[2, is: "actions"] {
      return stem(parts[3], ".yaml").flatMap(slug).map { .action(department: department, id: $0) }
    }
    guard self[2, is: "reviews"] else { return nil }
    return stem(parts[3], ".yaml").map { .review(department: department, period: text($0)) }
  }

  private var proposal: LedgerPath? {
    guard parts.count >= 3, let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash > parts[1].lowerBound,
      let id = stem(slash + 1..<bytes.count, ".yaml").flatMap(slug)
    else { return nil }
    return .proposal(file: text(parts[1].lowerBound..<slash), id: id)
  }

  private subscript(_ part: Int, is name: StaticString) -> Bool {
    parts[part].count == name.utf8CodeUnitCount
      && bytes[parts[part]].elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private func slug(_ range: Range<Int>) -> String? { Slug.isValid(bytes: bytes[range]) ? text(range) : nil }

  private func stem(_ range: Range<Int>, _ suffix: StaticString) -> Range<Int>? {
    let end = range.upperBound - suffix.utf8CodeUnitCount
    guard end > range.lowerBound,
      bytes[end..<range.upperBound].elementsEqual(
        UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
    else { return nil }
    return range.lowerBound..<end
  }
}

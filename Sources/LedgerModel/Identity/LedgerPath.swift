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
    self = Self.classify(Self.parts(of: path)) ?? .other
  }

  /// The parts between slashes, found byte by byte: paths are classified by the thousand.
  private static func parts(of path: String) -> [Substring] {
    var parts: [Substring] = []
    parts.reserveCapacity(4)
    var start = path.startIndex
    let bytes = path.utf8
    var place = start
    while place != bytes.endIndex {
      if bytes[place] == UInt8(ascii: "/") {
        parts.append(path[start..<place])
        start = bytes.index(after: place)
      }
      place = bytes.index(after: place)
    }
    parts.append(path[start...])
    return parts
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

  private static func classify(_ parts: [Substring]) -> LedgerPath? {
    switch parts.count {
    case 1:
      switch parts[0] {
      case "ledger.yaml": return .settings
      case "people.yaml": return .people
      case "goals.yaml": return .goals
      default: return nil
      }
    case 2 where parts[0] == "rates": return rates(parts[1])
    case 3 where parts[0] == "departments" && parts[2] == "department.yaml":
      return Slug.isValid(parts[1]) ? .department(String(parts[1])) : nil
    case 3 where parts[0] == "closes":
      guard Slug.isValid(parts[1]), let period = stem(parts[2], ".yaml") else { return nil }
      return .close(scope: String(parts[1]), period: period)
    case 4 where parts[0] == "departments": return departmentFile(parts)
    default: return parts.first == "proposals" ? proposal(parts) : nil
    }
  }

  private static func rates(_ name: Substring) -> LedgerPath? {
    guard let stem = stem(name, ".csv") else { return nil }
    let codes = stem.split(separator: "-", omittingEmptySubsequences: false)
    guard codes.count == 2, codes.allSatisfy({ $0.count == 3 && $0.allSatisfy { $0.isASCII && $0.isUppercase } })
    else { return nil }
    return .rates(from: String(codes[0]), to: String(codes[1]))
  }

  private static func departmentFile(_ parts: [Substring]) -> LedgerPath? {
    let department = String(parts[1])
    guard Slug.isValid(department) else { return nil }
    switch parts[2] {
    case "kpis":
      return stem(parts[3], ".yaml").flatMap { KPIID(department: department, kpi: $0) }.map { .definition($0) }
    case "actuals":
      return stem(parts[3], ".csv").flatMap { KPIID(department: department, kpi: $0) }.map { .actuals($0) }
    case "actions":
      guard let id = stem(parts[3], ".yaml"), Slug.isValid(id) else { return nil }
      return .action(department: department, id: id)
    case "reviews": return stem(parts[3], ".yaml").map { .review(department: department, period: $0) }
    default: return nil
    }
  }

  private static func proposal(_ parts: [Substring]) -> LedgerPath? {
    guard parts.count >= 3, let last = parts.last, let id = stem(last, ".yaml"), Slug.isValid(id) else { return nil }
    return .proposal(file: parts[1..<(parts.count - 1)].joined(separator: "/"), id: id)
  }

  private static func stem(_ name: Substring, _ suffix: String) -> String? {
    name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count ? String(name.dropLast(suffix.count)) : nil
  }
}

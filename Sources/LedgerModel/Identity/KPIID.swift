/// A KPI's id: `department/kpi`, as `sales/win-rate`. It is the path of the KPI's files.
public struct KPIID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let department: String
  public let kpi: String

  /// The id, or nil where either part is not `[a-z0-9][a-z0-9-]*`.
  public init?(department: some StringProtocol, kpi: some StringProtocol) {
    guard Slug.isValid(department), Slug.isValid(kpi) else { return nil }
    self.department = String(department)
    self.kpi = String(kpi)
  }

  /// An id whose parts are known to be valid.
  init(valid department: String, _ kpi: String) {
    self.department = department
    self.kpi = kpi
  }

  /// The id written as `department/kpi`, or nil where it is not one.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.init(department: parts[0], kpi: parts[1])
  }

  public var description: String { "\(department)/\(kpi)" }

  /// `departments/sales/kpis/win-rate.yaml`
  public var definitionPath: String { "departments/\(department)/kpis/\(kpi).yaml" }
  /// `departments/sales/actuals/win-rate.csv`
  public var actualsPath: String { "departments/\(department)/actuals/\(kpi).csv" }

  public static func < (one: KPIID, other: KPIID) -> Bool {
    (one.department, one.kpi) < (other.department, other.kpi)
  }
}

/// The form of every id in a ledger: `[a-z0-9][a-z0-9-]*`, at most 100 characters.
public enum Slug {
  public static func isValid(_ text: some StringProtocol) -> Bool { isValid(bytes: text.utf8) }

  static func isValid(bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count <= 100, first != UInt8(ascii: "-") else { return false }
    return bytes.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
  }

  /// The nearest id to a free text, as `mean-distance-between-failures` of "Mean Distance Between Failures"; nil
  /// where nothing of the text can stand in an id.
  public static func suggested(for text: some StringProtocol) -> String? {
    var slug = ""
    for character in text.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        slug.append(character)
      } else if !slug.isEmpty, slug.last != "-" {
        slug.append("-")
      }
    }
    while slug.last == "-" { slug.removeLast() }
    slug = String(slug.prefix(100))
    while slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? nil : slug
  }
}

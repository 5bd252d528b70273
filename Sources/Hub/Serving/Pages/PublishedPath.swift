import LedgerModel

/// The file of the branch `scorecard` that an address stands for.
struct PublishedPath: Hashable {
  let path: String
  let mediaType: String
  /// Whether it is the page of the whole company, which people come to first.
  let isFront: Bool

  private static let mediaTypes = [
    "html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
  ]

  /// - Parameter path: of the address, without a slash at its beginning; "" is the company's page
  init?(_ path: String) {
    let path = path.isEmpty ? "company.html" : path
    guard let dot = path.lastIndex(of: "."), let type = Self.mediaTypes[String(path[path.index(after: dot)...])] else {
      return nil
    }
    let parts = path[..<dot].split(separator: "/", omittingEmptySubsequences: false)
    let isDepartment =
      parts.count == 2 && parts[0] == "departments" && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy { Self.isOfName($0) }
    guard parts == ["company"] || isDepartment else { return nil }
    self.path = path
    mediaType = type
    isFront = !isDepartment
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "-")
  }
}

public import LedgerModel

/// Where a YAML file names a KPI: in `leads_to`, `affects`, `consolidates`, formulas, and the KPI of an action.
public enum KPIMentions {
  /// Whether the file names the KPI.
  public static func has(_ id: KPIID, in bytes: [UInt8], path: String) -> Bool {
    !places(of: id, in: bytes, path: path).isEmpty
  }

  /// The file with another id in each of these places; nil where it does not name the KPI.
  public static func replacing(_ old: KPIID, with new: KPIID, in bytes: [UInt8], path: String) -> [UInt8]? {
    let places = places(of: old, in: bytes, path: path)
    guard !places.isEmpty else { return nil }
    var result: [UInt8] = []
    var copied = 0
    for place in places {
      result += bytes[copied..<place.lowerBound] + Array(new.description.utf8)
      copied = place.upperBound
    }
    return result + bytes[copied...]
  }

  /// Whether the file adds up the KPIs of a name in all departments: `consolidates: {from: "*/win-rate"}`.
  static func addsUp(_ kpi: String, in bytes: [UInt8]) -> Bool {
    guard TextSearch.contains(Array("*/\(kpi)".utf8), in: bytes) else { return false }
    let from = YAMLDocument(parsing: bytes).node(at: ["consolidates", "from"])
    return scalars(from).contains { $0.scalar?.text == "*/\(kpi)" }
  }

  /// The bytes of the id itself, in order.
  private static func places(of id: KPIID, in bytes: [UInt8], path: String) -> [Range<Int>] {
    let word = Array(id.description.utf8)
    guard TextSearch.contains(word, in: bytes) else { return [] }
    let document = YAMLDocument(parsing: bytes)
    let named = names(in: document, path: path).flatMap { occurrences(of: word, in: bytes, within: $0.range) }
    let calculated = formulas(in: document, path: path).flatMap { node in
      occurrences(of: word, in: bytes, within: node.range).filter { isCalled($0.lowerBound, in: bytes, node.range) }
    }
    return (named + calculated).sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func names(in document: YAMLDocument, path: String) -> [YAMLNode] {
    switch LedgerPath(path) {
    case .definition:
      let affects = document.node(at: ["affects"])?.items?.compactMap { $0.value.entry("kpi")?.value } ?? []
      return scalars(document.node(at: ["leads_to"])) + affects + scalars(document.node(at: ["consolidates", "from"]))
    case .action: return scalars(document.node(at: ["kpi"]))
    default: return []
    }
  }

  private static func formulas(in document: YAMLDocument, path: String) -> [YAMLNode] {
    guard case .definition = LedgerPath(path) else { return [] }
    let earlier = document.node(at: ["earlier"])?.items?.compactMap { $0.value.entry("formula")?.value } ?? []
    return scalars(document.node(at: ["formula"])) + earlier
  }

  private static func scalars(_ node: YAMLNode?) -> [YAMLNode] {
    guard let node else { return [] }
    return node.items.map { $0.map(\.value) } ?? [node]
  }

  /// Whether `kpi(` stands before a place: `sales/orders` alone is one input divided by another.
  private static func isCalled(_ place: Int, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let before = bytes[range.lowerBound..<place].filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return before.suffix(4).elementsEqual("kpi(".utf8)
  }

  /// Where a word stands with nothing beside it that an id could go on with.
  private static func occurrences(of word: [UInt8], in bytes: [UInt8], within range: Range<Int>) -> [Range<Int>] {
    func goesOn(_ place: Int) -> Bool {
      guard range.contains(place) else { return false }
      let byte = bytes[place]
      return byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "*")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    var found: [Range<Int>] = []
    var place = range.lowerBound
    while place + word.count <= range.upperBound {
      if bytes[place..<place + word.count].elementsEqual(word), !goesOn(place - 1), !goesOn(place + word.count) {
        found.append(place..<place + word.count)
        place += word.count
      } else {
        place += 1
      }
    }
    return found
  }
}

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

  /// The bytes of the id itself, in order.
  private static func places(of id: KPIID, in bytes: [UInt8], path: String) -> [Range<Int>] {
    let word = Array(id.description.utf8)
    guard TextSearch.contains(word, in: bytes) else { return [] }
    let document = YAMLDocument(parsing: bytes)
    return nodes(in: document, path: path).flatMap { occurrences(of: word, in: bytes, within: $0.range) }
  }

  private static func nodes(in document: YAMLDocument, path: String) -> [YAMLNode] {
    func scalars(_ node: YAMLNode?) -> [YAMLNode] {
      guard let node else { return [] }
      return node.items.map { $0.map(\.value) } ?? [node]
    }
    switch LedgerPath(path) {
    case .definition:
      let affects = document.node(at: ["affects"])?.items?.compactMap { $0.value.entry("kpi")?.value } ?? []
      let earlier = document.node(at: ["earlier"])?.items?.compactMap { $0.value.entry("formula")?.value } ?? []
      return
        (scalars(document.node(at: ["leads_to"])) + affects + earlier
        + scalars(document.node(at: ["consolidates", "from"])) + scalars(document.node(at: ["formula"])))
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
    case .action: return scalars(document.node(at: ["kpi"]))
    default: return []
    }
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

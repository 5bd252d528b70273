#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A block-style YAML text cut at its top-level fields, without parsing what is in them.
///
/// Each field has the lines from the comments and blank lines above it to its own last one, so that every byte belongs
/// to one field or to the end. Good for telling in which fields two versions differ, many times faster than reading both.
public struct TopLevelFields {
  /// The text.
  public let bytes: [UInt8]
  private let fields: [Field]
  /// What follows the last field: comments and blank lines.
  private let end: Range<Int>

  private struct Field {
    let name: Range<Int>
    let extent: Range<Int>
  }

  /// Nil where the text has any line at the margin that is neither a plain field, a comment nor blank, or has a field
  /// twice: such a text has to be parsed.
  public init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    var fields: [Field] = []
    var begin = 0
    var name: Range<Int>?
    var lead = 0
    let isPlain = bytes.withUnsafeBufferPointer { text -> Bool in
      var line = 0
      while line < text.count {
        let next = Self.end(ofLine: line, in: text)
        switch text[line] {
        case UInt8(ascii: "\n"), UInt8(ascii: "#"): break
        case UInt8(ascii: " "):
          guard name != nil else { return false }
          lead = next
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
          guard let found = Self.name(at: line, until: next, in: text) else { return false }
          if let open = name {
            fields.append(Field(name: open, extent: begin..<lead))
            begin = lead
          }
          name = found
          lead = next
        default: return false
        }
        line = next
      }
      return text.last == UInt8(ascii: "\n")
    }
    guard isPlain, let last = name else { return nil }
    fields.append(Field(name: last, extent: begin..<lead))
    self.fields = fields
    end = lead..<bytes.count
    guard Self.areDifferent(fields.map(\.name), in: bytes) else { return nil }
  }

  /// Whether no two names are the same: there are few, and their lengths differ mostly.
  private static func areDifferent(_ names: [Range<Int>], in bytes: [UInt8]) -> Bool {
    guard names.count <= 200 else { return Set(names.map { bytes[$0] }).count == names.count }
    return bytes.withUnsafeBufferPointer { text in
      names.indices.allSatisfy { place in
        names[..<place].allSatisfy { !isEqual(text, names[place], text, $0) }
      }
    }
  }

  private static func end(ofLine start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress, let found = memchr(base + start, 0x0A, text.count - start) else {
      return text.count
    }
    return base.distance(to: found.assumingMemoryBound(to: UInt8.self)) + 1
  }

  /// The name of a field that a line begins: letters, digits and underscores before a colon.
  private static func name(at start: Int, until end: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var place = start
    while place < end {
      switch text[place] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        place += 1
      case UInt8(ascii: ":"):
        let after = place + 1
        return after < end && (text[after] == 0x20 || text[after] == 0x0A) ? start..<place : nil
      default: return nil
      }
    }
    return nil
  }

  /// The names of the fields in which this text differs from an older one; nil where they do not have the same fields in
  /// the same order, or end differently.
  public func changed(from older: TopLevelFields) -> [String]? {
    places(differingFrom: older)?.map { String(decoding: bytes[fields[$0].name], as: UTF8.self) }
  }

  /// One field as two texts have it, with its comments.
  public struct Change {
    public let name: String
    public let old: [UInt8]
    public let new: [UInt8]
  }

  /// The fields in which this text differs from an older one, as both have them; nil as `changed(from:)`.
  public func changes(from older: TopLevelFields) -> [Change]? {
    places(differingFrom: older)?.map { place in
      Change(
        name: String(decoding: bytes[fields[place].name], as: UTF8.self),
        old: Array(older.bytes[older.fields[place].extent]), new: Array(bytes[fields[place].extent]))
    }
  }

  private func places(differingFrom older: TopLevelFields) -> [Int]? {
    guard fields.count == older.fields.count else { return nil }
    return bytes.withUnsafeBufferPointer { ours -> [Int]? in
      older.bytes.withUnsafeBufferPointer { theirs -> [Int]? in
        guard Self.isEqual(ours, end, theirs, older.end) else { return nil }
        var places: [Int] = []
        for (place, (one, other)) in zip(fields, older.fields).enumerated() {
          guard Self.isEqual(ours, one.name, theirs, other.name) else { return nil }
          if !Self.isEqual(ours, one.extent, theirs, other.extent) { places.append(place) }
        }
        return places
      }
    }
  }

  private static func isEqual(
    _ one: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ other: UnsafeBufferPointer<UInt8>, _ second: Range<Int>
  ) -> Bool {
    guard range.count == second.count else { return false }
    guard !range.isEmpty, let first = one.baseAddress, let last = other.baseAddress else { return true }
    return memcmp(first + range.lowerBound, last + second.lowerBound, range.count) == 0
  }

  /// This text with the fields that another version changed of a base, as that version has them; a field that it only
  /// laid out anew stays as it is here.
  /// - Returns: nil where both sides changed one field, or fields that are one key, or either side added, removed or
  ///   reordered any, or what comes of it is no YAML.
  public func taking(_ other: TopLevelFields, since base: TopLevelFields, as shape: Shape) -> [UInt8]? {
    guard let ours = places(differingFrom: base), let theirs = other.places(differingFrom: base) else { return nil }
    func keys(_ places: [Int]) -> Set<Key> {
      Set(
        places.map { place in
          let name = String(decoding: bytes[fields[place].name], as: UTF8.self)
          if case .together(let key) = shape.cut(of: name) { return key }
          return .path([name])
        })
    }
    guard keys(ours).isDisjoint(with: keys(theirs)) else { return nil }
    var merged: [UInt8] = []
    merged.reserveCapacity(bytes.count + max(0, other.bytes.count - base.bytes.count))
    var copied = 0
    for place in theirs {
      guard let new = other.keys(at: place, shape), let old = base.keys(at: place, shape) else { return nil }
      guard !new.changedKeys(from: old).isEmpty else { continue }
      merged += bytes[copied..<fields[place].extent.lowerBound]
      merged += new.bytes
      copied = fields[place].extent.upperBound
    }
    merged += bytes[copied...]
    return YAMLDocument(parsing: merged).findings.isEmpty ? merged : nil
  }

  /// One field read as keys; nil where it is no YAML.
  private func keys(at place: Int, _ shape: Shape) -> YAMLKeys? {
    YAMLKeys(Array(bytes[fields[place].extent]), shape: shape)
  }
}

public import LedgerModel

/// A YAML text read without loss: its nodes know the bytes they were read from, and comments know what they belong to.
///
///     let document = YAMLDocument(parsing: Array("owner: coo # for now\n".utf8))
///     document.entry(at: ["owner"])?.commentText   // "for now"
///
/// The YAML is 1.2, core schema, one document, without anchors, aliases, tags, complex keys and duplicate keys; each of
/// these is a fault. Reading never throws and takes time linear in the size; texts over `sizeLimit` are not read.
public struct YAMLDocument: Sendable {
  /// The largest text that is read, in bytes: 4 MB.
  public static let sizeLimit = 4 << 20
  /// How deep mappings and lists may be nested.
  public static let depthLimit = 64

  /// The text as found.
  public let bytes: [UInt8]
  /// The value; nil for an empty document, and partial where there are faults.
  public let root: YAMLNode?
  /// What is wrong with the text, in the order of the text.
  public let findings: [YAMLFault]

  /// Reads a text; what is wrong with it is in `findings`.
  public init(parsing bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.count <= Self.sizeLimit else {
      root = nil
      findings = [YAMLFault(rule: "too-large", offset: 0, position: .start, message: Self.tooLarge(bytes.count))]
      return
    }
    let (node, faults) = bytes.withUnsafeBufferPointer { buffer in
      var parser = YAMLParser(buffer)
      return (parser.parseDocument(), parser.faults)
    }
    root = node
    findings =
      faults.isEmpty
      ? []
      : faults.sorted { $0.offset < $1.offset }.map { fault in
        YAMLFault(
          rule: fault.rule, offset: fault.offset, position: TextPosition.of(fault.offset, in: bytes),
          message: fault.message)
      }
  }

  private static func tooLarge(_ count: Int) -> String {
    "The file has \(count >> 20) MB; a YAML file of a ledger may have 4 MB. It was not read."
  }

  /// The line and column of a byte; computed when asked for.
  public func position(at offset: Int) -> Position {
    TextPosition.of(offset, in: bytes)
  }

  /// The node at a path of keys (in lists: indexes, as `"0"`); nil where there is none. The empty path is the root.
  public func node(at path: [String]) -> YAMLNode? {
    var node = root
    for part in path {
      switch node?.kind {
      case .mapping(let entries, _): node = entries.first { $0.key == part }?.value
      case .sequence(let items, _):
        guard let index = Int(part), items.indices.contains(index) else { return nil }
        node = items[index].value
      default: return nil
      }
    }
    return node
  }

  /// The entry at a path of keys; nil where there is none.
  public func entry(at path: [String]) -> YAMLEntry? {
    guard let last = path.last else { return nil }
    return node(at: Array(path.dropLast()))?.entry(last)
  }
}

/// Lines and columns of byte offsets in UTF-8 texts.
enum TextPosition {
  /// The position of an offset: lines end at LF, CR or CRLF; columns count Unicode scalars, a byte order mark not.
  static func of(_ offset: Int, in bytes: [UInt8]) -> Position {
    bytes.withUnsafeBufferPointer { of(offset, in: $0) }
  }

  static func of(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Position {
    let end = min(max(offset, 0), bytes.count)
    var line = 1
    var lineStart = 0
    var index = 0
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A)) {
        line += 1
        lineStart = index
      }
    }
    if lineStart == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { lineStart = 3 }
    var column = 1
    index = lineStart
    while index < end {
      index += 1
      if index >= bytes.count || bytes[index] & 0xC0 != 0x80 { column += 1 }
    }
    return Position(line: line, column: column)
  }
}

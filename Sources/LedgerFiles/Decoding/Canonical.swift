public import LedgerModel

/// What `kpi check --fix` does to a file: its form made right, its meaning left alone.
public enum Canonical {
  /// The file in its canonical form and the findings that remain in it; nil where there is nothing to fix, or where
  /// the file has an error that hides what it means.
  ///
  /// A CSV file is read as a spreadsheet may have written it and written anew (`ActualsWriter`). A YAML file loses its
  /// byte order mark, line ends of other systems and blanks at line ends, and gets a line end at its end; everything
  /// else stays byte for byte.
  ///
  /// - Parameter definition: of actuals, their definition.
  public static func fixed(
    path: String, bytes: [UInt8], definition: Definition? = nil
  ) -> (bytes: [UInt8], findings: [Finding])? {
    guard bytes.count <= FileLimits.standard.bytes(of: path), let fixed = canonical(path, bytes, definition),
      fixed != bytes
    else { return nil }
    return (fixed, LedgerReader.decode(path: path, bytes: fixed, definition: definition).findings)
  }

  private static func canonical(_ path: String, _ bytes: [UInt8], _ definition: Definition?) -> [UInt8]? {
    switch LedgerPath(path) {
    case .other: nil
    case .actuals: ActualsWriter.canonical(bytes, decoder: definition.map { ActualsDecoder($0) } ?? ActualsDecoder())
    case .rates: ActualsWriter.canonical(bytes, decoder: CSVFile.rateDecoder)
    default: yaml(bytes)
    }
  }

  /// A YAML text without what only editors of other systems put there; nil where its meaning would not stay the same.
  static func yaml(_ bytes: [UInt8]) -> [UInt8]? {
    let unmarked = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let text = withLineFeeds(unmarked)
    let before = YAMLDocument(parsing: text)
    guard before.findings.isEmpty else { return nil }
    let fixed = withoutTrailingBlanks(text, keeping: before.root.map(multilineScalars) ?? [])
    let after = YAMLDocument(parsing: fixed)
    let isSame = before.root.map { YAMLValue($0) } == after.root.map { YAMLValue($0) }
    return after.findings.isEmpty && isSame ? fixed : nil
  }

  private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x0D) else { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      if byte != 0x0D {
        text.append(byte)
      } else if index + 1 == bytes.count || bytes[index + 1] != 0x0A {
        text.append(0x0A)
      }
    }
    return text
  }

  /// Where texts of several lines stand: a blank at the end of their lines may be part of them.
  private static func multilineScalars(_ node: YAMLNode) -> [Range<Int>] {
    switch node.kind {
    case .scalar: node.range.isEmpty ? [] : [node.range]
    case .mapping(let entries, _): entries.flatMap { multilineScalars($0.value) }
    case .sequence(let items, _): items.flatMap { multilineScalars($0.value) }
    }
  }

  private static func withoutTrailingBlanks(_ text: [UInt8], keeping scalars: [Range<Int>]) -> [UInt8] {
    var fixed: [UInt8] = []
    fixed.reserveCapacity(text.count + 1)
    var lineStart = 0
    var next = 0
    while lineStart < text.count {
      let lineEnd = text[lineStart...].firstIndex(of: 0x0A) ?? text.count
      while next < scalars.count, scalars[next].upperBound <= lineEnd { next += 1 }
      let isInText = next < scalars.count && scalars[next].lowerBound < lineEnd
      var end = lineEnd
      while !isInText, end > lineStart, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
      fixed.append(contentsOf: text[lineStart..<end])
      fixed.append(0x0A)
      lineStart = lineEnd + 1
    }
    return fixed
  }
}

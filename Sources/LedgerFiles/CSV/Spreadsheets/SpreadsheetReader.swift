/// Reads tables as spreadsheet programs write them, in any locale.
///
/// A byte order mark, UTF-16, Windows-1252 (in part or whole), `;`, tab or `|` between fields, a `sep=;` line, any line
/// ending: all give the same table. Cells are read with a `NumberFormat` and a `PeriodFormat`, which take the locale
/// from the cells themselves and call ambiguous what these leave open.
public enum SpreadsheetReader {
  /// The table in a spreadsheet's text. Its bytes, and all positions, are those of the text in UTF-8.
  public static func table(_ bytes: [UInt8]) -> CSVTable {
    guard bytes.count <= CSVTable.sizeLimit else { return CSVTable(parsing: bytes) }
    let (text, encoding) = SpreadsheetEncoding.utf8(bytes)
    if let (delimiter, start) = declaredDelimiter(text) {
      return CSVTable(parsing: text, delimiter: delimiter, from: start, encoding: encoding)
    }
    return CSVTable(parsing: text, delimiter: delimiter(of: text), encoding: encoding)
  }

  /// The delimiter of a `sep=;` line at the start, and where the table begins behind it.
  private static func declaredDelimiter(_ bytes: [UInt8]) -> (UInt8, Int)? {
    let first = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes.dropFirst(first).prefix(4).elementsEqual("sep=".utf8), bytes.count > first + 5 else { return nil }
    let delimiter = bytes[first + 4]
    var end = first + 5
    guard bytes[end] == 0x0D || bytes[end] == 0x0A, candidates.contains(delimiter) else { return nil }
    if bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A { end += 1 }
    return (delimiter, end + 1)
  }

  private static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  /// The delimiter that the first lines use alike; a comma where none does.
  static func delimiter(of bytes: [UInt8]) -> UInt8 {
    let counts = countsInFirstLines(bytes)
    guard let header = counts.first else { return 0x2C }
    func isRegular(_ index: Int) -> Bool { counts.allSatisfy { $0[index] == header[index] } }
    let best = header.indices.max { one, other in
      let (a, b) = (isRegular(one), isRegular(other))
      let (x, y) = (header[one] > 0 && a, header[other] > 0 && b)
      // Ties go to the earlier candidate.
      return x != y ? y : header[one] != header[other] ? header[one] < header[other] : one > other
    }
    guard let best, header[best] > 0 else { return 0x2C }
    return candidates[best]
  }

  /// How often each candidate stands outside quotes on each of the first lines.
  private static func countsInFirstLines(_ bytes: [UInt8]) -> [[Int]] {
    var lines: [[Int]] = []
    var counts = [0, 0, 0, 0]
    var isQuoted = false
    var isEmpty = true
    for byte in bytes.prefix(1 << 16) {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, byte == 0x0A || byte == 0x0D {
        if !isEmpty { lines.append(counts) }
        if lines.count == 10 { return lines }
        counts = [0, 0, 0, 0]
        isEmpty = true
        continue
      }
      isEmpty = false
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    if !isEmpty, bytes.count <= 1 << 16 { lines.append(counts) }
    return lines
  }
}

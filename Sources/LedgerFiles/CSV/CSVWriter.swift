/// Writes CSV in its canonical form: commas, LF, quotes only where needed.
public enum CSVWriter {
  /// The bytes of a line with its break.
  public static func line(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    write(fields, to: &bytes)
    return bytes
  }

  /// Appends a line with its break.
  public static func write(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      write(field, to: &bytes)
    }
    // A line with nothing on it would be no row.
    if fields.count == 1, fields[0].isEmpty { bytes.append(contentsOf: [0x22, 0x22]) }
    bytes.append(0x0A)
  }

  /// Appends one field, in quotes where it holds a comma, a quote or a line break, or has a blank at an end.
  public static func write(_ field: String, to bytes: inout [UInt8]) {
    var field = field
    field.withUTF8 { text in
      let isBlankAtEnd = text.first == 0x20 || text.last == 0x20 || text.first == 0x09 || text.last == 0x09
      guard isBlankAtEnd || text.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
        return bytes.append(contentsOf: text)
      }
      bytes.append(0x22)
      for byte in text {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
  }
}

/// Splits CSV bytes into rows and fields, in one pass.
struct CSVLexer {
  struct Fault {
    let rule: String
    let offset: Int
    let message: String
  }

  let delimiter: UInt8
  var fields: [CSVTable.Field] = []
  var rows: [CSVTable.Row] = []
  var faults: [Fault] = []
  var lineEnding: CSVTable.LineEnding?
  var hasEmptyLines = false
  private var pos = 0

  init(delimiter: UInt8) { self.delimiter = delimiter }

  mutating func fault(_ rule: String, _ offset: Int, _ message: String) {
    if faults.count < 100 { faults.append(Fault(rule: rule, offset: offset, message: message)) }
  }

  /// Reads all rows; the first is the header.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    for found in YAMLEncoding.faults(in: bytes) { fault(found.rule, found.offset, found.message) }
    guard !faults.contains(where: { $0.rule == "control-character" }) else { return }
    pos = min(max(start, 0), bytes.count)
    if pos == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { pos = 3 }
    while pos < bytes.count {
      if isBreak(bytes[pos]) {
        hasEmptyLines = true
        skipBreak(bytes)
      } else {
        readRow(bytes)
      }
    }
    if rows.isEmpty {
      fault("missing-header", 0, "The file is empty. Its first line names the columns, as period,value.")
    }
  }

  private mutating func readRow(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = pos
    let first = fields.count
    while true {
      readField(bytes)
      guard pos < bytes.count, bytes[pos] == delimiter else { break }
      pos += 1
    }
    skipBreak(bytes)
    rows.append(CSVTable.Row(range: start..<pos, fields: first..<fields.count))
    checkLength(start, bytes)
  }

  /// Each row has as many fields as the header; empty ones too many are a spreadsheet's and do not count.
  private mutating func checkLength(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard rows.count > 1, let last = rows.last else {
      if ConflictMarker.begins(at: start, in: bytes) { fault(ConflictMarker.rule, start, ConflictMarker.message) }
      return
    }
    let expected = rows[0].fields.count
    guard last.fields.count != expected else { return }
    if ConflictMarker.begins(at: start, in: bytes) { return fault(ConflictMarker.rule, start, ConflictMarker.message) }
    if last.fields.count > expected,
      fields[last.fields].dropFirst(expected).allSatisfy({ $0.content.isEmpty })
    {
      return
    }
    fault(
      "csv-ragged-row", start,
      "The row has \(last.fields.count) fields, the header \(expected). Put values with a comma into quotes.")
  }

  private mutating func readField(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = pos
    if pos < bytes.count, bytes[pos] == 0x22 {
      readQuotedField(bytes)
      return
    }
    while pos < bytes.count, bytes[pos] != delimiter, !isBreak(bytes[pos]) { pos += 1 }
    fields.append(CSVTable.Field(range: start..<pos, isQuoted: false, isEscaped: false))
  }

  private mutating func readQuotedField(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = pos
    var isEscaped = false
    pos += 1
    while pos < bytes.count {
      if bytes[pos] == 0x22 {
        guard pos + 1 < bytes.count, bytes[pos + 1] == 0x22 else { break }
        isEscaped = true
        pos += 1
      }
      pos += 1
    }
    guard pos < bytes.count else {
      fault("csv-unclosed-quote", start, "The quote that begins here is not closed.")
      fields.append(CSVTable.Field(range: start..<bytes.count, isQuoted: false, isEscaped: false))
      return
    }
    pos += 1
    let end = pos
    while pos < bytes.count, bytes[pos] != delimiter, !isBreak(bytes[pos]) { pos += 1 }
    if bytes[end..<pos].contains(where: { $0 != 0x20 }) {
      fault(
        "csv-stray-quote", end, "There is text behind the closing quote. Write a quote inside a value twice (\"\").")
    }
    fields.append(CSVTable.Field(range: start..<end, isQuoted: true, isEscaped: isEscaped))
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func skipBreak(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard pos < bytes.count else { return }
    let kind: CSVTable.LineEnding
    if bytes[pos] == 0x0A {
      kind = .lf
      pos += 1
    } else if pos + 1 < bytes.count, bytes[pos + 1] == 0x0A {
      kind = .crlf
      pos += 2
    } else {
      kind = .cr
      pos += 1
    }
    lineEnding = lineEnding == nil || lineEnding == kind ? kind : .mixed
  }

  /// Notes columns that have the name of an earlier one.
  mutating func checkColumns(_ header: [String]) {
    guard Set(header).count < header.count, let row = rows.first else { return }
    var seen: Set<String> = []
    for (index, name) in header.enumerated() where !name.isEmpty {
      guard !seen.insert(name).inserted else { continue }
      fault(
        "csv-duplicate-column", fields[row.fields.lowerBound + index].range.lowerBound,
        "There is a second column \"\(name)\". Give each column a name of its own.")
    }
    faults.sort { $0.offset < $1.offset }
  }
}

/// What a text merge leaves in a file that it could not merge.
enum ConflictMarker {
  static let rule = "conflict-marker"
  static let message =
    "This line was left by a merge made without kpi. Keep one of the two versions, and remove the lines <<<, === and >>>."

  /// Whether seven of one of the signs, alone or before a blank, stand at an offset.
  static func begins(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard start + 7 <= bytes.count else { return false }
    let sign = bytes[start]
    guard sign == 0x3C || sign == 0x3D || sign == 0x3E || sign == 0x7C else { return false }
    guard bytes[start..<(start + 7)].allSatisfy({ $0 == sign }) else { return false }
    return start + 7 == bytes.count || YAMLParser.isBlankOrEnd(bytes[start + 7])
  }
}

public import LedgerModel

/// A CSV text read without loss: each field and row knows its bytes.
///
///     let table = CSVTable(parsing: Array("period,won\n2026-01,12\n".utf8))
///     table.header            // ["period", "won"]
///     table.text(row: 0, column: 1)   // "12"
///
/// Quoted fields may hold delimiters, doubled quotes and line breaks. Lines end with LF, CRLF or CR; empty lines are no
/// rows. Reading never throws and takes time linear in the size; texts over `sizeLimit` are not read.
public struct CSVTable: Sendable {
  /// A field's place.
  public struct Field: Hashable, Sendable {
    /// Its bytes, quotes included.
    public let range: Range<Int>
    public let isQuoted: Bool
    /// Whether the quoted content holds doubled quotes.
    let isEscaped: Bool

    /// Its bytes without quotes; doubled quotes are still doubled.
    public var content: Range<Int> {
      guard isQuoted else { return range }
      let lower = min(range.lowerBound + 1, range.upperBound)
      return lower..<max(lower, range.upperBound - 1)
    }
  }

  /// A row's place.
  public struct Row: Hashable, Sendable {
    /// Its bytes, with the line break at its end.
    public let range: Range<Int>
    /// Indexes of its fields in `CSVTable.fields`.
    public let fields: Range<Int>
  }

  /// How the lines of a text end.
  public enum LineEnding: String, Hashable, Sendable {
    case lf
    case crlf
    case cr
    /// Several kinds in one text.
    case mixed
  }

  /// The largest text that is read, in bytes.
  public static let sizeLimit = FileLimits.standard.csvBytes

  /// The text, in UTF-8.
  public let bytes: [UInt8]
  public let delimiter: UInt8
  /// How its lines end; `lf` where there is no line break outside quotes.
  public let lineEnding: LineEnding
  /// What the text was in before it was read; a text that is not UTF-8 is turned into it by `SpreadsheetReader` only.
  public let encoding: TextEncoding
  public let hasByteOrderMark: Bool
  /// Whether lines without anything on them were passed over.
  public let hasEmptyLines: Bool
  /// The fields of the header and of all rows, in the order of the text.
  public let fields: [Field]
  /// The first line; nil for an empty text.
  public let headerRow: Row?
  /// The names of the columns, trimmed.
  public let header: [String]
  /// The rows below the header.
  public let rows: [Row]
  /// What is wrong with the text, in its order, at most a hundred.
  public let faults: [CSVFault]

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - delimiter: what separates fields.
  public init(parsing bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) {
    self.init(parsing: bytes, delimiter: delimiter, from: 0, encoding: .utf8)
  }

  /// As above, with the header at `start`: behind a spreadsheet's `sep=;` line.
  init(parsing bytes: [UInt8], delimiter: UInt8, from start: Int = 0, encoding: TextEncoding) {
    self.bytes = bytes
    self.encoding = encoding
    self.delimiter = delimiter
    var lexer = CSVLexer(delimiter: delimiter)
    let limit = Self.sizeLimit
    if bytes.count > limit {
      lexer.fault("too-large", 0, "The file has \(bytes.count >> 20) MB, more than \(limit >> 20). It was not read.")
    } else {
      bytes.withUnsafeBufferPointer { lexer.read($0, from: start) }
    }
    fields = lexer.fields
    headerRow = lexer.rows.first
    rows = lexer.rows.count > 1 ? Array(lexer.rows.dropFirst()) : []
    lineEnding = lexer.lineEnding ?? .lf
    hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    hasEmptyLines = lexer.hasEmptyLines
    header =
      headerRow.map { row in
        lexer.fields[row.fields].map { CSVTable.trimmed(CSVTable.text($0, in: bytes)) }
      } ?? []
    lexer.checkColumns(header)
    faults = lexer.faults.map {
      CSVFault(rule: $0.rule, offset: $0.offset, position: TextPosition.of($0.offset, in: bytes), message: $0.message)
    }
  }

  /// The index of a column by its name; nil where there is none.
  public func column(_ name: String) -> Int? { header.firstIndex(of: name) }

  /// The field of a row in a column; nil where the row is too short or there is no such row.
  public func field(row: Int, column: Int) -> Field? {
    guard rows.indices.contains(row), column >= 0, column < rows[row].fields.count else { return nil }
    return fields[rows[row].fields.lowerBound + column]
  }

  /// The content of a row's field, as written but for the quotes; empty where the row is too short.
  public func text(row: Int, column: Int) -> String {
    field(row: row, column: column).map(text) ?? ""
  }

  /// The content of a field, as written but for the quotes.
  public func text(_ field: Field) -> String { Self.text(field, in: bytes) }

  /// The line and column of a byte; computed when asked for.
  public func position(at offset: Int) -> Position { TextPosition.of(offset, in: bytes) }

  /// The place of a row's field, of the row's end where it is too short.
  public func position(row: Int, column: Int) -> Position {
    if let field = field(row: row, column: column) { return position(at: field.range.lowerBound) }
    guard rows.indices.contains(row) else { return .start }
    return position(at: rows[row].range.lowerBound)
  }

  static func text(_ field: Field, in bytes: [UInt8]) -> String {
    let content = bytes[field.content]
    guard field.isEscaped else { return String(decoding: content, as: UTF8.self) }
    var plain: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == 0x22 && !isSecond
      if !(byte == 0x22 && isSecond) { plain.append(byte) }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The text without blanks at its ends, no-break spaces included.
  static func trimmed(_ text: String) -> String {
    func isBlank(_ character: Unicode.Scalar) -> Bool {
      character == " " || character == "\t" || character == "\u{A0}" || character == "\n" || character == "\r"
        || character == "\u{202F}" || character == "\u{FEFF}"
    }
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}

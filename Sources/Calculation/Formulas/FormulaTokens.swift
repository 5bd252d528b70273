/// Cuts a formula's text into numbers, names and symbols.
struct FormulaTokens {
  enum Token: Hashable {
    case number(Quantity)
    case name(String)
    case symbol(String)
    case end

    /// The token as a message names it.
    var described: String {
      switch self {
      case .number(let number): "the number \(number)"
      case .name(let name): "‘\(name)’"
      case .symbol(let symbol): "‘\(symbol)’"
      case .end: "the end of the formula"
      }
    }
  }

  private let bytes: [UInt8]
  private var position = 0
  private var start = 0
  private(set) var current = Token.end

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Where the current token begins, in characters from 1. Only ASCII ever stands before it.
  var column: Int { start + 1 }

  mutating func advance() throws(FormulaFault) {
    skip(while: { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
    start = position
    guard let byte = peek() else {
      current = .end
      return
    }
    if Self.isDigit(byte) || byte == UInt8(ascii: ".") {
      try takeNumber()
    } else if Self.isLetter(byte) {
      skip(while: { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") })
      current = .name(taken)
    } else {
      try takeSymbol(byte)
    }
  }

  /// The id between the parentheses of `kpi(…)`; the current token is the opening one, afterwards the closing one.
  mutating func takeKPI() throws(FormulaFault) -> String {
    skip(while: { $0 == 0x20 })
    start = position
    skip(while: {
      Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/")
    })
    let id = taken
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }) else {
      throw FormulaFault(column: column, "Name the other KPI by its id, as kpi(sales/new-orders).")
    }
    try advance()
    return id
  }

  private var taken: String { String(decoding: bytes[start..<position], as: UTF8.self) }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skip(while isWanted: (UInt8) -> Bool) {
    while let byte = peek(), isWanted(byte) { position += 1 }
  }

  private mutating func takeNumber() throws(FormulaFault) {
    let isPart: (UInt8) -> Bool = { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
    skip(while: isPart)
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = peek(), [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(sign) { position += 1 }
      skip(while: isPart)
    }
    guard let number = Quantity(taken) else {
      throw FormulaFault(column: column, "‘\(taken)’ is not a number; write digits with a decimal point, as 12.5.")
    }
    current = .number(number)
  }

  private mutating func takeSymbol(_ byte: UInt8) throws(FormulaFault) {
    position += 1
    if let next = peek(), next == UInt8(ascii: "="), [0x3C, 0x3E, 0x21].contains(byte) {
      position += 1
    } else if !"+-*/(),<>=".utf8.contains(byte) {
      throw FormulaFault(column: column, Self.complaint(about: byte))
    }
    current = .symbol(taken)
  }

  private static func complaint(about byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): "Inputs and functions are written in lower case."
    case UInt8(ascii: "%"): "There is no percent sign; write * 100."
    case UInt8(ascii: "^"): "There is no power; write a * a."
    case 0x80...: "Only plain letters, digits and + - * / ( ) , < > = can stand here."
    default: "‘\(String(decoding: [byte], as: UTF8.self))’ cannot stand in a formula."
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}

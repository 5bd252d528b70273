extension Quantity {
  /// The number written as `-12.5`, `.5`, `1e3` or `1E+05`; nil where the text is not one, has more than 30
  /// significant digits, or a power of ten outside ±30.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let number = text.withUTF8 { QuantityParser.number($0) }
    guard let number else { return nil }
    self = number
  }

  /// The number written in UTF-8, read without making a string: for files.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard let number = QuantityParser.number(bytes) else { return nil }
    self = number
  }

  /// The number written in UTF-8, read without making a string: for files.
  @inlinable public init?(utf8 bytes: some Collection<UInt8>) {
    let number =
      bytes.withContiguousStorageIfAvailable { Quantity(utf8: $0) }
      ?? Array(bytes).withUnsafeBufferPointer { Quantity(utf8: $0) }
    guard let number else { return nil }
    self = number
  }

  /// Appends the plain decimal notation, as `-0.5` or `134869386.24`, without an exponent: fit for JSON and CSV.
  public func write(to bytes: inout [UInt8]) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    withDecimalDigits { digits in
      let whole = digits.count + exponent
      if exponent >= 0 {
        bytes.append(contentsOf: digits)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent))
      } else if whole > 0 {
        bytes.append(contentsOf: digits.prefix(whole))
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: digits.dropFirst(whole))
      } else {
        bytes.append(UInt8(ascii: "0"))
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -whole))
        bytes.append(contentsOf: digits)
      }
    }
  }

  /// The coefficient's digits, on the stack: scorecards write figures by the hundred thousand.
  private func withDecimalDigits(_ body: (Slice<UnsafeMutableBufferPointer<UInt8>>) -> Void) {
    let room = 40
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
      var start = room
      func put(_ digit: UInt8) {
        start -= 1
        buffer[start] = UInt8(ascii: "0") &+ digit
      }
      var rest = coefficient.magnitude
      while rest > UInt128(UInt64.max) {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        put(UInt8(truncatingIfNeeded: digit))
        rest = quotient
      }
      var small = UInt64(truncatingIfNeeded: rest)
      repeat {
        let (quotient, digit) = small.quotientAndRemainder(dividingBy: 10)
        put(UInt8(truncatingIfNeeded: digit))
        small = quotient
      } while small > 0
      body(buffer[start...])
    }
  }
}

extension Quantity: CustomStringConvertible {
  /// Plain decimal notation without an exponent, as `-0.5` or `134869386.24`: a JSON number.
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

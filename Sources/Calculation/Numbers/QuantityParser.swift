/// Reads a decimal number: `[+-] digits [. digits] [e [+-] digits]`, with digits before or behind the point.
struct QuantityParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var magnitude: UInt128 = 0
  /// Digits from the first that is not zero.
  private var significant = 0
  /// Zeros read and not yet multiplied in: trailing ones never are.
  private var zeros = 0
  private var fraction = 0
  private var hasDigits = false

  private static let maximumDigits = 30
  private static let maximumExponent = 30

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The number, or nil where the bytes are not one, or not one within the limits.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Quantity? {
    if let number = shortNumber(bytes) { return number }
    var parser = QuantityParser(bytes)
    return parser.number()
  }

  /// The nearly universal case in one pass over at most 18 digits: nothing but sign, digits and a point.
  private static func shortNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Quantity? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard bytes.count - start > 0, bytes.count - start <= 18 else { return nil }
    var value: Int64 = 0
    var point = -1
    for index in start..<bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit <= 9 {
        value = value &* 10 &+ Int64(digit)
      } else if bytes[index] == UInt8(ascii: "."), point < 0 {
        point = index
      } else {
        return nil
      }
    }
    guard point < 0 || bytes.count - start > 1 else { return nil }
    return Quantity(small: isNegative ? -value : value, exponent: point < 0 ? 0 : point + 1 - bytes.count)
  }

  private mutating func number() -> Quantity? {
    let isNegative = takeSign()
    guard takeDigits(isFraction: false) else { return nil }
    if take(UInt8(ascii: ".")), !takeDigits(isFraction: true) { return nil }
    guard hasDigits, let power = takeExponent(), position == bytes.count else { return nil }
    let exponent = power + zeros - fraction
    guard magnitude == 0 || abs(exponent) <= Self.maximumExponent else { return nil }
    return Quantity(isNegative: isNegative, magnitude: magnitude, exponent: exponent)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Whether a minus was there; a plus is passed over.
  private mutating func takeSign() -> Bool {
    if take(UInt8(ascii: "-")) { return true }
    _ = take(UInt8(ascii: "+"))
    return false
  }

  private mutating func digit() -> UInt8? {
    guard position < bytes.count else { return nil }
    let digit = bytes[position] &- UInt8(ascii: "0")
    guard digit <= 9 else { return nil }
    position += 1
    return digit
  }

  /// False where there are more digits than a number may have.
  private mutating func takeDigits(isFraction: Bool) -> Bool {
    while let digit = digit() {
      hasDigits = true
      if isFraction { fraction += 1 }
      if digit == 0 {
        if significant > 0 { zeros += 1 }
        continue
      }
      significant += zeros + 1
      guard significant <= Self.maximumDigits else { return false }
      magnitude = magnitude * PowersOfTen.large[zeros + 1] + UInt128(digit)
      zeros = 0
    }
    return true
  }

  /// The power of ten behind `e`, 0 where there is none; nil where it is malformed or absurd.
  private mutating func takeExponent() -> Int? {
    guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return 0 }
    let isNegative = takeSign()
    var power: Int?
    while let digit = digit() {
      power = (power ?? 0) * 10 + Int(digit)
      guard (power ?? 0) < 10_000 else { return nil }
    }
    return power.map { isNegative ? -$0 : $0 }
  }
}

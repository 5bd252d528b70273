/// An exact decimal number: a coefficient times a power of ten.
///
///     Quantity("134869386.24")!   // 13486938624 × 10⁻²
///
/// Always normalised (the coefficient has no trailing zeros, zero is 0 × 10⁰), so that `==` and hashes go by value.
/// The coefficient has at most 38 digits. `+`, `-` and `*` are exact while 38 digits suffice and round half-even to 34
/// digits otherwise; quotients are rounded half-even to 12 significant digits. Nothing traps: beyond 10³⁰⁰ a number
/// stays at the limit (`isOutOfRange`), below 10⁻³⁰⁰ it is zero.
public struct Quantity: Hashable, Sendable {
  // Two halves instead of an Int128: 24 bytes in an array, Optional included, where an Int128 would make it 32.
  private let high: Int64
  private let low: UInt64
  private let power: Int16

  /// The number without its power of ten; never a multiple of ten, but for zero.
  public var coefficient: Int128 { Int128(truncatingIfNeeded: high) &<< 64 | Int128(truncatingIfNeeded: low) }

  /// The power of ten that the coefficient is multiplied by.
  public var exponent: Int { Int(power) }

  /// The coefficient where it fits 64 bits, as nearly all do.
  var smallCoefficient: Int64? {
    let small = Int64(bitPattern: low)
    return high == small &>> 63 ? small : nil
  }

  /// The exponent of the largest number that is held: (10³⁸ − 1) × 10²⁶².
  static let exponentLimit = 262

  private init(high: Int64, low: UInt64, exponent: Int) {
    self.high = high
    self.low = low
    power = Int16(truncatingIfNeeded: exponent)
  }

  /// The number `coefficient` × 10^`exponent`, which must be normalised and in range.
  private init(_ coefficient: Int128, exponent: Int) {
    self.init(
      high: Int64(truncatingIfNeeded: coefficient &>> 64), low: UInt64(truncatingIfNeeded: coefficient),
      exponent: exponent)
  }

  /// The number `coefficient` × 10^`exponent`, as `coefficient` and `exponent` gave them.
  package init(coefficient: Int128, exponent: Int) {
    let limit = PowersOfTen.large[38] - 1
    self.init(isNegative: coefficient < 0, magnitude: Swift.min(coefficient.magnitude, limit), exponent: exponent)
  }

  /// The number with the opposite sign.
  public static prefix func - (value: Quantity) -> Quantity {
    Quantity(-value.coefficient, exponent: value.exponent)
  }

  /// The number `coefficient` × 10^`exponent`.
  init(small coefficient: Int64, exponent: Int) {
    var coefficient = coefficient
    var exponent = coefficient == 0 ? 0 : exponent
    while coefficient != 0, coefficient % 10 == 0 {
      coefficient /= 10
      exponent += 1
    }
    guard abs(exponent) < Self.exponentLimit - 38 else {
      self.init(isNegative: coefficient < 0, magnitude: UInt128(coefficient.magnitude), exponent: exponent)
      return
    }
    self.init(high: coefficient &>> 63, low: UInt64(bitPattern: coefficient), exponent: exponent)
  }

  /// The number ±`magnitude` × 10^`exponent`; the magnitude has at most 38 digits.
  init(isNegative: Bool, magnitude: UInt128, exponent: Int) {
    var magnitude = magnitude
    var exponent = exponent
    while magnitude != 0 {
      let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
      guard remainder == 0 else { break }
      magnitude = quotient
      exponent += 1
    }
    let size = PowersOfTen.digitCount(magnitude) + exponent
    if magnitude == 0 || size < -300 {
      (magnitude, exponent) = (0, 0)
    } else if size > 300 {
      (magnitude, exponent) = (PowersOfTen.large[38] - 1, Self.exponentLimit)
    }
    let coefficient = isNegative ? -Int128(magnitude) : Int128(magnitude)
    self.init(coefficient, exponent: exponent)
  }

  /// The number ±`magnitude` × 10^`exponent`, rounded half-even to 34 digits where 38 do not hold it exactly. A magnitude
  /// that was cut has 38 digits at least, and its last one is neither 0 nor 5 (`UInt128.cutting`).
  init(isNegative: Bool, wide magnitude: WideMagnitude, exponent: Int, wasCut: Bool = false) {
    let limit = PowersOfTen.large[38]
    guard wasCut || magnitude >= WideMagnitude(limit) else {
      self.init(isNegative: isNegative, magnitude: magnitude.low, exponent: exponent)
      return
    }
    // At most 76 digits arise here: two coefficients below 10³⁸ multiplied.
    let top = magnitude.divided(by: limit)?.quotient ?? limit - 1
    let surplus = min(PowersOfTen.digitCount(top), 38)
    let cut = magnitude.divided(by: PowersOfTen.large[surplus]) ?? (limit - 1, 1)
    if cut.remainder == 0, !wasCut {
      self.init(isNegative: isNegative, magnitude: cut.quotient, exponent: exponent + surplus)
    } else {
      let rounded = PowersOfTen.dropping(4, from: cut.quotient, sticky: true)
      self.init(isNegative: isNegative, magnitude: rounded, exponent: exponent + surplus + 4)
    }
  }

  /// The whole number.
  public init(_ value: Int) {
    self.init(small: Int64(value), exponent: 0)
  }

  /// Whether a calculation left the range in which numbers are held (10³⁰⁰): not a figure to show.
  public var isOutOfRange: Bool {
    exponent > 0 && PowersOfTen.digitCount(coefficient.magnitude) + exponent >= 300
  }

  public var isZero: Bool { low == 0 && high == 0 }
  public var isNegative: Bool { high < 0 }

  /// The number without its sign.
  public var magnitude: Quantity { isNegative ? -self : self }

  /// The nearest binary floating-point number: for charts, never for figures.
  public var doubleValue: Double { Double(description) ?? 0 }
}

extension Quantity: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}

/// An unsigned number of 256 bits: what a product of two coefficients needs before it is rounded.
struct WideMagnitude: Comparable {
  var high: UInt128
  var low: UInt128

  init(_ value: UInt128) {
    high = 0
    low = value
  }

  /// The exact product of two magnitudes.
  init(_ one: UInt128, times other: UInt128) {
    (high, low) = one.multipliedFullWidth(by: other)
  }

  static func < (one: WideMagnitude, other: WideMagnitude) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }

  /// The sum; the sums made here stay far below 2²⁵⁶.
  static func + (one: WideMagnitude, other: WideMagnitude) -> WideMagnitude {
    var sum = one
    let (low, carry) = one.low.addingReportingOverflow(other.low)
    sum.low = low
    sum.high = one.high &+ other.high &+ (carry ? 1 : 0)
    return sum
  }

  /// The difference; `one` must not be less than `other`.
  static func - (one: WideMagnitude, other: WideMagnitude) -> WideMagnitude {
    var difference = one
    let (low, borrow) = one.low.subtractingReportingOverflow(other.low)
    difference.low = low
    difference.high = one.high &- other.high &- (borrow ? 1 : 0)
    return difference
  }

  /// Quotient and remainder; nil where the divisor is zero or the quotient needs more than 128 bits.
  func divided(by divisor: UInt128) -> (quotient: UInt128, remainder: UInt128)? {
    guard divisor > high else { return nil }
    guard high > 0 else {
      let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor)
      return (quotient, remainder)
    }
    let (quotient, remainder) = divisor.dividingFullWidth((high, low))
    return (quotient, remainder)
  }
}

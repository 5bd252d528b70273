extension Quantity: AdditiveArithmetic {
  public static let zero = Quantity(0)

  /// The sum: exact while 38 digits suffice, else rounded half-even to 34.
  public static func + (one: Quantity, other: Quantity) -> Quantity {
    if let a = one.smallCoefficient, let b = other.smallCoefficient,
      let sum = smallSum(a, one.exponent, b, other.exponent)
    {
      return sum
    }
    return one.exponent >= other.exponent ? wideSum(one, other) : wideSum(other, one)
  }

  /// The difference: exact while 38 digits suffice, else rounded half-even to 34.
  public static func - (one: Quantity, other: Quantity) -> Quantity { one + -other }

  /// The product: exact while 38 digits suffice, else rounded half-even to 34.
  public static func * (one: Quantity, other: Quantity) -> Quantity {
    let exponent = one.exponent + other.exponent
    if let a = one.smallCoefficient, let b = other.smallCoefficient {
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return Quantity(small: product, exponent: exponent) }
    }
    let product = WideMagnitude(one.coefficient.magnitude, times: other.coefficient.magnitude)
    return Quantity(isNegative: one.isNegative != other.isNegative, wide: product, exponent: exponent)
  }

  private static func smallSum(_ a: Int64, _ aExponent: Int, _ b: Int64, _ bExponent: Int) -> Quantity? {
    guard aExponent != bExponent, a != 0, b != 0 else {
      let (sum, overflow) = a.addingReportingOverflow(b)
      return overflow ? nil : Quantity(small: sum, exponent: a == 0 ? bExponent : aExponent)
    }
    if aExponent < bExponent { return smallSum(b, bExponent, a, aExponent) }
    let shift = aExponent - bExponent
    guard shift < PowersOfTen.small.count else { return nil }
    let (scaled, isTooLarge) = a.multipliedReportingOverflow(by: PowersOfTen.small[shift])
    let (sum, overflow) = scaled.addingReportingOverflow(b)
    return isTooLarge || overflow ? nil : Quantity(small: sum, exponent: bExponent)
  }

  /// The sum where `coarse` has the larger exponent, or the same.
  private static func wideSum(_ coarse: Quantity, _ fine: Quantity) -> Quantity {
    guard !coarse.isZero else { return fine }
    let distance = coarse.exponent - fine.exponent
    let shift = min(distance, 38)
    let a = WideMagnitude(coarse.coefficient.magnitude, times: PowersOfTen.large[shift])
    let (rest, wasCut) = fine.coefficient.magnitude.cutting(distance - shift)
    let b = WideMagnitude(rest)
    let isSameSign = coarse.isNegative == fine.isNegative
    return Quantity(
      isNegative: a < b ? fine.isNegative : coarse.isNegative, wide: isSameSign ? a + b : a < b ? b - a : a - b,
      exponent: coarse.exponent - shift, wasCut: wasCut)
  }
}

extension Quantity {
  /// The quotient, rounded half-even to 12 significant digits; nil where the divisor is zero.
  public func divided(by divisor: Quantity) -> Quantity? {
    guard !divisor.isZero else { return nil }
    let (a, b) = (coefficient.magnitude, divisor.coefficient.magnitude)
    // Enough zeros behind the dividend for a quotient of 13 digits at least.
    let shift = max(0, 13 + PowersOfTen.digitCount(b) - PowersOfTen.digitCount(a))
    let scaled = WideMagnitude(a &* PowersOfTen.large[max(0, shift - 38)], times: PowersOfTen.large[min(shift, 38)])
    guard let (quotient, remainder) = scaled.divided(by: b) else { return nil }
    let surplus = max(0, PowersOfTen.digitCount(quotient) - 12)
    let rounded = PowersOfTen.dropping(surplus, from: quotient, sticky: remainder != 0)
    return Quantity(
      isNegative: isNegative != divisor.isNegative, magnitude: rounded,
      exponent: exponent - divisor.exponent - shift + surplus)
  }

  /// The number rounded half-even to so many decimal places; negative places round to tens, hundreds and so on.
  public func rounded(toPlaces places: Int) -> Quantity {
    let (surplus, overflow) = (-exponent).subtractingReportingOverflow(places)
    guard !overflow, surplus > 0 else { return overflow && places > 0 ? self : overflow ? .zero : self }
    guard surplus <= 38 else { return .zero }
    let rounded = PowersOfTen.dropping(surplus, from: coefficient.magnitude)
    return Quantity(isNegative: isNegative, magnitude: rounded, exponent: exponent + surplus)
  }
}

extension Quantity: Comparable {
  public static func < (one: Quantity, other: Quantity) -> Bool {
    if one.exponent == other.exponent { return one.coefficient < other.coefficient }
    if one.isNegative != other.isNegative { return one.isNegative }
    return one.isNegative
      ? isSmaller(magnitudeOf: other, than: one) : isSmaller(magnitudeOf: one, than: other)
  }

  private static func isSmaller(magnitudeOf one: Quantity, than other: Quantity) -> Bool {
    let (a, b) = (one.coefficient.magnitude, other.coefficient.magnitude)
    guard a > 0, b > 0 else { return a == 0 && b > 0 }
    let (aDigits, bDigits) = (PowersOfTen.digitCount(a), PowersOfTen.digitCount(b))
    guard aDigits + one.exponent == bDigits + other.exponent else {
      return aDigits + one.exponent < bDigits + other.exponent
    }
    // The same order of magnitude: written to the same number of digits they compare as whole numbers.
    let digits = max(aDigits, bDigits)
    return a * PowersOfTen.large[digits - aDigits] < b * PowersOfTen.large[digits - bDigits]
  }
}

extension UInt128 {
  /// The magnitude without its last digits, in a way that a later rounding comes out as if nothing had been cut: what
  /// is cut off and not zero never leaves a last digit of 0 or 5 (the rounding that decimal arithmetic calls "05up").
  fileprivate func cutting(_ digits: Int) -> (rest: UInt128, wasCut: Bool) {
    guard digits > 0, self > 0 else { return (self, false) }
    guard digits <= 38 else { return (1, true) }
    let (quotient, remainder) = quotientAndRemainder(dividingBy: PowersOfTen.large[digits])
    return (remainder != 0 && quotient % 5 == 0 ? quotient + 1 : quotient, remainder != 0)
  }
}

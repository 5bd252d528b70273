/// Powers of ten and decimal digit counts, as all decimal arithmetic needs them.
enum PowersOfTen {
  /// 10⁰ … 10¹⁸: those that fit an `Int64`.
  static let small: [Int64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
  ]

  /// 10⁰ … 10³⁸: those that fit a `UInt128`.
  static let large: [UInt128] = {
    var powers: [UInt128] = [1]
    for _ in 1...38 { powers.append((powers.last ?? 1) * 10) }
    return powers
  }()

  /// The number of decimal digits of a magnitude; 0 for zero.
  static func digitCount(_ magnitude: UInt128) -> Int {
    guard magnitude > 0 else { return 0 }
    // log10(2) ≈ 1233 / 4096 gives the count or one too few.
    let guess = ((128 - magnitude.leadingZeroBitCount) * 1233) >> 12
    return magnitude >= large[min(guess, 38)] ? guess + 1 : guess
  }

  /// A magnitude without its last `digits` decimal digits (0…38), rounded half to even. `sticky` says that something
  /// not zero was cut off behind it before.
  static func dropping(_ digits: Int, from magnitude: UInt128, sticky: Bool = false) -> UInt128 {
    guard digits > 0 else { return magnitude }
    let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: large[digits])
    let half = large[digits] / 2
    let isAbove = remainder > half || (remainder == half && (sticky || quotient & 1 == 1))
    return isAbove ? quotient + 1 : quotient
  }
}

/// Decimal arithmetic as it is done on paper, digit by digit and without any limit: what `Quantity` is held against.
struct PaperDecimal: Equatable {
  var isNegative: Bool
  /// Most significant first, without leading or trailing zeros; empty is zero.
  var digits: [Int]
  var exponent: Int

  init(isNegative: Bool, digits: [Int], exponent: Int) {
    var digits = Array(digits.drop { $0 == 0 })
    var exponent = exponent
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
    self.isNegative = isNegative && !digits.isEmpty
  }

  /// From plain notation, as `-12.5`.
  init(_ text: String) {
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    self.init(
      isNegative: text.hasPrefix("-"), digits: (parts[0] + fraction).map { $0.wholeNumberValue! },
      exponent: -fraction.count)
  }

  static prefix func - (value: PaperDecimal) -> PaperDecimal {
    PaperDecimal(isNegative: !value.isNegative, digits: value.digits, exponent: value.exponent)
  }

  static func + (one: PaperDecimal, other: PaperDecimal) -> PaperDecimal {
    let exponent = min(one.exponent, other.exponent)
    let (a, b) = (one.column(downTo: exponent), other.column(downTo: exponent))
    let size = max(a.count, b.count) + 1
    let (x, y) = (a.padded(to: size), b.padded(to: size))
    if one.isNegative == other.isNegative {
      return PaperDecimal(isNegative: one.isNegative, digits: added(x, y), exponent: exponent)
    }
    let isOneLarger = !x.lexicographicallyPrecedes(y)
    return PaperDecimal(
      isNegative: isOneLarger ? one.isNegative : other.isNegative,
      digits: isOneLarger ? subtracted(x, y) : subtracted(y, x), exponent: exponent)
  }

  static func * (one: PaperDecimal, other: PaperDecimal) -> PaperDecimal {
    var columns = Array(repeating: 0, count: one.digits.count + other.digits.count + 1)
    for (i, a) in one.digits.enumerated() {
      for (j, b) in other.digits.enumerated() { columns[i + j + 2] += a * b }
    }
    return PaperDecimal(
      isNegative: one.isNegative != other.isNegative, digits: carried(columns),
      exponent: one.exponent + other.exponent)
  }

  /// Long division: so many significant digits, rounded half to even.
  func divided(by other: PaperDecimal, digits count: Int) -> PaperDecimal {
    let divisor = PaperDecimal(isNegative: false, digits: other.digits, exponent: 0)
    var rest: [Int] = []
    var quotient: [Int] = []
    // Bring down one digit after another, behind the last one zeros, until there are digits enough to round.
    while quotient.count < digits.count || quotient.drop(while: { $0 == 0 }).count <= count {
      rest.append(quotient.count < digits.count ? digits[quotient.count] : 0)
      var digit = 0
      while case let left = PaperDecimal(isNegative: false, digits: rest, exponent: 0) + -divisor, !left.isNegative {
        rest = left.column(downTo: 0)
        digit += 1
      }
      quotient.append(digit)
    }
    let hasRest = rest.contains { $0 != 0 }
    let exact = PaperDecimal(
      isNegative: isNegative != other.isNegative, digits: quotient + [hasRest ? 1 : 0],
      exponent: exponent - other.exponent - (quotient.count - digits.count) - 1)
    return exact.rounded(toDigits: count)
  }

  /// So many significant digits, rounded half to even.
  func rounded(toDigits count: Int) -> PaperDecimal {
    guard digits.count > count else { return self }
    let (kept, cut) = (Array(digits[..<count]), digits[count...])
    let isTie = cut.first == 5 && cut.dropFirst().allSatisfy { $0 == 0 }
    let isUp = isTie ? (kept.last ?? 0) % 2 == 1 : (cut.first ?? 0) >= 5
    let raised = isUp ? Self.added([0] + kept, ([1]).padded(to: count + 1)) : kept
    return PaperDecimal(isNegative: isNegative, digits: raised, exponent: exponent + cut.count)
  }

  /// What `Quantity` promises to hold: 38 digits exactly, else 34.
  var held: PaperDecimal { digits.count <= 38 ? self : rounded(toDigits: 34) }

  private func column(downTo exponent: Int) -> [Int] {
    digits.isEmpty ? [] : digits + Array(repeating: 0, count: self.exponent - exponent)
  }

  private static func added(_ x: [Int], _ y: [Int]) -> [Int] { carried(zip(x, y).map { $0 + $1 }) }

  private static func subtracted(_ x: [Int], _ y: [Int]) -> [Int] { carried(zip(x, y).map { $0 - $1 }) }

  private static func carried(_ columns: [Int]) -> [Int] {
    var columns = columns
    for index in columns.indices.dropFirst().reversed() {
      let carry = (columns[index] - (columns[index] % 10 + 10) % 10) / 10
      columns[index] -= carry * 10
      columns[index - 1] += carry
    }
    return columns
  }
}

extension [Int] {
  fileprivate func padded(to size: Int) -> [Int] { Array(repeating: 0, count: size - count) + self }
}

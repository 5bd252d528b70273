import Calculation

/// A number as a spreadsheet shows it, and what it is under either decimal sign.
struct NumberShape {
  /// Its value if a point is the decimal sign; nil where it can then be no number.
  let ifPoint: Quantity?
  /// Its value if a comma is the decimal sign; nil where it can then be no number.
  let ifComma: Quantity?

  /// Nil where the text is no number under either sign.
  init?(_ text: String) {
    var bytes = Self.plain(text)
    guard let isNegative = Self.takeSign(&bytes) else { return nil }
    var exponent: ArraySlice<UInt8> = []
    if let mark = bytes.firstIndex(where: { $0 == 0x65 || $0 == 0x45 }) {
      exponent = bytes[mark...]
      bytes = Array(bytes[..<mark])
    }
    let digits = bytes.filter { (0x30...0x39).contains($0) }.count
    guard digits > 0, digits <= 40 else { return nil }
    func value(_ decimal: UInt8, _ grouping: UInt8) -> Quantity? {
      guard let number = Self.ungrouped(bytes, decimal, grouping, allowsGroups: exponent.isEmpty) else { return nil }
      return Quantity(utf8: (isNegative ? [0x2D] : []) + number + exponent)
    }
    ifPoint = value(0x2E, 0x2C)
    ifComma = value(0x2C, 0x2E)
    if ifPoint == nil, ifComma == nil { return nil }
  }

  /// The text in ASCII: blanks of all kinds are spaces, apostrophes and minus signs the plain ones.
  private static func plain(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in CSVTable.trimmed(text).unicodeScalars {
      switch scalar.value {
      case 0xA0, 0x202F, 0x2009: bytes.append(0x20)
      case 0x2019: bytes.append(0x27)
      case 0x2212: bytes.append(0x2D)
      case 0..<0x80: bytes.append(UInt8(scalar.value))
      default: bytes.append(0x3F)
      }
    }
    return bytes
  }

  /// Takes the sign off: `-1`, `+1`, `1-`, `(1)`; nil where there is more than one.
  private static func takeSign(_ bytes: inout [UInt8]) -> Bool? {
    guard let first = bytes.first, let last = bytes.last else { return nil }
    var isNegative = false
    if first == 0x28, last == 0x29 {
      bytes = Array(bytes.dropFirst().dropLast())
      isNegative = true
    } else if first == 0x2D || first == 0x2B {
      bytes.removeFirst()
      isNegative = first == 0x2D
    } else if last == 0x2D {
      bytes.removeLast()
      isNegative = true
    }
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return isNegative
  }

  /// The digits with a point, or nil where separators do not stand as they would under this decimal sign: thousands in
  /// groups of three, of one separator, before the decimal sign.
  private static func ungrouped(
    _ bytes: [UInt8], _ decimal: UInt8, _ grouping: UInt8, allowsGroups: Bool
  ) -> [UInt8]? {
    let point = bytes.firstIndex(of: decimal) ?? bytes.count
    let fraction = bytes[min(point + 1, bytes.count)...]
    let separators: Set<UInt8> = [grouping, 0x20, 0x27]
    let groups = bytes[..<point].split(omittingEmptySubsequences: false) { separators.contains($0) }
    let isNumber = (groups + [fraction]).allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) } }
    guard isNumber, let first = groups.first else { return nil }
    if groups.count > 1 {
      let used = Set(bytes[..<point].filter { separators.contains($0) })
      let isGrouped =
        (1...3).contains(first.count) && first.first != 0x30 && groups.dropFirst().allSatisfy { $0.count == 3 }
      guard allowsGroups, used.count == 1, isGrouped else { return nil }
    }
    return groups.flatMap { $0 } + (fraction.isEmpty ? [] : [0x2E] + fraction)
  }
}

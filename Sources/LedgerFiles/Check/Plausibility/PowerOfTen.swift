public import Calculation

/// How many places a decimal point has slipped between a number and what it should be like.
///
/// `9.4` against `940` are two places. Real figures do grow tenfold, so that one place has to be met closely (a factor
/// of 8 to 12.5), while two and more may be off by a factor of two either way.
public struct PowerOfTen: Hashable, Sendable {
  /// Never 0; negative where the number is too small.
  public let places: Int

  /// nil where the number is of the same order, or of none that a slip would give; so where either is zero.
  public init?(of number: Quantity, against reference: Quantity) {
    guard !number.isZero, !reference.isZero else { return nil }
    let (number, reference) = (number.magnitude, reference.magnitude)
    let isLarge = number > reference
    let (large, small) = isLarge ? (number, reference) : (reference, number)
    var scaled = small
    for places in 1...9 {
      scaled = scaled * 10
      let isNear =
        places == 1
        ? large * 5 >= scaled * 4 && large * 4 <= scaled * 5
        : large * 2 >= scaled && large <= scaled * 2
      if isNear {
        self.places = isLarge ? places : -places
        return
      }
      if large < scaled { return nil }
    }
    return nil
  }

  /// `about 100 times`, `about a 100th of`
  public var words: String {
    let power = "1" + String(repeating: "0", count: abs(places))
    return places > 0 ? "about \(power) times" : "about a \(power)th of"
  }
}

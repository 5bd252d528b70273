import Chance
import Calculation
import Testing

/// `Quantity` against arithmetic on paper, on 4,000 pairs of numbers of all sizes.
@Suite struct QuantityPropertyTests {
  private static let pairs: [(Quantity, Quantity)] = {
    var dice = Dice(20_260_314)
    return (0..<4000).map { _ in (number(&dice), number(&dice)) }
  }()

  /// Numbers of 1 to 30 digits, rich in zeros, fives and nines, where rounding goes wrong first.
  private static func number(_ dice: inout Dice) -> Quantity {
    let size = [1, 2, 3, 6, 9, 17, 18, 19, 20, 28, 30].randomElement(using: &dice) ?? 1
    let digits = (0..<size).map { _ in String(("0123456789000559".randomElement(using: &dice)) ?? "0") }.joined()
    let exponent = [0, 0, -2, -2, Int.random(in: -30...0, using: &dice)].randomElement(using: &dice) ?? 0
    let sign = Bool.random(using: &dice) ? "-" : ""
    return q("\(sign)\(digits)e\(exponent)")
  }

  private func paper(_ number: Quantity) -> PaperDecimal { PaperDecimal(number.description) }

  @Test func sumsDifferencesAndProductsAreThoseOnPaper() {
    for (a, b) in Self.pairs {
      let (x, y) = (paper(a), paper(b))
      #expect(paper(a + b) == (x + y).held, "\(a) + \(b)")
      #expect(paper(a - b) == (x + -y).held, "\(a) - \(b)")
      #expect(paper(a * b) == (x * y).held, "\(a) * \(b)")
    }
  }

  @Test func quotientsAreThoseOfLongDivision() {
    for (a, b) in Self.pairs.prefix(1500) where !b.isZero {
      let onPaper = a.isZero ? paper(0) : paper(a).divided(by: paper(b), digits: 12)
      #expect(a.divided(by: b).map(paper) == onPaper, "\(a) / \(b)")
    }
  }

  @Test func orderIsThatOfTheDifference() {
    for (a, b) in Self.pairs {
      #expect((a < b) == (paper(a) + -paper(b)).isNegative, "\(a) < \(b)")
      #expect(!(a < a) && (a == b) == (!(a < b) && !(b < a)))
    }
  }

  @Test func lawsHold() {
    for ((a, b), (c, _)) in zip(Self.pairs, Self.pairs.reversed()) {
      #expect(a + b == b + a)
      #expect(a * b == b * a)
      #expect(a - a == .zero && a + .zero == a && a * 1 == a && -(-a) == a)
      let (x, y, z) = (a.rounded(toPlaces: 5), b.rounded(toPlaces: 5), c.rounded(toPlaces: 5))
      // With at most 5 places and 30 digits before them sums fit 38 digits: exact, so in whatever order.
      #expect((x + y) + z == x + (y + z), "\(x) + \(y) + \(z)")
    }
  }

  @Test func writingAndReadingGivesTheSame() {
    for (a, _) in Self.pairs {
      #expect(Quantity(a.description) == a)
      var bytes: [UInt8] = []
      a.write(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == a.description)
    }
  }

  @Test func hostileBytesNeverTrap() {
    var dice = Dice(7)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...40, using: &dice)).map { _ in
        Array("0123456789.eE+- \u{0}x".utf8).randomElement(using: &dice) ?? 0
      }
      if let number = Quantity(utf8: text) { #expect(Quantity(number.description) == number) }
    }
  }
}

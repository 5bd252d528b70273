import Calculation
import Testing

@Suite struct QuantityTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("007", "7"), ("010", "10"), ("-12.5", "-12.5"), (".5", "0.5"), ("-.05", "-0.05"),
    ("5.", "5"), ("+3", "3"), ("1e3", "1000"), ("1E+05", "100000"), ("1.2E-2", "0.012"), ("25.0", "25"),
    ("134869386.24", "134869386.24"), ("1200", "1200"), ("0.1000", "0.1"),
    ("1e30", "1" + String(repeating: "0", count: 30)),
    ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
    ("18446744073709551616", "18446744073709551616"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("0.000000000000000000000000000001", "0.000000000000000000000000000001"),
    (String(repeating: "0", count: 90) + "1.50" + String(repeating: "0", count: 90), "1.5"),
  ])
  func reads(text: String, plain: String) {
    #expect(Quantity(text)?.description == plain)
    #expect(Quantity(utf8: Array(text.utf8))?.description == plain)
    #expect(Quantity(utf8: AnyCollection(Array(text.utf8)))?.description == plain)
    #expect(Quantity(plain) == Quantity(text))
  }

  @Test(arguments: [
    "", "-", "+", ".", "-.", "e5", "1e", "1e+", "1 ", " 1", "1,5", "1.2.3", "--1", "+-1", "1-", "0x10", "1_000", "½",
    "١", "NaN",
    "inf", "1e31", "1e-31", "1e99999999999999999999", "1234567890123456789012345678901",
    "1.5e-30", "1e3.5", "\u{0}1",
  ])
  func refuses(text: String) {
    #expect(Quantity(text) == nil)
    #expect(Quantity(utf8: Array(text.utf8)) == nil)
  }

  @Test func equalValuesAreEqualHoweverWritten() {
    #expect(q("25") == q("25.0"))
    #expect(Set([q("25"), q("25.00"), q("2.5e1")]).count == 1)
    #expect(q("0.10") + q("0.20") == q("0.3"))
  }

  @Test func sumsAreExact() {
    // In binary floating point ten dimes make 0.9999999999999999.
    #expect((0..<10).reduce(Quantity.zero) { sum, _ in sum + q("0.1") } == 1)
    #expect(q("1e30") + q("1e-7") - q("1e30") == q("1e-7"))
    #expect(Quantity(Int.max) + Quantity(Int.max) == q("18446744073709551614"))
    #expect(Quantity(Int.min) - Quantity(Int.max) == q("-18446744073709551615"))
    #expect(-Quantity(Int.min) == q("9223372036854775808"))
  }

  @Test func beyond38DigitsRoundsHalfEvenTo34() {
    // 10³⁰ + 10⁻⁸ has 39 digits; 34 of them do not reach the last.
    #expect(q("1e30") + q("1e-8") == q("1e30"))
    // 10²⁰ − 0.0000000000567979330900059983: the sum drops below the power of ten, and still has too many digits.
    #expect(
      q("1e20") - q("0.0000000000567979330900059983") == q("99999999999999999999") + q("0.9999999999432"))
  }

  @Test(arguments: [
    ("1", "3", "0.333333333333"), ("2", "3", "0.666666666667"), ("-2", "3", "-0.666666666667"), ("12", "40", "0.3"),
    ("1", "8", "0.125"), ("100", "7", "14.2857142857"), ("1e30", "1e-30", "1" + String(repeating: "0", count: 60)),
    // Ties go to the even neighbour: …0.5 down, …1.5 up.
    ("1000000000000.5", "1", "1000000000000"), ("1000000000005", "10", "100000000000"),
    ("1000000000015", "10", "100000000002"), ("999999999999.5", "1", "1000000000000"),
  ])
  func quotientsHave12Digits(dividend: String, divisor: String, quotient: String) {
    #expect(q(dividend).divided(by: q(divisor))?.description == quotient)
  }

  @Test func divisionByZeroIsMissing() {
    #expect(q("5").divided(by: 0) == nil)
    #expect(Quantity.zero.divided(by: 0) == nil)
    #expect(Quantity.zero.divided(by: 7) == .zero)
  }

  @Test(arguments: [
    ("2.5", 0, "2"), ("3.5", 0, "4"), ("-2.5", 0, "-2"), ("2.51", 0, "3"), ("0.125", 2, "0.12"), ("0.135", 2, "0.14"),
    ("1250", -2, "1200"), ("1350", -2, "1400"), ("49", -2, "0"), ("50", -2, "0"), ("51", -2, "100"), ("7", 3, "7"),
    ("7.77", Int.max, "7.77"), ("7.77", Int.min, "0"), ("1e-30", 29, "0"), ("9.99", 1, "10"),
  ])
  func roundsHalfEven(text: String, places: Int, rounded: String) {
    #expect(q(text).rounded(toPlaces: places).description == rounded)
  }

  @Test func comparesByValue() {
    let ascending = ["-1e30", "-25", "-2.5", "-0.1", "0", "1e-30", "0.1", "2.49", "2.5", "10", "99", "1e2", "1e30"]
    for (i, one) in ascending.enumerated() {
      for (j, other) in ascending.enumerated() {
        #expect((q(one) < q(other)) == (i < j), "\(one) < \(other)")
      }
    }
  }

  @Test func nothingTraps() {
    var huge = q("1e30")
    for _ in 0..<40 { huge = huge * huge }
    #expect(huge.isOutOfRange)
    #expect((huge + huge).isOutOfRange && (-huge).isNegative)
    #expect(huge - huge == .zero)
    #expect(huge.description.utf8.count == 300)
    var tiny = q("1e-30")
    for _ in 0..<40 { tiny = tiny * tiny }
    #expect(tiny.isZero)
    #expect(huge.divided(by: q("1e-30"))?.isOutOfRange == true)
    #expect(q("1e30").isOutOfRange == false)
  }

  @Test func isSmallInMemory() {
    #expect(MemoryLayout<Quantity?>.stride == 24)
  }

  @Test func makesADoubleForCharts() {
    #expect(q("-134869386.24").doubleValue == -134869386.24)
    #expect(q("0.1").doubleValue == 0.1)
  }
}

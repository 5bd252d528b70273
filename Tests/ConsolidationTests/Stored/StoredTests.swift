import Calculation
import Chance
import LedgerModel
import Testing

@testable import Consolidation

/// What is kept of a line comes back as it was; what is damaged is noticed, and hurts nobody.
@Suite("Values that are kept") struct StoredTests {
  /// A line in which every field has a value, so that one that is not stored shows.
  static func line() throws -> KPIResult {
    let id = try #require(KPIID("sales/win-rate"))
    let month = try #require(Period("2026-03"))
    var line = KPIResult(id: id, name: "Win rate \u{00E9}", kind: .metric, period: month)
    line.goal = "grow"
    line.weight = try #require(Quantity("2.5"))
    line.priority = -3
    line.owner = "closer"
    line.decision = "Shift"
    line.unit = UnitLabel(id: "percent", symbol: "%", decimals: 1)
    line.direction = .lower
    line.actual = Quantity("-134869386.24")
    line.target = .band(low: 1, high: 2, tolerance: 3)
    line.achievement = 97
    line.gap = -4
    line.timeElapsed = 50
    line.pace = .behind
    line.landing = 8
    line.shortfall = 9
    line.neededPerDay = Quantity("0.333333333333")
    line.yearToDate = .init(actual: 1, target: .value(2), achievement: 50, periods: Coverage(recorded: 1, of: 3))
    line.year = .init(target: .value(12), landing: 6, shortfall: 6)
    line.trend = .worse
    line.score = 12
    line.outlook = 13
    line.status = .amber
    line.atRisk = true
    line.coverage = Coverage(recorded: 2, of: 3)
    line.missingSources = [try #require(KPIID("us/win-rate"))]
    line.rates = [.init(source: "USD", target: "EUR", period: month, rate: 1, isAverage: true)]
    line.flags = [Flag(.late, "it is late"), Flag(.restated, "it was 3")]
    line.series = [
      .init(period: month, actual: 1, target: 2, startsSeries: true), .init(period: month, actual: nil, target: nil),
    ]
    return line
  }

  private static func read<Value: Stored>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
    try bytes.withUnsafeBytes { bytes in try Value(stored: bytes) }
  }

  @Test("A line comes back with every field that it has")
  func line() throws {
    let line = try Self.line()
    for child in Mirror(reflecting: line).children {
      let value = Mirror(reflecting: child.value)
      #expect(value.displayStyle != .optional || value.children.first != nil, "\(child.label ?? "") is not tried")
      #expect(value.displayStyle != .collection || !value.children.isEmpty, "\(child.label ?? "") is not tried")
    }
    let bytes = line.stored()
    #expect(try Self.read(KPIResult.self, bytes) == line)
  }

  @Test("Bytes that are cut off or changed are refused or read as something, and never more")
  func damaged() throws {
    let bytes = try Self.line().stored()
    for count in 0..<bytes.count {
      #expect(throws: StoredFault.self) { _ = try Self.read(KPIResult.self, Array(bytes.prefix(count))) }
    }
    var dice = Dice(11)
    for _ in 0..<20_000 {
      var damaged = bytes
      for _ in 0..<(1 + dice.below(4)) { damaged[dice.below(damaged.count)] = UInt8(dice.below(256)) }
      _ = try? Self.read(KPIResult.self, damaged)
    }
  }

  @Test("Numbers of any size come back exactly")
  func numbers() throws {
    for text in [
      "0", "-1", "9223372036854775807", "-9223372036854775808", "123456789012345678901234567890", "1e-30", "-.1",
    ] {
      let number = try #require(Quantity(text))
      var writer = StoredWriter()
      writer.quantity(number)
      var read: Quantity?
      try writer.bytes.withUnsafeBytes { bytes in
        var reader = StoredReader(bytes)
        read = try reader.quantity()
        #expect(reader.isAtEnd)
      }
      #expect(read == number)
    }
  }

  @Test("A KPI that is taken out of the totals leaves them as they were without it", arguments: 0..<20)
  func totals(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    let shares = try (0..<40).map { try share(&dice, $0) }
    var totals = RollUpTotals(shares)
    #expect(totals.isExact)
    var left = shares
    for _ in 0..<30 { totals.remove(left.remove(at: dice.below(left.count))) }
    #expect(totals == RollUpTotals(left))
    #expect(try Self.read(RollUpTotals.self, totals.stored()) == totals)
  }

  @Test("Sums that had to be rounded say so")
  func rounded() throws {
    var dice = Dice(3)
    var (large, small) = (try share(&dice, 1), try share(&dice, 2))
    for share in [\KPIShare.standing.goal] { large[keyPath: share] = "g"; small[keyPath: share] = "g" }
    (large.standing.counts, small.standing.counts) = (true, true)
    (large.score, small.score) = (Quantity("1e30"), Quantity("1e-30"))
    (large.weight, small.weight) = (1, 1)
    #expect(!RollUpTotals([large, small]).isExact)
  }

  private func share(_ dice: inout Dice, _ number: Int) throws -> KPIShare {
    let id = try #require(KPIID("d\(dice.below(4))/k\(number)"))
    var definition = Definition(id: id, name: "K", calculation: KPICalculation(period: dice.pick([.month, .quarter])))
    definition.goal = dice.pick([nil, "a", "b"])
    var line = KPIResult(id: id, name: "K", kind: dice.pick([.kpi, .metric]), period: try #require(Period("2026-03")))
    line.goal = definition.goal
    line.weight = Quantity(dice.below(5))
    line.score = dice.chance(0.2) ? nil : Quantity(dice.below(1000)).divided(by: 7)
    line.outlook = line.score
    line.status = dice.pick([nil, .green, .amber, .red, .grey])
    line.atRisk = dice.chance(0.3)
    if dice.chance(0.3) { line.flags = [Flag(.late, "late")] }
    return KPIShare(definition, line)
  }
}

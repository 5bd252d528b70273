import Calculation
import LedgerModel

extension KPIResult: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.id(id)
    stored.string(name)
    stored.choice(kind)
    stored.period(period)
    stored.optional(goal) { $0.string($1) }
    stored.quantity(weight)
    stored.optional(priority) { $0.int($1) }
    stored.optional(owner) { $0.string($1) }
    stored.optional(decision) { $0.string($1) }
    stored.optional(unit.id) { $0.string($1) }
    stored.optional(unit.symbol) { $0.string($1) }
    stored.optional(unit.decimals) { $0.int($1) }
    stored.optional(direction) { $0.choice($1) }
    writeFigures(to: &stored)
    stored.optional(status) { $0.choice($1) }
    stored.bool(atRisk)
    stored.optional(coverage) { $1.write(to: &$0) }
    stored.list(missingSources) { $0.id($1) }
    stored.list(rates) { $1.write(to: &$0) }
    stored.list(flags) { stored, flag in
      stored.choice(flag.kind)
      stored.string(flag.reason)
    }
    stored.list(series) { $1.write(to: &$0) }
  }

  private func writeFigures(to stored: inout StoredWriter) {
    for figure in [actual, achievement, gap, timeElapsed, landing, shortfall, neededPerDay, score, outlook] {
      stored.optional(figure) { $0.quantity($1) }
    }
    stored.optional(target) { $1.write(to: &$0) }
    stored.optional(pace) { $0.choice($1) }
    stored.optional(trend) { $0.choice($1) }
    yearToDate.write(to: &stored)
    year.write(to: &stored)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(
      id: try stored.id(), name: try stored.string(), kind: try stored.choice(KPIClass.self),
      period: try stored.period())
    goal = try stored.optionalString()
    weight = try stored.quantity()
    priority = try stored.optionalInt()
    owner = try stored.optionalString()
    decision = try stored.optionalString()
    unit = UnitLabel(
      id: try stored.optionalString(), symbol: try stored.optionalString(), decimals: try stored.optionalInt())
    direction = try stored.optionalChoice(Direction.self)
    try readFigures(from: &stored)
    status = try stored.optionalChoice(Status.self)
    atRisk = try stored.bool()
    coverage = try stored.optional { stored throws(StoredFault) in try Coverage(from: &stored) }
    missingSources = try stored.list { stored throws(StoredFault) in try stored.id() }
    rates = try stored.list { stored throws(StoredFault) in try RateUsed(from: &stored) }
    flags = try stored.list { stored throws(StoredFault) in
      Flag(try stored.choice(Flag.Kind.self), try stored.string())
    }
    series = try stored.list { stored throws(StoredFault) in try Point(from: &stored) }
  }

  private mutating func readFigures(from stored: inout StoredReader) throws(StoredFault) {
    actual = try stored.optionalQuantity()
    achievement = try stored.optionalQuantity()
    gap = try stored.optionalQuantity()
    timeElapsed = try stored.optionalQuantity()
    landing = try stored.optionalQuantity()
    shortfall = try stored.optionalQuantity()
    neededPerDay = try stored.optionalQuantity()
    score = try stored.optionalQuantity()
    outlook = try stored.optionalQuantity()
    target = try stored.optionalTarget()
    pace = try stored.optionalChoice(Pace.self)
    trend = try stored.optionalChoice(Trend.self)
    yearToDate = try YearToDate(from: &stored)
    year = try YearOutlook(from: &stored)
  }
}

extension KPIResult.YearToDate: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.optional(actual) { $0.quantity($1) }
    stored.optional(target) { $1.write(to: &$0) }
    stored.optional(achievement) { $0.quantity($1) }
    periods.write(to: &stored)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(
      actual: try stored.optionalQuantity(), target: try stored.optionalTarget(),
      achievement: try stored.optionalQuantity(), periods: try Coverage(from: &stored))
  }
}

extension KPIResult.YearOutlook: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.optional(target) { $1.write(to: &$0) }
    stored.optional(landing) { $0.quantity($1) }
    stored.optional(shortfall) { $0.quantity($1) }
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(
      target: try stored.optionalTarget(), landing: try stored.optionalQuantity(),
      shortfall: try stored.optionalQuantity())
  }
}

extension KPIResult.RateUsed: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.string(source)
    stored.string(target)
    stored.period(period)
    stored.quantity(rate)
    stored.bool(isAverage)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(
      source: try stored.string(), target: try stored.string(), period: try stored.period(),
      rate: try stored.quantity(), isAverage: try stored.bool())
  }
}

extension KPIResult.Point: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.period(period)
    stored.optional(actual) { $0.quantity($1) }
    stored.optional(target) { $0.quantity($1) }
    stored.bool(startsSeries)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(
      period: try stored.period(), actual: try stored.optionalQuantity(), target: try stored.optionalQuantity(),
      startsSeries: try stored.bool())
  }
}

extension Target: Stored {
  package func write(to stored: inout StoredWriter) {
    switch self {
    case .value(let value):
      stored.bool(false)
      stored.quantity(value)
    case .band(let low, let high, let tolerance):
      stored.bool(true)
      for bound in [low, high, tolerance] { stored.quantity(bound) }
    }
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self =
      try stored.bool()
      ? .band(low: try stored.quantity(), high: try stored.quantity(), tolerance: try stored.quantity())
      : .value(try stored.quantity())
  }
}

extension Coverage: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.int(recorded)
    stored.int(expected)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    self.init(recorded: try stored.int(), of: try stored.int())
  }
}

extension StoredReader {
  mutating func optionalString() throws(StoredFault) -> String? { try bool() ? try string() : nil }
  mutating func optionalInt() throws(StoredFault) -> Int? { try bool() ? try int() : nil }
  mutating func optionalQuantity() throws(StoredFault) -> Quantity? { try bool() ? try quantity() : nil }
  mutating func optionalTarget() throws(StoredFault) -> Target? { try bool() ? try Target(from: &self) : nil }
  mutating func optionalChoice<Case: CaseIterable>(_ type: Case.Type) throws(StoredFault) -> Case? {
    try bool() ? try choice(type) : nil
  }
}

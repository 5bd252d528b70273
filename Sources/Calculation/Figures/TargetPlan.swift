/// A target, and where it comes from.
public struct PlannedTarget: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// The period's own.
    case own
    /// Part of the target of a longer period, by the days of the profile.
    case spread(from: Period, TimeShare)
    /// The target of a longer period as it is: levels.
    case inherited(from: Period)
    /// The sum of the targets of all periods of a shorter kind: flows.
    case summed(PeriodKind)
    /// The target of the last period of a shorter kind: levels.
    case last(Period)
  }

  public let target: Target
  public let origin: Origin

  public init(target: Target, origin: Origin) {
    self.target = target
    self.origin = origin
  }
}

/// A KPI's targets, answered for any period: the most specific period wins.
///
/// A period's own target comes first, then that of the periods it lies within, from short to long. Of a flow it is spread
/// over the longer period by the days of the profile, whatever other periods have targets of their own: a month's part
/// depends on one number and the calendar alone. The parts of a whole add up to it exactly, as each is the difference of
/// two rounded running totals. Of a level it is taken as it is. Where no longer period has one, the targets of all
/// shorter periods within are summed (flows), or the last of them is taken (levels); never where one is missing.
public struct TargetPlan: Sendable {
  private let targets: [Period: Target]
  private let kinds: [PeriodKind]
  private let accrual: Accrual
  private let profile: Profile
  private let shape: SeasonalShape?
  private let calendar: FiscalCalendar

  /// A KPI's targets; `shape` is what the profile `seasonal` spreads by.
  public init(
    _ targets: [Period: Target], accrual: Accrual, profile: Profile, shape: SeasonalShape? = nil,
    calendar: FiscalCalendar
  ) {
    self.targets = targets
    var found: [PeriodKind] = []
    for period in targets.keys where !found.contains(period.kind) { found.append(period.kind) }
    kinds = found.sorted()
    self.accrual = accrual
    self.profile = profile
    self.shape = shape
    self.calendar = calendar
  }

  /// The target of a period; nil where there is none to be had.
  public func target(for period: Period) -> PlannedTarget? {
    if let own = targets[period] { return PlannedTarget(target: own, origin: .own) }
    for kind in kinds where kind > period.kind {
      guard let parent = calendar.parent(of: period, kind: kind), let target = targets[parent] else { continue }
      return part(of: target, from: parent, for: period)
    }
    for kind in kinds.reversed() where kind < period.kind {
      if let whole = whole(of: period, by: kind) { return whole }
    }
    return nil
  }

  private func part(of target: Target, from parent: Period, for period: Period) -> PlannedTarget {
    guard accrual == .flow else { return PlannedTarget(target: target, origin: .inherited(from: parent)) }
    let whole = calendar.days(of: parent, by: period.kind)
    let days = calendar.days(of: period)
    let before = share(whole.lowerBound..<max(whole.lowerBound, days.lowerBound), of: whole)
    let through = share(whole.lowerBound..<max(whole.lowerBound, days.upperBound), of: whole)
    let part = target.map { number in
      number.share(through.elapsed, of: through.total) - number.share(before.elapsed, of: before.total)
    }
    return PlannedTarget(target: part, origin: .spread(from: parent, share(days, of: whole)))
  }

  private func share(_ days: Range<Day>, of whole: Range<Day>) -> TimeShare {
    TimeShare(of: days, in: whole, profile: profile, shape: shape, calendar: calendar)
  }

  private func whole(of period: Period, by kind: PeriodKind) -> PlannedTarget? {
    let children = calendar.children(of: period, kind: kind)
    let parts = children.compactMap { targets[$0] }
    guard parts.count == children.count, let first = parts.first, let last = children.last else { return nil }
    if accrual == .level { return targets[last].map { PlannedTarget(target: $0, origin: .last(last)) } }
    let sum = parts.dropFirst().reduce(Optional(first)) { sum, part in sum?.adding(part) }
    return sum.map { PlannedTarget(target: $0, origin: .summed(kind)) }
  }
}

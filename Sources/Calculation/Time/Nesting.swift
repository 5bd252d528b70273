/// Whether figures recorded by one kind of period can be rolled up to another: see `FiscalCalendar.nesting`.
public enum Nesting: Hashable, Sendable {
  /// The longer period is made of whole shorter ones.
  case exact
  /// A week may begin in one period and end in the next. It counts whole in that of its Thursday, so that nothing counts
  /// twice and nothing is lost; a month has four or five weeks.
  case byThursday
  /// It cannot be done, and why: a sentence without a full stop.
  case none(String)

  /// Why there is no roll-up; nil where there is one.
  public var fault: String? {
    if case .none(let reason) = self { reason } else { nil }
  }
}

extension FiscalCalendar {
  /// Whether what is recorded by `inner` has figures by `outer`, and if not why.
  ///
  /// Every kind nests in every longer one, as a ledger has one calendar: with 4-4-5 and its like a month is four or five
  /// weeks, and the civil month, in which weeks would not fit, does not occur. With civil months only weeks do not fit,
  /// and count by their Thursday.
  public func nesting(of inner: PeriodKind, in outer: PeriodKind) -> Nesting {
    if inner > outer {
      return .none(
        "what is recorded by \(inner.rawValue) has no figures by \(outer.rawValue): a \(inner.rawValue) is longer, and"
          + " how it is made up of \(outer.plural) is not recorded")
    }
    return inner == .week && outer > .week && pattern == .calendar ? .byThursday : .exact
  }

  /// Whether a period lies within another, and if not why: as `nesting(of:in:)` of their kinds, and then by where it is.
  public func nesting(of inner: Period, in outer: Period) -> Nesting {
    let kinds = nesting(of: inner.kind, in: outer.kind)
    guard kinds.fault == nil, let parent = parent(of: inner, kind: outer.kind), parent != outer else { return kinds }
    guard days(of: outer).overlaps(days(of: inner)) else {
      return .none("\(inner) is not in \(outer) but in \(parent)")
    }
    return .none("\(inner) has days in \(outer), but its Thursday is in \(parent), and there it counts")
  }
}

extension PeriodKind {
  fileprivate var plural: String {
    switch self {
    case .half: "halves"
    default: rawValue + "s"
    }
  }
}

public import Calculation

/// Figures as people read them: grouped by thousands, rounded to the unit's places, with a true minus sign.
///
/// Only for showing: JSON and CSV carry the exact figure.
public struct FigureText: Hashable, Sendable {
  /// U+2212 in typeset formats, a hyphen where columns have to survive any font.
  private let minus: String

  /// What stands for a figure that is not there: an en dash.
  static let none = "\u{2013}"

  /// Figures with a typographic minus sign, or with a plain hyphen.
  public init(typographic: Bool = true) { minus = typographic ? "\u{2212}" : "-" }

  /// A figure in its unit, as `25.3 %` or `134,869,386`; nil is an en dash.
  public func text(_ value: Quantity?, in unit: UnitLabel, withUnit: Bool = false) -> String {
    guard let value else { return Self.none }
    let number = grouped(value.rounded(toPlaces: places(for: value, in: unit)), places: unit.decimals ?? 0)
    guard withUnit, let name = unit.symbol ?? unit.id else { return number }
    return "\(number) \(name)"
  }

  /// A target: a figure, or a band as `80–90`.
  public func text(_ target: Target?, in unit: UnitLabel) -> String {
    switch target {
    case nil: text(nil as Quantity?, in: unit)
    case .value(let value): text(value, in: unit)
    case .band(let low, let high, _): "\(text(low, in: unit))\u{2013}\(text(high, in: unit))"
    }
  }

  /// A figure with its sign, as `+12`.
  public func signed(_ value: Quantity?, in unit: UnitLabel) -> String {
    guard let value, !value.isZero, !value.isNegative else { return text(value, in: unit) }
    return "+" + text(value, in: unit)
  }

  /// A share of 100 as `97.3 %`; one decimal place.
  public func percent(_ value: Quantity?) -> String {
    guard let value else { return Self.none }
    return grouped(value.rounded(toPlaces: 1), places: 1) + "\u{2009}%"
  }

  /// A score as `97.3`.
  public func score(_ value: Quantity?) -> String {
    guard let value else { return Self.none }
    return grouped(value.rounded(toPlaces: 1), places: 1)
  }

  /// A score to so many places, as `97.30`.
  public func score(_ value: Quantity?, places: Int) -> String {
    guard let value else { return Self.none }
    return grouped(value.rounded(toPlaces: places), places: places)
  }

  /// How far a score moved, with its sign, as `+2.8`.
  public func movement(_ value: Quantity, places: Int) -> String {
    (value > .zero ? "+" : "") + score(value, places: places)
  }

  /// A number of things, as `10,000`.
  static func grouped(_ count: Int) -> String { FigureText().grouped(Quantity(count), places: 0) }

  /// Without a unit's own places: whole from 1,000 on, else so many that three digits or so can be read.
  private func places(for value: Quantity, in unit: UnitLabel) -> Int {
    if let decimals = unit.decimals { return Swift.min(Swift.max(decimals, 0), 12) }
    let size = value.magnitude
    if size >= 1000 { return 0 }
    if size >= 100 { return 1 }
    return size >= 1 ? 2 : 4
  }

  /// At least so many places, thousands grouped by commas.
  private func grouped(_ value: Quantity, places: Int) -> String {
    let parts = value.magnitude.description.split(separator: ".", maxSplits: 1)
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    while fraction.utf8.count < Swift.min(places, 12) { fraction += "0" }
    let whole = parts.first ?? "0"
    var text = value.isNegative ? minus : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.utf8.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return fraction.isEmpty ? text : text + "." + fraction
  }
}

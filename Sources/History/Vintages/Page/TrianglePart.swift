import Calculation
import Consolidation
public import LedgerModel

/// The part of a triangle that there is room for: its newest vintages, and its newest periods.
struct TrianglePart {
  /// The places of the vintages, oldest first.
  let vintages: [Int]
  /// Oldest first.
  let rows: [VintageRow]
  /// What is left out, as a sentence; nil where that is nothing.
  let omission: String?
  private let titles: [Day]
  private let waiting: Set<Int>

  /// - Parameter titles: the day of each vintage of the triangle
  init(_ triangle: RestatementTriangle, vintages most: Int, rows mostRows: Int, titles: [Day]) {
    self.titles = titles
    let known = Array(triangle.vintages.indices.suffix(most))
    vintages = known
    waiting = Set(triangle.vintages.indices.filter { !triangle.vintages[$0].isSent })
    let all = triangle.rows.filter { row in known.contains { triangle.cell(row, in: $0) != nil } }
    rows = all.suffix(mostRows)
    let parts = [
      Self.count(triangle.vintages.count - vintages.count, "earlier column"),
      Self.count(triangle.rows.count - rows.count, "earlier period"),
    ].compactMap(\.self)
    omission = parts.isEmpty ? nil : "\(parts.joined(separator: " and ")) left out; CSV and JSON have all"
  }

  /// The day of a vintage; of one that nobody else has, that.
  func title(of vintage: Int) -> String { waiting.contains(vintage) ? "not sent" : titles[vintage].description }

  /// What became of a value, when, by whom and why: `120 → 131, 2026-03-12, Ana Ruiz: Booked late`.
  func told(_ revision: Revision, _ unit: UnitLabel) -> String {
    let figures = FigureText()
    let to = revision.to.map { figures.text($0.value, in: unit) } ?? "gone"
    let values = "\(figures.text(revision.from?.value, in: unit)) \u{2192} \(to)"
    let who = revision.entry.map { ", \($0.by.name): \($0.message.prefix { !$0.isNewline })" } ?? ""
    return "\(values), \(title(of: revision.vintage))\(who)"
  }

  private static func count(_ number: Int, _ what: String) -> String? {
    number > 0 ? "\(number) \(what)\(number == 1 ? "" : "s")" : nil
  }
}

extension RowStatus {
  /// A letter for what is not final; nil for what is.
  public var sign: String? {
    switch self {
    case .final, .missing: nil
    case .provisional: "p"
    case .estimated: "e"
    }
  }
}

import Calculation
import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel

/// Why scores moved, for people: a head line a score, a sentence, and a line a part.
struct ExplainText {
  /// So many parts of a score are shown unless all are asked for, and so many scores with their parts.
  static let mostParts = 10
  private static let mostScores = 6

  let told: ExplainRun.Told
  let showsAll: Bool

  func print() {
    Console.print("\(told.scope).")
    let moved = told.explanations
    if moved.isEmpty { Console.print("No score moved.") }
    let shown = showsAll ? moved.count : Self.mostScores
    for explanation in moved.prefix(shown) { print(explanation) }
    if moved.count > shown {
      Console.print("")
      Console.print("Also moved; see one with --goal, or everything with --all:")
      for explanation in moved.dropFirst(shown) { Console.print("  " + ExplainedScore(explanation).head(told.period)) }
    }
    if told.still > 0 {
      Console.print("")
      Console.print("\(told.still) other \(told.still == 1 ? "change" : "changes") moved no score.")
    }
  }

  private func print(_ explanation: Explanation) {
    let score = ExplainedScore(explanation)
    Console.print("")
    Console.print(Style.strong(score.head(told.period)))
    guard !explanation.parts.isEmpty else { return }
    if let summary = score.summary { Console.print(summary) }
    for line in score.table(parts: showsAll ? nil : Self.mostParts).lines(width: Console.width) { Console.print(line) }
  }
}

/// One score with its parts, rounded so that what is shown adds up: a part is shown as the difference of the rounded
/// scores before and after it.
struct ExplainedScore {
  private let explanation: Explanation
  private let places: Int
  /// What of each part is shown; nil where a score comes or goes.
  private let sizes: [Quantity?]
  private static let figures = FigureText()

  init(_ explanation: Explanation) {
    self.explanation = explanation
    let largest = explanation.parts.compactMap(\.size?.magnitude).max() ?? .zero
    // Two digits or so of the largest part can be read.
    let limits: [Quantity] = [1, 10, 100]
    let places = largest.isZero ? 1 : 1 + limits.count { largest * $0 < 1 }
    var last = explanation.from?.rounded(toPlaces: places)
    sizes = explanation.parts.map { part in
      guard let after = part.after?.rounded(toPlaces: places) else { return nil }
      defer { last = after }
      return last.map { after - $0 }
    }
    self.places = places
  }

  /// As `Grow, 2026-Q1: 91.2 → 94.0 (+2.8)`.
  func head(_ period: String) -> String {
    let scores = [explanation.from, explanation.to].map { Self.figures.score($0, places: places) }
    let outcome =
      switch (explanation.from, explanation.to) {
      case (nil, nil): "no score"
      case (nil, _?): "it had no score"
      case (_?, nil): "it has no score now"
      default: text(total)
      }
    return "\(explanation.name), \(period): \(scores[0]) \u{2192} \(scores[1]) (\(outcome))"
  }

  /// As `+2.8: actuals +3.1, targets −0.3`; nil where a score only came or went.
  var summary: String? {
    let sums = ScorePart.Kind.allCases.compactMap { kind -> String? in
      let own = zip(explanation.parts, sizes).filter { $0.0.kind == kind }.compactMap(\.1)
      return own.isEmpty ? nil : "\(kind.plural) \(text(own.reduce(.zero, +)))"
    }
    return sums.isEmpty ? nil : "\(text(total)): \(sums.joined(separator: ", "))"
  }

  private var total: Quantity { sizes.reduce(.zero) { $0 + ($1 ?? .zero) } }

  private func text(_ size: Quantity) -> String { Self.figures.movement(size, places: places) }

  func table(parts count: Int?) -> TextTable {
    var table = TextTable([
      .init("part", isRight: true), .init("kind"), .init("what", wraps: true), .init("change", wraps: true),
      .init("who", wraps: true), .init("when"), .init("commit"), .init("why", wraps: true),
    ])
    let shown = explanation.largest(count)
    for place in bySize(shown) { table.add(cells(explanation.parts[place], sizes[place])) }
    let rest = Set(sizes.indices).subtracting(shown)
    if !rest.isEmpty {
      let more = rest.reduce(Quantity.zero) { $0 + (sizes[$1] ?? .zero) }
      table.add([text(more), "", "and \(rest.count) more \(rest.count == 1 ? "part" : "parts")"])
    }
    if sizes.contains(where: { $0 != nil }) { table.add([text(total), "sum"]) }
    return table
  }

  /// Those in which a score comes or goes first, then the largest.
  private func bySize(_ places: [Int]) -> [Int] {
    places.sorted { one, other in
      guard let first = sizes[one]?.magnitude, let second = sizes[other]?.magnitude else {
        return (sizes[one] != nil ? 1 : 0, one) < (sizes[other] != nil ? 1 : 0, other)
      }
      return first != second ? first > second : one < other
    }
  }

  private func cells(_ part: ScorePart, _ size: Quantity?) -> [String] {
    let coming = part.before == nil ? "new" : "gone"
    return [
      size.map(text) ?? coming, part.kind.rawValue, part.what, part.changeText, part.entry?.origin ?? "",
      part.entry.map { TimeText.date($0.at.seconds) } ?? "", part.entry?.commit.abbreviated() ?? "",
      part.entry?.why ?? "",
    ]
  }
}

extension ScorePart {
  /// What changed: the KPI or file, with the key in it.
  fileprivate var what: String {
    let name = kpi?.description ?? FileNames.text([file])
    guard let key = entry?.key ?? keys.first, key != .file else { return name }
    return "\(name) \(key.text)"
  }

  fileprivate var changeText: String {
    if entry?.key ?? keys.first == .file { return change?.to == nil ? "removed" : "new" }
    guard step == nil else { return change.map { ValueText.change(from: $0.from, to: $0.to) } ?? "" }
    // Figures, and not values as somebody wrote them.
    return change.map { "\(Self.figure($0.from)) \u{2192} \(Self.figure($0.to))" } ?? ""
  }

  private static func figure(_ value: YAMLValue?) -> String {
    guard case .number(let figure)? = value else { return ValueText.short(value) }
    return FigureText().text(figure, in: UnitLabel(id: nil))
  }
}

extension AuditEntry {
  /// Who entered it; of what had been held, who proposed it and who settled that.
  fileprivate var origin: String {
    guard let settlement, settlement.outcome == .accepted else { return who }
    return "\(settlement.proposedBy.name), settled by \(by.name)"
  }
}

extension ScorePart.Kind {
  fileprivate var plural: String { self == .coverage ? rawValue : rawValue + "s" }
}

/// An explanation in JSON and CSV, a part each, in the order in which they came into force.
enum ExplainListing {
  struct Row {
    let explanation: Explanation
    let period: String
    let part: ScorePart
  }

  static var listing: Listing<Row> {
    Listing(
      fields: [
        .init("of") { $0.explanation.subject.id },
        .init("name") { $0.explanation.name },
        .init("period") { $0.period },
        number("score_from") { $0.explanation.from },
        number("score_to") { $0.explanation.to },
        .init("kind") { $0.part.kind.rawValue },
        .init("kpi") { $0.part.kpi?.description },
        .init("file") { $0.part.file },
        .init("key") { ($0.part.entry?.key ?? $0.part.keys.first)?.text },
        value("from") { $0.part.change?.from },
        value("to") { $0.part.change?.to },
        number("before") { $0.part.before },
        number("after") { $0.part.after },
        number("size") { $0.part.size },
        .init("at") { $0.part.entry.map { TimeText.utc($0.at.seconds) } },
        .init("by") { $0.part.entry?.by.description },
        .init(
          "verified", text: { $0.part.entry.map { $0.isVerified ? "true" : "false" } ?? "" },
          json: { row, json in if let entry = row.part.entry { json.bool(entry.isVerified) } else { json.null() } }),
        .init("proposed_by") { $0.part.entry?.settlement?.proposedBy.description },
        .init("commit") { $0.part.entry?.commit.description },
        .init("sync") { ($0.part.entry?.sync ?? $0.part.step)?.description },
        .init("message") { $0.part.entry?.message },
      ], columns: [])
  }

  private static func number(_ name: String, _ pick: @escaping (Row) -> Quantity?) -> Listing<Row>.Field {
    .init(name, text: { pick($0)?.description ?? "" }, json: { $1.number(pick($0)) })
  }

  private static func value(_ name: String, _ pick: @escaping (Row) -> YAMLValue?) -> Listing<Row>.Field {
    .init(name, text: { pick($0).map(ValueText.full) ?? "" }, json: { $1.value(pick($0)) })
  }
}

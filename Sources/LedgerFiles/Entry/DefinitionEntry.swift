import Calculation
public import LedgerModel

/// What a person says of a definition: fields to set or to clear, put into the file in place.
public struct DefinitionEntry {
  /// By path of field names, in the order given; nil clears the field.
  public private(set) var changes: [(path: [String], value: YAMLValue?)] = []

  public init() {}

  public var isEmpty: Bool { changes.isEmpty }

  /// Sets a field to a text as it stands on the command line: read as YAML reads it, so that `25` is a number and
  /// `[a, b]` a list; an empty text clears the field.
  public mutating func set(_ path: [String], to text: String) {
    guard !text.isEmpty else { return changes.append((path, nil)) }
    let document = YAMLDocument(parsing: Array(text.utf8))
    let value = document.findings.isEmpty ? document.root.map { YAMLValue($0) } : nil
    if case .map? = value, !text.hasPrefix("{") { return changes.append((path, .string(text))) }
    changes.append((path, value ?? .string(text)))
  }

  /// Sets a field to a text that is nothing but text.
  public mutating func setText(_ path: [String], to text: String) {
    changes.append((path, text.isEmpty ? nil : .string(text)))
  }

  /// Adds an input as people write it: `won:sum`, the name and how a longer period adds it up.
  /// - Throws: `EntryFault` where it names none.
  public mutating func setInput(_ text: String) throws(EntryFault) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.first, !text.hasPrefix(":") else {
      throw EntryFault("'\(text)' names no input.", hint: "Write it as --input won:sum")
    }
    let how = parts.count > 1 ? parts[1] : Aggregate.sum.rawValue
    guard Aggregate(rawValue: how) != nil else {
      let known = Aggregate.allCases.map(\.rawValue)
      throw EntryFault(
        "'\(how)' is no way to add up \(name)." + Suggestion.sentence(for: how, in: known),
        hint: "It is one of: \(known.joined(separator: ", ")).")
    }
    set(["inputs", name], to: .map([("aggregate", .string(how))]))
  }

  /// Sets a planned value as people write it: `2026-Q3=27`; nothing behind `=` takes it away.
  /// - Throws: `EntryFault` where it names no period.
  public mutating func setTarget(_ text: String) throws(EntryFault) {
    let (period, value) = try Self.pair(text, "--target 2026=25")
    guard let period = Period(period) else {
      throw EntryFault(
        "'\(period)' is no period.", hint: "Write it as 2026-03-14, 2026-W11, 2026-03, 2026-Q1, 2026-H1 or 2026.")
    }
    set(["targets", period.description], to: value)
  }

  /// Sets any field as people write it: `thresholds.amber=85`; nothing behind `=` clears it.
  /// - Throws: `EntryFault` where it names none.
  public mutating func setField(_ text: String) throws(EntryFault) {
    let (field, value) = try Self.pair(text, "--set thresholds.amber=85")
    set(field.split(separator: ".").map(String.init), to: value)
  }

  private static func pair(_ text: String, _ example: String) throws(EntryFault) -> (String, String) {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex, text.first != "." else {
      throw EntryFault("'\(text)' names no value.", hint: "Write it as \(example)")
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// Sets a field to a value.
  public mutating func set(_ path: [String], to value: YAMLValue) { changes.append((path, value)) }

  /// The file with the changes in it: everything else stays byte for byte. New fields go where they usually stand.
  /// - Parameter bytes: the definition as it is; nil begins one.
  public func applied(to bytes: [UInt8]?, id: KPIID) -> [UInt8] {
    var editor = YAMLEditor(YAMLDocument(parsing: bytes ?? Array(Self.beginning(id).utf8)))
    for (path, value) in changes {
      if let value { Self.set(path, value, &editor) } else { editor.remove(path) }
    }
    return editor.bytes
  }

  private static func set(_ path: [String], _ value: YAMLValue, _ editor: inout YAMLEditor) {
    var (path, value) = (path, value)
    while path.count > 2, let last = path.last, editor.document.entry(at: path.dropLast()) == nil {
      value = .map([(last, value)])
      path.removeLast()
    }
    let isNew = path.first.map { editor.document.entry(at: [$0]) == nil } ?? false
    guard isNew, let place = order.firstIndex(of: path[0]) else { return editor.set(path, to: value) }
    if path.count > 1 { value = .map([(path[1], value)]) }
    let before = order[..<place].last { editor.document.entry(at: [$0]) != nil }
    editor.set([path[0]], to: value, after: before)
  }

  /// The order in which a definition's fields usually stand.
  private static let order = [
    "name", "class", "goal", "priority", "weight", "owner", "data_owner", "decision", "consequence", "influence",
    "indicator", "leads_to", "unit", "direction", "inputs", "formula", "dimensions", "period", "profile", "missing",
    "bounds", "effective_from", "earlier", "targets", "baseline", "thresholds", "review", "process", "affects",
    "escalation", "consolidates", "was", "status",
  ]

  /// What a new definition begins with: a draft, to be filled in.
  public static func beginning(_ id: KPIID) -> String {
    """
    name: \(YAMLWriter.flow(.string(title(id))))
    class: kpi                       # kpi | metric (observed, not steered by) | context (external)
    direction: higher                # higher | lower | band
    period: month                    # day | week | month | quarter | half | year
    status: draft                    # draft | active | retired

    """
  }

  /// All fields with what they are for, to be filled in with an editor.
  public static func template(_ id: KPIID) -> String {
    """
    # \(id): fill in what you know; lines that begin with # say nothing.
    name: \(YAMLWriter.flow(.string(title(id))))
    class: kpi                       # kpi | metric (observed, not steered by) | context (external)
    # goal: grow-revenue             # an id of goals.yaml
    # priority: 1
    # owner: head-of-sales           # ONE role: explains deviations and demands decisions
    # data_owner: sales-operations   # the role whose actuals are authoritative
    # decision: what is decided with this figure
    # unit: percent                  # a unit of ledger.yaml or a currency code
    direction: higher                # higher | lower | band
    # inputs:                        # without them a KPI has one input named value
    #   won: {source: CRM, aggregate: sum}
    #   decided: {source: CRM, aggregate: sum}
    # formula: won / decided * 100
    period: month                    # day | week | month | quarter | half | year
    # targets: {2026: 25, 2026-Q3: 27}
    # review: {cadence: week, venue: Monday pipeline call}
    status: draft                    # draft | active | retired

    """
  }

  private static func title(_ id: KPIID) -> String {
    let words = id.kpi.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

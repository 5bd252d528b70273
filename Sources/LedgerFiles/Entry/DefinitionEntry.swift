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

  /// Sets a field to a value.
  public mutating func set(_ path: [String], to value: YAMLValue) { changes.append((path, value)) }

  /// The file with the changes in it: everything else stays byte for byte.
  /// - Parameter bytes: the definition as it is; nil begins one.
  public func applied(to bytes: [UInt8]?, id: KPIID) -> [UInt8] {
    var editor = YAMLEditor(YAMLDocument(parsing: bytes ?? Array(Self.beginning(id).utf8)))
    for (path, value) in changes {
      if let value { editor.set(path, to: value) } else { editor.remove(path) }
    }
    return editor.bytes
  }

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

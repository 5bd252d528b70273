public import Calculation

/// What a YAML value means, whatever its layout: `25` equals `25.0`, quotes and the order of keys do not count.
public indirect enum YAMLValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Quantity)
  /// A number that a `Quantity` cannot hold, as it is written: `.inf`, `.nan`, or too many digits.
  case float(String)
  case string(String)
  case list([YAMLValue])
  /// In the order of the text; the order does not count when two are compared. Keys are unique.
  case map([(key: String, value: YAMLValue)])

  /// A scalar's meaning by the core schema of YAML 1.2.
  public enum Scalar: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Quantity)
    /// A number that a `Quantity` cannot hold, as it is written.
    case float(String)
    case string(String)
  }

  /// The meaning of a node.
  public init(_ node: YAMLNode) {
    switch node.kind {
    case .scalar(let scalar): self.init(scalar.resolved)
    case .mapping(let entries, _): self = .map(entries.map { ($0.key, YAMLValue($0.value)) })
    case .sequence(let items, _): self = .list(items.map { YAMLValue($0.value) })
    }
  }

  /// The value that is just this scalar.
  public init(_ scalar: Scalar) {
    switch scalar {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .number(value)
    case .float(let text): self = .float(text)
    case .string(let text): self = .string(text)
    }
  }

  /// The value of a key in a map; nil where there is none, or the value is no map.
  public subscript(_ key: String) -> YAMLValue? {
    guard case .map(let pairs) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  public static func == (one: YAMLValue, other: YAMLValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.float(let one), .float(let other)): one == other
    case (.string(let one), .string(let other)): one == other
    case (.list(let one), .list(let other)): one == other
    case (.map(let one), .map(let other)): mapsEqual(one, other)
    default: false
    }
  }

  private typealias Pairs = [(key: String, value: YAMLValue)]

  private static func mapsEqual(_ one: Pairs, _ other: Pairs) -> Bool {
    guard one.count == other.count else { return false }
    if zip(one, other).allSatisfy({ $0.key == $1.key }) { return zip(one, other).allSatisfy { $0.value == $1.value } }
    let found = Dictionary(other.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return one.allSatisfy { pair in found[pair.key].map { $0 == pair.value } ?? false }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .float(let text), .string(let text): hasher.combine(text)
    case .list(let values): hasher.combine(values)
    case .map(let pairs):
      var sum = 0
      for pair in pairs {
        var inner = Hasher()
        inner.combine(pair.key)
        inner.combine(pair.value)
        sum ^= inner.finalize()
      }
      hasher.combine(pairs.count)
      hasher.combine(sum)
    }
  }
}

public import Consolidation
public import LedgerFiles

extension JSONWriter {
  /// A value of a ledger's files on one line; nil is null; a number beyond a `Quantity` is text.
  public mutating func value(_ value: YAMLValue?) {
    switch value {
    case nil, .null?: null()
    case .bool(let value)?: bool(value)
    case .number(let value)?: number(value)
    case .float(let text)?, .string(let text)?: string(text)
    case .list(let items)?:
      array(inline: true) { json in for item in items { json.value(item) } }
    case .map(let pairs)?:
      object(inline: true) { json in
        for pair in pairs {
          json.key(pair.key)
          json.value(pair.value)
        }
      }
    }
  }
}

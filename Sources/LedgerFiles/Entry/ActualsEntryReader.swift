import Calculation
public import LedgerModel

/// Reads what a person enters for one period or for several.
public struct ActualsEntryReader {
  private let definition: Definition

  public init(_ definition: Definition) { self.definition = definition }

  /// A period and its values, as `2026-03 won=12 decided=40`; of a KPI with one input also `2026-03 1250.50`, and
  /// several periods at once, `2026-03=12 2026-04=14`.
  /// - Parameter common: what is entered for each of them: a note, a status, a confirmation.
  /// - Throws: `EntryFault` for what this KPI cannot have.
  public func entries(_ texts: [String], common: ActualsEntry) throws(EntryFault) -> [ActualsEntry] {
    let pairs = texts.map { Self.pair($0) }
    guard let first = pairs.first, first != nil else {
      var entry = common
      try entry.read(period: texts.first ?? "", values: Array(texts.dropFirst()))
      return [entry]
    }
    var entries: [ActualsEntry] = []
    for (text, pair) in zip(texts, pairs) {
      guard let pair else {
        throw EntryFault(
          "'\(text)' does not go with '\(texts[0])'.",
          hint: "Write a period with its values, or several as 2026-03=12 2026-04=14.")
      }
      guard definition.calculation.inputs.count == 1, definition.calculation.dimensions.isEmpty else {
        throw EntryFault(
          "\(definition.id) has more than one value a period, so '\(text)' does not say which.",
          hint: "Record one period at a time, as \(pair.period) \(common.example)")
      }
      var entry = common
      try entry.read(period: pair.period, values: [pair.value])
      guard !entries.contains(where: { $0.key == entry.key }) else {
        throw EntryFault("\(entry.key) is given twice.", hint: "Give each period once.")
      }
      entries.append(entry)
    }
    return entries
  }

  private static func pair(_ text: String) -> (period: String, value: String)? {
    guard let sign = text.firstIndex(of: "="), Period(text[..<sign]) != nil else { return nil }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }
}

import Calculation
import LedgerModel

/// One value of a file that is being decoded. Each reader returns nil, with a finding, where the value is not what it
/// should be.
struct Value {
  let reading: FileReading
  let node: YAMLNode
  /// The dotted name of the value inside the file, as `thresholds.green`.
  let label: String
  /// The byte of the field's name, or of the value where it has none.
  let anchor: Int

  /// Whether nothing stands there.
  var isBlank: Bool { Self.isNull(node) }

  /// A text. A number, yes/no value or blank needs quotes to be one.
  func text() -> String? {
    guard case .scalar(let scalar) = node.kind else { return wrongType("one text") }
    guard case .string(let text) = scalar.resolved else {
      reading.add(
        .error, "wrong-type", at: node.range.lowerBound,
        "\"\(label)\" should be text, but \(Self.shortened(scalar.text)) reads as \(Self.shape(of: node)): "
          + "write it in quotes, as \"\(Self.shortened(scalar.text))\".")
      return nil
    }
    return text
  }

  /// The text of a value that may look like a number, as the period `2026`.
  func bareText() -> String? {
    guard case .scalar(let scalar) = node.kind, !isBlank else { return wrongType("text") }
    return scalar.text
  }

  /// A decimal number within what the ledger can hold.
  func number() -> Quantity? {
    guard case .scalar(let scalar) = node.kind else { return wrongType("a number") }
    switch scalar.resolved {
    case .number(let quantity): return quantity
    case .string where !Self.startsLikeNumber(scalar.text): return wrongType("a number")
    case .string, .float:
      reading.add(
        .error, "bad-number", at: node.range.lowerBound,
        "\"\(label)\" should be a number, but \"\(Self.shortened(scalar.text))\" is none that can be used: write plain "
          + "digits with a decimal point, without quotes, separators or units, and at most 30 digits.")
      return nil
    default: return wrongType("a number")
    }
  }

  /// A number of the given range.
  func number(in range: ClosedRange<Quantity>) -> Quantity? {
    guard let number = number() else { return nil }
    return check(number, in: range) ? number : nil
  }

  /// A number from `least` up.
  func number(from least: Quantity) -> Quantity? {
    guard let number = number() else { return nil }
    guard number >= least else {
      report("out-of-range", "\"\(label)\" should be \(least) or more, but is \(number).")
      return nil
    }
    return number
  }

  /// A whole number of the given range.
  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let number = number() else { return nil }
    guard let whole = Int(number.description) else {
      report("wrong-type", "\"\(label)\" should be a whole number, but is \(number).")
      return nil
    }
    return check(Quantity(whole), in: Quantity(range.lowerBound)...Quantity(range.upperBound)) ? whole : nil
  }

  /// `true` or `false`.
  func bool() -> Bool? {
    guard case .scalar(let scalar) = node.kind, case .bool(let value) = scalar.resolved else {
      return wrongType("true or false")
    }
    return value
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type = Choice.self) -> Choice?
  where Choice.RawValue == String {
    guard let text = text() else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    reportUnknown(text, allowed: Choice.allCases.map(\.rawValue))
    return nil
  }

  /// Adds the finding that a word is none of the allowed ones.
  func reportUnknown(_ text: String, allowed: [String]) {
    report(
      "unknown-value",
      "\"\(label)\" cannot be \"\(Self.shortened(text))\"; it may be \(allowed.joined(separator: ", ")).\(Suggestion.sentence(for: text, in: allowed))"
    )
  }

  /// The elements of a list.
  func items() -> [Value]? {
    guard case .sequence(let items, _) = node.kind else { return wrongType("a list, as [one, two]") }
    return items.enumerated().map { index, item in
      Value(
        reading: reading, node: item.value, label: "\(label)[\(index + 1)]", anchor: item.value.range.lowerBound)
    }
  }

  /// The fields of a group; names outside `known` are reported.
  func fields(_ known: KnownFields) -> Fields? {
    guard let fields = group() else { return nil }
    fields.reportUnknown(known)
    return fields
  }

  /// The entries of a group whose names are free.
  func group() -> Fields? {
    guard case .mapping(let entries, _) = node.kind else { return wrongType("a group of fields, as {field: value}") }
    return Fields(reading: reading, owner: "\"\(label)\"", label: label, anchor: anchor, entries: entries)
  }

  /// Adds an error at the value.
  func report(_ rule: String, _ message: @autoclosure () -> String) {
    reading.add(.error, rule, at: node.range.lowerBound, message())
  }

  private func wrongType<Result>(_ wanted: String) -> Result? {
    report("wrong-type", "\"\(label)\" should be \(wanted), but is \(Self.shape(of: node)).")
    return nil
  }

  private func check(_ number: Quantity, in range: ClosedRange<Quantity>) -> Bool {
    if range.contains(number) { return true }
    report(
      "out-of-range", "\"\(label)\" should lie between \(range.lowerBound) and \(range.upperBound), but is \(number).")
    return false
  }
}

extension Value {
  /// Whether a node is a blank.
  static func isNull(_ node: YAMLNode) -> Bool { node.scalar.map { $0.resolved == .null } ?? false }

  /// What a value looks like, for somebody who does not know YAML.
  static func shape(of node: YAMLNode) -> String {
    switch node.kind {
    case .mapping: return "a group of fields"
    case .sequence: return "a list"
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: return "blank"
      case .bool: return "true or false"
      case .number, .float: return "a number"
      case .string: return "the text \"\(shortened(scalar.text))\""
      }
    }
  }

  /// A text short enough for a message, on one line.
  static func shortened(_ text: String) -> String {
    let line = text.prefix(60).map { $0.isNewline || $0 == "\t" ? " " : $0 }
    return line.count < 60 ? String(line) : String(line.prefix(57)) + "…"
  }

  private static func startsLikeNumber(_ text: String) -> Bool {
    let bare = text.drop { "+-. ".contains($0) }
    return bare.first.map { $0.isASCII && $0.isNumber } ?? false
  }
}

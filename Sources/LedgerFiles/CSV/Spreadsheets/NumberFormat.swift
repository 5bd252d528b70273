public import Calculation

/// How the numbers of a table are written: what their decimal sign is, as far as the numbers themselves say.
///
///     let format = NumberFormat(evidence: ["2,200.00", "1,913"])
///     format.read("1,913")   // .value(1913): the comma groups thousands here
///
/// Read are `1234.5`, `1,234.50`, `1.234,50`, `1 234,5` (any blank), `1'234.50`, `1,2E+05`, `(12.5)` and `12.5-` for
/// -12.5. A number that has one reading gives evidence of the decimal sign; one with two readings, as `1,234`, is
/// ambiguous unless other numbers give that evidence.
public struct NumberFormat: Hashable, Sendable {
  /// What the decimal sign is.
  public enum DecimalSign: String, Hashable, Sendable {
    case point
    case comma
    /// No number says.
    case unknown
    /// Some numbers say a point, others a comma.
    case mixed
  }

  public let decimalSign: DecimalSign
  /// Whether a lone point is a decimal sign unless a number says otherwise: so where fields are separated by commas.
  let pointByDefault: Bool

  /// The format that these cells agree on; cells that are no numbers do not count.
  public init(evidence: some Sequence<String>, delimiter: UInt8 = UInt8(ascii: ",")) {
    var points = false
    var commas = false
    for text in evidence {
      guard let shape = NumberShape(text) else { continue }
      switch (shape.ifPoint, shape.ifComma) {
      case (.some, nil): points = true
      case (nil, .some): commas = true
      default: break
      }
    }
    self.init(decimalSign: points ? (commas ? .mixed : .point) : (commas ? .comma : .unknown), delimiter: delimiter)
  }

  /// The format with a decimal sign that is known from elsewhere, as from a mapping file.
  public init(decimalSign: DecimalSign, delimiter: UInt8 = UInt8(ascii: ",")) {
    self.decimalSign = decimalSign
    pointByDefault = delimiter == UInt8(ascii: ",")
  }

  /// Reads a cell.
  public func read(_ text: some StringProtocol) -> SpreadsheetReading<Quantity> {
    let text = CSVTable.trimmed(String(text))
    if text.isEmpty { return .blank }
    guard let shape = NumberShape(text) else { return .invalid(Self.refusal(text)) }
    switch (shape.ifPoint, shape.ifComma) {
    case (let one?, let other?): return one == other ? .value(one) : choose(text, one, other)
    case (let one?, nil):
      return decimalSign == .comma ? .ambiguous(Self.doubt(text)) : .value(one)
    case (nil, let other?):
      return decimalSign == .mixed || decimalSign == .point ? .ambiguous(Self.doubt(text)) : .value(other)
    case (nil, nil): return .invalid(Self.refusal(text))
    }
  }

  private func choose(_ text: String, _ ifPoint: Quantity, _ ifComma: Quantity) -> SpreadsheetReading<Quantity> {
    switch decimalSign {
    case .point: return .value(ifPoint)
    case .comma: return .value(ifComma)
    case .unknown, .mixed:
      let isPoint = text.utf8.contains(UInt8(ascii: "."))
      if pointByDefault, isPoint { return .value(ifPoint) }
      return .ambiguous(
        "\"\(text)\" can be \(ifPoint) or \(ifComma). Write it without a thousands separator, with a point.")
    }
  }

  private static func doubt(_ text: String) -> String {
    "\"\(text)\" is written with another decimal sign than the other numbers. Write it with a point."
  }

  private static func refusal(_ text: String) -> String {
    text.hasSuffix("%")
      ? "\"\(text)\" has a percent sign. Write the number alone; the definition knows the unit."
      : "\"\(text)\" is not a number. Leave the cell blank where the value is missing."
  }
}

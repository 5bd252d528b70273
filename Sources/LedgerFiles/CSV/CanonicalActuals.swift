import Calculation
import LedgerModel

/// The fast path: actuals out of a file exactly as we write it. Gives nil at the first thing out of the ordinary.
struct CanonicalActuals {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let decoder: ActualsDecoder
  private var pos = 0
  private var roles: [(role: ColumnRole, index: Int)] = []
  private var actuals = Actuals()
  private var inputs: [[Quantity?]] = []
  private var dimensions: [[String]] = []

  /// The actuals, or nil where the file is not canonical or holds an error.
  static func read(_ bytes: [UInt8], decoder: ActualsDecoder) -> Actuals? {
    guard bytes.count <= FileLimits.standard.csvBytes, bytes.last == 0x0A else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = CanonicalActuals(buffer, decoder)
      return reader.read()
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ decoder: ActualsDecoder) {
    self.bytes = bytes
    self.decoder = decoder
  }

  private mutating func read() -> Actuals? {
    guard readHeader() else { return nil }
    let expected = min(bytes.count / 10, 4096)
    actuals.periods.reserveCapacity(expected)
    actuals.statuses.reserveCapacity(expected)
    for index in inputs.indices { inputs[index].reserveCapacity(expected) }
    while pos < bytes.count {
      guard readRow() else { return nil }
    }
    for (column, values) in inputs.enumerated() { actuals.inputs[column].values = values }
    for (column, values) in dimensions.enumerated() { actuals.dimensions[column].values = values }
    return actuals
  }

  private mutating func readHeader() -> Bool {
    var seen: Set<String> = []
    while true {
      let start = pos
      while pos < bytes.count, bytes[pos] != 0x2C, bytes[pos] != 0x0A { pos += 1 }
      guard pos < bytes.count else { return false }
      let field = UnsafeBufferPointer(rebasing: bytes[start..<pos])
      guard field.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x7F }), let name = text(field, false),
        let role = decoder.role(of: name), seen.insert(name).inserted
      else { return false }
      addColumn(name, role)
      pos += 1
      if bytes[pos - 1] == 0x0A { break }
    }
    let required = ["period"] + decoder.dimensions + (decoder.inputs ?? [])
    return required.allSatisfy(seen.contains) && isInColumnOrder()
  }

  /// Period, the dimensions in the decoder's order, the inputs, status, note.
  private func isInColumnOrder() -> Bool {
    let ranks = roles.map(\.role.rank)
    return ranks == ranks.sorted() && actuals.dimensions.map(\.name) == decoder.dimensions
  }

  private mutating func addColumn(_ name: String, _ role: ColumnRole) {
    switch role {
    case .input:
      roles.append((role, inputs.count))
      actuals.inputs.append(Actuals.Column(name: name, values: []))
      inputs.append([])
    case .dimension:
      roles.append((role, dimensions.count))
      actuals.dimensions.append(Actuals.Column(name: name, values: []))
      dimensions.append([])
    default: roles.append((role, 0))
    }
  }

  private mutating func readRow() -> Bool {
    var status = RowStatus.final
    for (column, target) in roles.enumerated() {
      let start = pos
      guard let (range, isEscaped) = fieldContent() else { return false }
      let isQuoted = range.lowerBound != start
      let last = column + 1 == roles.count
      guard pos < bytes.count, bytes[pos] == (last ? 0x0A : 0x2C) else { return false }
      pos += 1
      let field = UnsafeBufferPointer(rebasing: bytes[range])
      switch target.role {
      case .period:
        guard let period = Period(utf8: field), accepts(period) else { return false }
        actuals.periods.append(period)
      case .input:
        guard !isQuoted else { return false }
        if field.isEmpty {
          inputs[target.index].append(nil)
        } else {
          guard field[0] != 0x2B, !field.contains(where: { $0 > 0x39 }), let value = Quantity(utf8: field) else {
            return false
          }
          inputs[target.index].append(value)
        }
      case .dimension:
        guard let text = text(field, isEscaped), !text.isEmpty else { return false }
        dimensions[target.index].append(text)
      case .status:
        guard let found = Self.status(field) else { return false }
        status = found
      case .note:
        guard addNote(field, isEscaped) else { return false }
      }
    }
    actuals.statuses.append(status)
    if !actuals.notes.isEmpty, actuals.notes.count < actuals.periods.count { actuals.notes.append("") }
    return isInOrder()
  }

  /// The bytes of the field at `pos` without quotes; `pos` is left behind the field.
  @inline(__always)
  private mutating func fieldContent() -> (Range<Int>, isEscaped: Bool)? {
    let start = pos
    guard pos < bytes.count else { return nil }
    if bytes[pos] != 0x22 {
      while pos < bytes.count, bytes[pos] != 0x2C, bytes[pos] != 0x0A {
        guard bytes[pos] >= 0x20, bytes[pos] != 0x22, bytes[pos] != 0x7F else { return nil }
        pos += 1
      }
      return (start..<pos, false)
    }
    pos += 1
    var isEscaped = false
    while pos < bytes.count {
      if bytes[pos] == 0x22 {
        guard pos + 1 < bytes.count, bytes[pos + 1] == 0x22 else { break }
        isEscaped = true
        pos += 1
      } else if bytes[pos] < 0x20, bytes[pos] != 0x0A {
        return nil
      }
      pos += 1
    }
    guard pos < bytes.count else { return nil }
    pos += 1
    return ((start + 1)..<(pos - 1), isEscaped)
  }

  /// Whether a row of that period may come next: of the right kind, and of one kind with the others.
  private func accepts(_ period: Period) -> Bool {
    period.kind == (decoder.period ?? actuals.periods.first?.kind ?? period.kind)
  }

  /// Whether the last row comes after the one before it; equal keys do not.
  private func isInOrder() -> Bool {
    let count = actuals.periods.count
    guard count > 1 else { return true }
    let (one, other) = (actuals.periods[count - 2], actuals.periods[count - 1])
    guard one == other else { return one < other }
    for column in dimensions where column[count - 2] != column[count - 1] {
      return column[count - 2] < column[count - 1]
    }
    return false
  }

  /// The text, or nil where it is not UTF-8, or has blanks at an end or a byte that is no text.
  private func text(_ field: UnsafeBufferPointer<UInt8>, _ isEscaped: Bool) -> String? {
    guard let text = String(validating: field, as: UTF8.self) else { return nil }
    guard !Self.isBlank(field.first), !Self.isBlank(field.last) else { return nil }
    let isPlain = field.allSatisfy { $0 < 0x80 } || !text.unicodeScalars.contains { (0x80..<0xA1).contains($0.value) }
    guard isPlain else { return nil }
    guard isEscaped else { return text }
    return CSVTable.text(
      CSVTable.Field(range: 0..<(field.count + 2), isQuoted: true, isEscaped: true), in: [0x22] + Array(field) + [0x22])
  }

  private static func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

  private mutating func addNote(_ field: UnsafeBufferPointer<UInt8>, _ isEscaped: Bool) -> Bool {
    if field.isEmpty { return true }
    guard let note = text(field, isEscaped) else { return false }
    while actuals.notes.count < actuals.periods.count - 1 { actuals.notes.append("") }
    actuals.notes.append(note)
    return true
  }

  private static func status(_ field: UnsafeBufferPointer<UInt8>) -> RowStatus? {
    if field.isEmpty { return .final }
    let text = String(decoding: field, as: UTF8.self)
    return text == "final" ? nil : RowStatus(rawValue: text)
  }
}

extension Period {
  /// The period as files write it; nil where the text is not one, or the calendar has none such (2026-02-29,
  /// 2025-W53).
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let period = text.withUTF8 { Period(utf8: $0) }
    guard let period else { return nil }
    self = period
  }

  /// The period written in UTF-8, read without making a string: for files.
  @inlinable public init?(utf8 bytes: some Collection<UInt8>) {
    let period =
      bytes.withContiguousStorageIfAvailable { Period(utf8: $0) }
      ?? Array(bytes).withUnsafeBufferPointer { Period(utf8: $0) }
    guard let period else { return nil }
    self = period
  }

  /// The period written in UTF-8, read without making a string: for files.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard let year = Self.digits(bytes, 0, 4) else { return nil }
    if bytes.count == 4 {
      self.init(.year, year: year)
      return
    }
    guard bytes.count >= 7, bytes[4] == UInt8(ascii: "-") else { return nil }
    switch (bytes.count, bytes[5]) {
    case (7, UInt8(ascii: "Q")): self.init(.quarter, year: year, text: bytes, at: 6, length: 1)
    case (7, UInt8(ascii: "H")): self.init(.half, year: year, text: bytes, at: 6, length: 1)
    case (7, _): self.init(.month, year: year, text: bytes, at: 5, length: 2)
    case (8, UInt8(ascii: "W")): self.init(.week, year: year, text: bytes, at: 6, length: 2)
    case (10, _):
      guard bytes[7] == UInt8(ascii: "-"), let month = Self.digits(bytes, 5, 2), let day = Self.digits(bytes, 8, 2),
        let date = Day(year: year, month: month, day: day)
      else { return nil }
      self.init(date)
    default: return nil
    }
  }

  private init?(_ kind: PeriodKind, year: Int, text: UnsafeBufferPointer<UInt8>, at start: Int, length: Int) {
    guard let index = Self.digits(text, start, length) else { return nil }
    self.init(kind, year: year, index: index)
  }

  private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> Int? {
    guard start + length <= bytes.count else { return nil }
    var value = 0
    for index in start..<(start + length) {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

extension Period: CustomStringConvertible {
  /// The period as files write it: `2026-03-14`, `2026-W11`, `2026-03`, `2026-Q1`, `2026-H1`, `2026`.
  public var description: String {
    let year = year.padded(to: 4)
    switch kind {
    case .day: return Day(daysSince1970: Int(ordinal)).description
    case .week: return "\(year)-W\(index.padded(to: 2))"
    case .month: return "\(year)-\(index.padded(to: 2))"
    case .quarter: return "\(year)-Q\(index)"
    case .half: return "\(year)-H\(index)"
    case .year: return year
    }
  }
}

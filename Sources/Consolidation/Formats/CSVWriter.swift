import Calculation

/// Writes CSV after RFC 4180, cell by cell.
struct CSVWriter {
  private var bytes: [UInt8] = []
  private var isFirst = true

  init(reserving count: Int) { bytes.reserveCapacity(count) }

  /// What has been written.
  var result: String { String(decoding: bytes, as: UTF8.self) }

  /// So many empty cells.
  mutating func blank(_ count: Int = 1) { for _ in 0..<count { separate() } }

  /// A text of our own; nil is empty.
  mutating func text(_ text: String?) {
    separate()
    if let text { append(text) }
  }

  /// A text out of the ledger, with an apostrophe in front where a spreadsheet would run it.
  mutating func foreign(_ text: String?) { self.text(text.map(SpreadsheetText.inert)) }

  /// A number in exact decimal form; nil is empty.
  mutating func number(_ value: Quantity?) {
    separate()
    value?.write(to: &bytes)
  }

  /// A target's one value, or a band's low and high, in three cells.
  mutating func target(_ target: Target?) {
    switch target {
    case nil: blank(3)
    case .value(let value):
      number(value)
      blank(2)
    case .band(let low, let high, _):
      blank()
      number(low)
      number(high)
    }
  }

  mutating func endLine() {
    bytes += [0x0D, 0x0A]
    isFirst = true
  }

  private mutating func separate() {
    if !isFirst { bytes.append(0x2C) }
    isFirst = false
  }

  private mutating func append(_ text: String) {
    let isPlain = text.utf8.withContiguousStorageIfAvailable { utf8 in
      for byte in utf8 where byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if isPlain != true { appendQuoted(text) }
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}

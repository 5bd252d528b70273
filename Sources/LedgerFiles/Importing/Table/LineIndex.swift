import LedgerModel

/// Where the lines of a text begin, so that many positions can be had without reading it again for each.
struct LineIndex: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices where buffer[index] == 0x0A || buffer[index] == 0x0D {
        let isPair = buffer[index] == 0x0D && index + 1 < buffer.count && buffer[index + 1] == 0x0A
        if !isPair { starts.append(index + 1) }
      }
    }
    self.starts = starts
  }

  /// The line of a byte, from 1.
  func line(_ offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The line and the column, in characters, of a byte.
  func position(_ offset: Int) -> Position {
    let line = line(offset)
    let start = min(starts[line - 1], bytes.count)
    let end = min(max(offset, start), bytes.count)
    return Position(line: line, column: 1 + bytes[start..<end].count { $0 & 0xC0 != 0x80 })
  }
}

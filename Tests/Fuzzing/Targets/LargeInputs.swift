extension FuzzTarget {
  /// Inputs of 100 kB in which one thing stands again and again: what takes time that grows faster than the text shows.
  public func largeInputs(size: Int = 100_000) -> [[UInt8]] {
    let words = self.words.map { Array($0.utf8) }
    let pairs = words.flatMap { word in ["a", "\n", " ", "\n "].map { word + Array($0.utf8) } }
    let seeds = self.seeds()
    let repeated = (words + pairs).map { Self.repeated($0, to: size) }
    // Of inputs of several parts, the last grows.
    let grown = (seeds.prefix(12) + seeds.suffix(12)).map { seed in
      guard let last = seed.split(separator: 0x0A).last else { return seed }
      return seed + Self.repeated([0x0A] + last, to: max(0, size - seed.count))
    }
    let inside = seeds.prefix(3).flatMap { seed in
      words.map { word -> [UInt8] in
        Array(seed.prefix(seed.count * 2 / 3)) + Self.repeated(word, to: size) + Array(seed.suffix(seed.count / 3))
      }
    }
    return repeated + grown + inside + Self.nested(size)
  }

  private static func repeated(_ word: [UInt8], to size: Int) -> [UInt8] {
    Array(Array(repeating: word, count: size / max(1, word.count) + 1).joined().prefix(size))
  }

  private static func nested(_ size: Int) -> [[UInt8]] {
    var stairs: [UInt8] = []
    var depth = 0
    while stairs.count < size {
      stairs += [UInt8](repeating: 0x20, count: depth) + Array("a:\n".utf8)
      depth += 1
    }
    let fields = (0..<(size / 12)).map { "f\($0): \($0)\n" }.joined()
    let columns = (0..<(size / 20)).map { "c\($0)" }.joined(separator: ",")
    let cells = (0..<(size / 20)).map { "\($0)" }.joined(separator: ",")
    let rows = (0..<(size / 20)).map { "2026-01,r\($0),\($0)\n" }.joined()
    return [
      stairs, Array(fields.utf8), Array((columns + "\n" + cells + "\n").utf8),
      Array(("period,region,won\n" + rows).utf8), Array(("period,region,won\n" + String(rows.reversed())).utf8),
    ]
  }
}

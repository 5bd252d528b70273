import Chance

extension Dice {
  /// The bytes with one to five of them changed, removed, added or repeated.
  mutating func mutated(_ original: [UInt8], with alphabet: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...5, using: &self) {
      guard !bytes.isEmpty, let new = alphabet.randomElement(using: &self) else { break }
      let index = Int.random(in: 0..<bytes.count, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[index] = new
      case 1: bytes.insert(new, at: index)
      case 2: bytes.remove(at: index)
      case 3: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...20, using: &self)))
      default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 12)], at: index)
      }
    }
    return bytes
  }
}

import FuzzTargets
import Testing

/// A little of what `make fuzz` does at length, the same on every machine.
@Suite struct MutationTests {
  @Test("Mutated inputs are taken without a crash or a fault", arguments: FuzzTarget.all)
  func mutated(_ target: FuzzTarget) {
    var random = Mutations(seed: 20_260_701)
    let seeds = target.seeds()
    for _ in 0..<150 {
      let input = random.mutated(seeds, words: target.words)
      if let fault = target.fault(input) { Issue.record("\(fault)\n\(String(decoding: input, as: UTF8.self))") }
    }
  }
}

/// Bytes changed, words put in, pieces taken out, doubled and moved from one input to another.
struct Mutations: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func mutated(_ seeds: [[UInt8]], words: [String]) -> [UInt8] {
    var input = seeds.randomElement(using: &self) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      let place = Int.random(in: 0...input.count, using: &self)
      switch Int.random(in: 0..<6, using: &self) {
      case 0 where place < input.count: input[place] = UInt8.random(in: 0...255, using: &self)
      case 1 where place < input.count: input[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: input.insert(contentsOf: Array((words.randomElement(using: &self) ?? "").utf8), at: place)
      case 3: input.removeSubrange(place..<min(input.count, place + Int.random(in: 1...40, using: &self)))
      case 4:
        let piece = input[place..<min(input.count, place + Int.random(in: 1...200, using: &self))]
        input.insert(contentsOf: piece, at: Int.random(in: 0...input.count, using: &self))
      default:
        let other = seeds.randomElement(using: &self) ?? []
        let from = Int.random(in: 0...other.count, using: &self)
        input = Array(input.prefix(place) + other[from...].prefix(2000))
      }
    }
    return input
  }
}

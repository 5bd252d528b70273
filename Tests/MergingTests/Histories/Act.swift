/// What happens in a played history.
enum Act: CustomStringConvertible {
  enum Settling: String, CaseIterable { case accept, reject, other, withdraw }

  case edit(clone: Int, [(spot: Spot, value: String?)])
  case settle(clone: Int, nth: Int, Settling, value: String)
  case sync(clone: Int)
  /// The hub takes the merge, but its answer does not arrive.
  case syncWithoutAnswer(clone: Int)
  /// One clone takes over what another has not sent: by fast-forward, or by `git merge`, which keeps its own files
  /// where both changed one.
  case relay(clone: Int, from: Int, keepsOwn: Bool)
  /// `git pull` from the hub into a clone.
  case pull(clone: Int, keepsOwn: Bool)
  /// A clone goes back to its commit before the last.
  case restore(clone: Int)

  var description: String {
    switch self {
    case .edit(let clone, let edits):
      "\(clone): " + edits.map { "\($0.spot) := \($0.value ?? "nothing")" }.joined(separator: ", ")
    case .settle(let clone, let nth, let how, let value): "\(clone): \(how) proposal \(nth) (\(value))"
    case .sync(let clone): "\(clone): sync"
    case .syncWithoutAnswer(let clone): "\(clone): sync, the answer is lost"
    case .relay(let clone, let from, let keepsOwn): "\(clone): takes over from \(from), keeps own: \(keepsOwn)"
    case .pull(let clone, let keepsOwn): "\(clone): git pull, keeps own: \(keepsOwn)"
    case .restore(let clone): "\(clone): restored"
    }
  }

  /// A random history of some clones.
  static func history(_ dice: inout Dice, clones: Int) -> [Act] {
    let hot = (0..<(1 + dice.below(4))).map { _ in dice.pick(Spot.all) }
    let isRepetitive = dice.chance(0.3)
    // Some histories are full of settlements, some of relays.
    let bounds = dice.pick([
      [48, 58, 80, 85, 93, 97], [48, 58, 80, 85, 93, 97], [35, 65, 92, 95, 98, 99], [40, 46, 64, 70, 90, 97],
    ])
    var entered = 0
    func value(_ spot: Spot, _ dice: inout Dice) -> String? {
      if dice.chance(0.15) { return nil }
      entered += 1
      let number = isRepetitive ? dice.below(2) : entered
      switch spot.kind {
      case .row: return "\(number)/\(40 + dice.below(3))"
      case .calculation: return dice.chance(0.5) ? "won / decided * \(number)" : "won + \(number)"
      case .element, .file: return "there"
      default: return "v\(number)"
      }
    }
    return (0..<(4 + dice.below(18))).map { _ in
      let clone = dice.below(clones)
      let roll = dice.below(100)
      switch bounds.firstIndex(where: { roll < $0 }) {
      case 0:
        var spots: [Spot] = []
        for _ in 0..<(1 + dice.below(3)) {
          let spot = dice.chance(0.8) ? dice.pick(hot) : dice.pick(Spot.all)
          if !spots.contains(spot) { spots.append(spot) }
        }
        return .edit(clone: clone, spots.map { ($0, value($0, &dice)) })
      case 1:
        return .settle(clone: clone, nth: dice.below(4), dice.pick(Settling.allCases), value: "s\(dice.below(1000))")
      case 2: return .sync(clone: clone)
      case 3: return .syncWithoutAnswer(clone: clone)
      case 4: return .relay(clone: clone, from: dice.below(clones), keepsOwn: dice.chance(0.5))
      case 5: return .pull(clone: clone, keepsOwn: dice.chance(0.5))
      default: return .restore(clone: clone)
      }
    }
  }
}

import Chance
import Merging

/// Plays histories by number, and finds the shortest of one that fails.
final class Prover {
  let kinds: Kinds
  let parts: MergeParts
  private let pages = World.pages()

  init(kinds: Kinds = .all, parts: MergeParts = .all) {
    self.kinds = kinds
    self.parts = parts
  }

  struct Result {
    var violations: [Violation]
    var counts: Counts
    var log: [String]
  }

  func script(seed: UInt64, number: Int) -> Script {
    var writer = Writer(Dice(seed &+ UInt64(number) &* 1_000_003), kinds: kinds)
    return writer.script()
  }

  func play(_ script: Script) -> Result {
    do {
      let player = try Player(script, parts: parts, pages: pages)
      do {
        try player.play()
      } catch {
        player.record.add(.refused, "an error: \(error)")
      }
      return Result(violations: player.record.violations, counts: player.counts, log: player.log)
    } catch {
      return Result(violations: [Violation(kind: .refused, text: "an error: \(error)")], counts: Counts(), log: [])
    }
  }

  /// The same violation in as little as it needs.
  func shrunk(_ script: Script, _ kind: Violation.Kind) -> Script {
    var script = script
    var isShorter = true
    func fails(_ other: Script) -> Bool { play(other).violations.contains { $0.kind == kind } }
    while isShorter {
      isShorter = false
      for length in [8, 4, 2, 1] {
        var place = 0
        while place + length <= script.acts.count {
          var fewer = script
          fewer.acts.removeSubrange(place..<(place + length))
          if fails(fewer) {
            script = fewer
            isShorter = true
          } else {
            place += 1
          }
        }
      }
      if let simpler = Self.simpler(script).first(where: fails) {
        script = simpler
        isShorter = true
      }
    }
    return script
  }

  /// The script with one of its acts made simpler.
  private static func simpler(_ script: Script) -> [Script] {
    script.acts.enumerated().flatMap { place, act -> [Script] in
      var acts: [Act] = []
      switch act {
      case .edit(let clone, let edits, let claims):
        if edits.count > 1 {
          acts = edits.indices.map { out in
            .edit(clone, edits.enumerated().filter { $0.offset != out }.map(\.element), claims: claims)
          }
        }
        if claims != nil { acts.append(.edit(clone, edits, claims: nil)) }
      case .syncWithoutAnswer(let clone): acts = [.sync(clone)]
      case .lateSync(let clone, _): acts = [.sync(clone)]
      default: break
      }
      return acts.map { simple in
        var other = script
        other.acts[place] = simple
        return other
      }
    }
  }

  /// A failing history as numbered commands, with what came of them.
  func report(_ script: Script, _ kind: Violation.Kind) -> [String] {
    let short = shrunk(script, kind)
    let result = play(short)
    return short.lines.map { "  " + $0 } + ["  what came of it:"] + result.log.map { "    " + $0 }
      + result.violations.map { "  ! \($0)" }
  }
}

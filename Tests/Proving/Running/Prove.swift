import Foundation
import Merging

/// `make prove`: plays `KPI_HISTORIES` random histories (100,000) from `KPI_SEED` on, and exits 1 where any violates what
/// must always hold. `KPI_KINDS=rows,fields` or `KPI_KINDS=-moves` limits what is in them, `KPI_OFF=settledOnce` switches
/// a part of the rules off, `KPI_HISTORY=17` plays one history and prints it, with
/// `KPI_ACTS=1,4,7` these acts of it only.
@main
struct Prove {
  static func main() async {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["KPI_HISTORIES"].flatMap { Int($0) } ?? 100_000
    let seed = environment["KPI_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000_000)
    let threads = environment["KPI_THREADS"].flatMap { Int($0) } ?? 2
    guard let kinds = environment["KPI_KINDS"].map({ Kinds($0) }) ?? .all else {
      return fail("KPI_KINDS may name: " + Kinds.named.map(\.name).joined(separator: ", "))
    }
    var parts = MergeParts.all
    if let name = environment["KPI_OFF"] {
      guard let off = MergeParts.named.first(where: { $0.name == name }) else {
        return fail("KPI_OFF may name: " + MergeParts.named.map(\.name).joined(separator: ", "))
      }
      parts.remove(off.part)
    }
    if let number = environment["KPI_HISTORY"].flatMap({ Int($0) }) {
      let prover = Prover(kinds: kinds, parts: parts)
      var script = prover.script(seed: seed, number: number)
      if let acts = environment["KPI_ACTS"] {
        let kept = acts.split(separator: ",").compactMap { Int($0) }
        script.acts = script.acts.enumerated().filter { kept.contains($0.offset + 1) }.map(\.element)
      }
      print(script.lines.joined(separator: "\n"))
      let result = prover.play(script)
      print((result.log + result.violations.map { "! \($0)" }).joined(separator: "\n"))
      return
    }
    let run = ProvingRun(count: count, seed: seed, kinds: kinds, parts: parts)
    let tally = await run.play(threads: threads) { done in
      FileHandle.standardError.write(Data("\r\(done) of \(count) histories".utf8))
    }
    FileHandle.standardError.write(Data("\r".utf8))
    print(tally.text(seed: seed))
    if !tally.failures.isEmpty { exit(1) }
  }

  private static func fail(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
    exit(64)
  }
}

import Merging

/// Many histories on several threads.
struct ProvingRun {
  let count: Int
  let seed: UInt64
  let kinds: Kinds
  let parts: MergeParts

  /// How many failing histories of each kind are shrunk and printed.
  static let shown = 2

  func play(threads: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }) async -> Tally {
    let counter = Progress(progress)
    return await withTaskGroup(of: Tally.self) { group in
      for thread in 0..<threads {
        group.addTask { await part(thread, of: threads, counter) }
      }
      var sum = Tally()
      for await tally in group { sum += tally }
      return sum
    }
  }

  private func part(_ thread: Int, of threads: Int, _ counter: Progress) async -> Tally {
    var tally = Tally()
    let prover = Prover(kinds: kinds, parts: parts)
    for number in stride(from: thread, to: count, by: threads) {
      let script = prover.script(seed: seed, number: number)
      let result = prover.play(script)
      tally.histories += 1
      tally.counts += result.counts
      for kind in Set(result.violations.map(\.kind)) {
        tally.failures[kind, default: 0] += 1
        if tally.failures[kind] ?? 0 <= Self.shown {
          tally.reports.append((kind, ["\(kind.rawValue), history \(number):"] + prover.report(script, kind)))
        }
      }
      if tally.histories % 50 == 0 { await counter.add(50) }
    }
    return tally
  }
}

/// How far all threads are together.
private actor Progress {
  private var done = 0
  private let show: @Sendable (Int) -> Void

  init(_ show: @escaping @Sendable (Int) -> Void) { self.show = show }

  func add(_ count: Int) {
    done += count
    show(done)
  }
}

/// What histories came to.
struct Tally: Sendable {
  var histories = 0
  var counts = Counts()
  var failures: [Violation.Kind: Int] = [:]
  var reports: [(kind: Violation.Kind, lines: [String])] = []

  static func += (sum: inout Tally, more: Tally) {
    sum.histories += more.histories
    sum.counts += more.counts
    sum.failures.merge(more.failures, uniquingKeysWith: +)
    sum.reports += more.reports
  }

  func text(seed: UInt64) -> String {
    let failed = Violation.Kind.allCases.map { "\(failures[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    let shown = reports.sorted { ($0.kind.rawValue, $0.lines.count) < ($1.kind.rawValue, $1.lines.count) }
    return shown.map { $0.lines.joined(separator: "\n") + "\n\n" }.joined()
      + "\(histories) histories (seed \(seed)): \(counts.syncs) syncs, \(counts.merges) merges, \(counts.held) held, "
      + "\(counts.settled) settled, \(counts.moves) moved or made, \(counts.closes) closes, \(counts.pushes) pushes; "
      + failed
  }
}

import Git
import Testing

@testable import History

@Suite struct PathWatchTests {
  /// Watching finds what a comparison of everything finds, as far as it lies on a watched path.
  @Test(arguments: 1...20)
  func watchingIsComparingAndSelecting(seed: UInt64) throws {
    let past = try Past()
    var random = Random(state: seed)
    let paths =
      (0..<4).flatMap { a in (0..<3).flatMap { b in (0..<3).map { "d\(a)/f\(b)/x\($0).yaml" } } } + ["top.yaml"]
    let watched = ["d1/f2/x0.yaml", "d2/f1", "top.yaml", "d3/none.yaml", "d0"]
    let watch = PathWatch(watched, in: past.objects)
    let all = PathWatch(nil, in: past.objects)
    var commits: [ObjectID] = []
    for _ in 0..<12 {
      var changes: [String: String?] = [:]
      for _ in 0..<random.next(below: 5) {
        changes[paths[random.next(below: paths.count)]] =
          random.next(below: 4) == 0 ? .some(nil) : "\(random.next(below: 9))"
      }
      commits.append(try past.commit(changes, on: commits.suffix(1), by: Past.ana))
    }
    let trees = try commits.map { try past.objects.commit($0).tree }
    for (old, new) in zip([nil] + trees.map(Optional.some), trees) {
      let expected = try TreeDiff.between(old, new, in: past.objects)
      #expect(try all.changes(old, new) == expected)
      let selected = expected.filter { change in
        watched.contains { change.path == $0 || change.path.hasPrefix($0 + "/") }
      }
      #expect(try Set(watch.changes(old, new)) == Set(selected))
    }
  }

  private struct Random {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }
}

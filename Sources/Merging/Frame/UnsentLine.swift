import LedgerFiles
import LedgerModel

/// The unsent commits of a merge, oldest first, and which descends from which.
struct UnsentLine {
  let commits: [CommitRecord]
  private let index: [ContentID: Int]
  /// For each commit the unsent commits among its ancestors, itself included, a bit each.
  private let ancestors: [[UInt64]]

  init(_ commits: [CommitRecord]) {
    self.commits = commits
    var index: [ContentID: Int] = [:]
    var ancestors: [[UInt64]] = []
    let words = (commits.count + 63) / 64
    for (place, commit) in commits.enumerated() {
      var bits = [UInt64](repeating: 0, count: words)
      bits[place / 64] |= 1 << UInt64(place % 64)
      for parent in commit.parents {
        guard let known = index[parent] else { continue }
        for word in 0..<words { bits[word] |= ancestors[known][word] }
      }
      index[commit.id] = place
      ancestors.append(bits)
    }
    self.index = index
    self.ancestors = ancestors
  }

  func place(of id: ContentID) -> Int? { index[id] }

  /// Whether one unsent commit is another or descends from it.
  func descends(_ later: Int, from earlier: Int) -> Bool {
    ancestors[later][earlier / 64] & (1 << UInt64(earlier % 64)) != 0
  }
}

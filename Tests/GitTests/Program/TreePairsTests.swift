import Foundation
import Git
import Testing

@Suite("Many pairs of trees compared by git") struct TreePairsTests {
  @Test("It says what the comparison here says, pair by pair")
  func asTreeDiff() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let first = try git.commit(["a/b/c": "1", "a/b/d": "2", "a-b": "3", "e": "4", "f/g": "5", "x y": "6"])
    try git("rm", "-rq", "f", "e")
    let second = try git.commit(["a/b/c": "1b", "a/new/h": "7", "f": "a file now", "e/i/j": "a folder now"])
    try git("update-index", "--chmod=+x", "a-b")
    try git("commit", "-q", "-m", "mode")
    let third = try git.tip()
    let objects = repository.objects
    let trees = try [first, second, third].map { try objects.commit($0).tree }
    let pairs = [(0, 1), (1, 0), (1, 2), (2, 2), (0, 2)].map { (old: trees[$0], new: trees[$1]) }
    let found = try TreePairs(folder: git.path("work"), environment: ProcessInfo.processInfo.environment).changes(pairs)
    #expect(try found == pairs.map { try TreeDiff.between($0.old, $0.new, in: objects) })
    #expect(found.map(\.count) == [6, 6, 1, 0, 7])
  }

  @Test("Where there is no such tree, or no repository, that is said")
  func refused() throws {
    let git = try RealGit()
    _ = try git.repository()
    let missing = [(old: ObjectID.emptyTree, new: ObjectID.zero)]
    for folder in [git.path("work"), "/proc/no/such"] {
      let pairs = TreePairs(folder: folder, environment: ProcessInfo.processInfo.environment)
      #expect(throws: GitError.self) { try pairs.changes(missing) }
    }
  }
}

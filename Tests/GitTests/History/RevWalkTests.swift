import Git
import Testing

@Suite struct RevWalkTests {
  /// A random history of plain commits and merges, with a clock that is wrong for some.
  private func history(_ repository: Repository, count: Int, seed: UInt64, skew: Bool) throws -> [ObjectID] {
    var random = Generator(state: seed)
    var commits: [ObjectID] = []
    for index in 0..<count {
      let parents = Set(
        (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in
          commits.suffix(6).randomElement(using: &random)
        })
      let wrong = skew && Int.random(in: 0..<4, using: &random) == 0
      let time = wrong ? Int64.random(in: 0..<1000, using: &random) : Int64(1_000_000 + index * 60)
      let who = Signature(name: "A", email: "a@b", time: GitTime(seconds: time))
      commits.append(
        try repository.objects.writeCommit(
          tree: .emptyTree, parents: parents.sorted(), author: who, committer: who, message: "\(index)"))
    }
    return commits
  }

  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  /// The closure, computed the plain way.
  private func reachable(_ id: ObjectID, _ objects: ObjectDatabase) throws -> Set<ObjectID> {
    var (found, rest): (Set<ObjectID>, [ObjectID]) = ([], [id])
    while let next = rest.popLast() {
      if found.insert(next).inserted { rest += try objects.commit(next).parents }
    }
    return found
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6], [false, true])
  func agreesWithThePlainDefinition(_ seed: UInt64, _ skew: Bool) throws {
    let git = try RealGit()
    let repository = try git.repository()
    let commits = try history(repository, count: 40, seed: seed, skew: skew)
    let walk = RevWalk(repository.objects)
    var random = Generator(state: seed)
    var closures: [ObjectID: Set<ObjectID>] = [:]
    for id in commits { closures[id] = try reachable(id, repository.objects) }
    for _ in 0..<150 {
      let (left, right) = (commits.randomElement(using: &random)!, commits.randomElement(using: &random)!)
      let (ofLeft, ofRight) = (closures[left]!, closures[right]!)
      #expect(try walk.isAncestor(left, of: right) == ofRight.contains(left))
      let common = ofLeft.intersection(ofRight)
      let best = common.filter { base in !common.contains { $0 != base && closures[$0]!.contains(base) } }
      #expect(try walk.mergeBases(left, right) == best.sorted())
      let found = try walk.commits(from: [left], notIn: [right])
      #expect(Set(found) == ofLeft.subtracting(ofRight))
      var seen: Set<ObjectID> = []
      for id in found {
        #expect(try walk.parents(of: id).allSatisfy { seen.contains($0) || !found.contains($0) })
        seen.insert(id)
      }
    }
  }

  @Test func agreesWithGitOnMainLines() throws {
    let git = try RealGit()
    let repository = try git.repository()
    for index in 0..<5 { try git.commit(["a": "\(index)"]) }
    try git("checkout", "-qb", "side", "HEAD~2")
    try git.commit(["b": "1"])
    try git("checkout", "-q", "main")
    try git("merge", "-q", "--no-ff", "-m", "merge", "side")
    let walk = RevWalk(repository.objects)
    let tip = try git.tip()
    let line = try walk.firstParents(from: tip).map(\.description)
    #expect(try line == git("rev-list", "--first-parent", "HEAD").split(separator: "\n").map(String.init))
    #expect(try walk.firstParents(from: tip, limit: 2).count == 2)
    #expect(try walk.firstParents(from: tip, until: git.tip("HEAD~2")).count == 2)
    let side = try git.tip("side")
    #expect(try walk.firstParent(from: tip) { try walk.isAncestor($0, of: side) } == git.tip("side~1"))
    #expect(try walk.commits(from: [side], notIn: [git.tip("HEAD^1")]) == [side])
  }
}

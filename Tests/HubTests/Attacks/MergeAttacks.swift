import Foundation
import Git
import Testing

/// Merges that are not what the rules make of their two sides.
@Suite struct MergeAttacks {
  typealias Files = SampleFiles
  let target: Target
  /// What somebody else has sent meanwhile: a target of 26.
  let theirs: ObjectID
  /// What the attacker, a member of sales, has: a row.
  let mine: ObjectID

  init() throws {
    target = try Target()
    theirs = try target.change([Files.winRate: Files.definition(target: "26")], by: .ana)
    try target.takes(theirs)
    mine = try target.change([Files.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,25,,\n"], by: .cy)
  }

  private static let trailer = "Sync\n\nMerge-Rules: 1\n"

  @Test func theRightOneComesIn() throws { try target.takes(target.merge(theirs, mine, by: .cy)) }

  @Test func somethingElseInIt() throws {
    for (path, text, words) in [
      (Files.winRate, Files.definition(target: "99"), ", targets.2026:"),
      (Files.actuals, "period,value,status,note\n2026-01,30,,\n2026-02,99,,\n", ", row 2026-02:"),
      ("departments/sales/kpis/new.yaml", Files.definition(name: "New"), "departments/sales/kpis/new.yaml"),
      ("README.md", "hello\n", "README.md"),
    ] as [(String, String?, String)] {
      let merge = try target.merge(theirs, mine, by: .cy, with: [path: text])
      try target.refuses(merge, by: ["merge-does-not-recompute"], saying: words)
    }
  }

  /// The older files come back over what others have done meanwhile, as `git merge -s ours` of the wrong side does it.
  @Test func anOldTreeMergedBack() throws {
    let old = try target.objects.commit(mine).tree
    let merge = try target.commit(old, on: [theirs, mine], by: .cy, message: Self.trailer)
    try target.refuses(merge, by: ["merge-does-not-recompute"], saying: Files.winRate + ", targets.2026:")
  }

  @Test func anOldTreeCommittedAgain() throws {
    let old = try target.commit(target.objects.commit(target.first).tree, on: [theirs], by: .cy)
    try target.refuses(old, by: ["no-authority"], saying: "Cy Ott may not change this")
    // In what a sync brings: nothing of it comes into force.
    let side = try target.commit(target.objects.commit(target.first).tree, on: [theirs], by: .cy)
    let merge = try target.commit(
      target.objects.commit(target.first).tree, on: [theirs, side], by: .cy, message: Self.trailer)
    try target.refuses(merge, by: ["merge-does-not-recompute"])
    try target.takes(target.merge(theirs, side, by: .cy))
    #expect(try target.stage.git("show", "main:" + Files.winRate, in: "hub.git").contains("2026: 26"))
  }

  @Test func theSidesSwapped() throws {
    let merge = try target.merge(mine, theirs, by: .cy)
    try target.refuses(merge, by: ["merged-other-way-round"], saying: "Run 'kpi sync'")
  }

  @Test func moreThanTwoSides() throws {
    let other = try target.change([Files.actuals: "period,value,status,note\n2026-01,1,,\n"], by: .cy)
    let tree = try target.objects.commit(target.merge(theirs, mine, by: .cy)).tree
    for parents in [[theirs, mine, other], [mine, theirs, other], Array(repeating: theirs, count: 40) + [mine]] {
      let octopus = try target.commit(tree, on: parents, by: .cy, message: Self.trailer)
      try target.refuses(
        octopus, by: parents[0] == mine ? ["too-many-parents", "merged-other-way-round"] : ["too-many-parents"],
        maybeByGit: parents.count > 10)
    }
  }

  /// Two lines that each have merged the other: what the hub has is on the first side only.
  @Test func crissCross() throws {
    let other = try target.change(
      [Files.orders: Files.definition(name: "New orders", unit: "EUR", target: "7")], by: .bo)
    let tree = try target.objects.commit(mine).tree
    let one = try target.commit(tree, on: [mine, other], by: .cy, message: "by hand")
    let two = try target.commit(tree, on: [other, mine], by: .cy, message: "by hand")
    let both = try target.commit(tree, on: [one, two], by: .cy, message: "by hand")
    try target.refuses("+\(both):refs/heads/main", by: ["takes-back-history"])
    try target.refuses(
      target.commit(tree, on: [theirs, both], by: .cy, message: Self.trailer), by: ["merge-does-not-recompute"])
    try target.takes(target.merge(theirs, both, by: .cy))
    #expect(try target.stage.git("show", "main:" + Files.winRate, in: "hub.git").contains("2026: 26"))
  }

  @Test func mergesByHandAndByOtherRules() throws {
    let tree = try target.objects.commit(target.merge(theirs, mine, by: .cy)).tree
    for (message, rule) in [
      ("Merge branch 'mine'", "merged-by-hand"), ("Sync\n\nmerge-rules: 1\n", "merged-by-hand"),
      ("Sync\n\nMerge-Rules: 0\n", "unknown-merge-rules"), ("Sync\n\nMerge-Rules: 2\n", "unknown-merge-rules"),
      ("Sync\n\nMerge-Rules: 1\n\nMerge-Rules: 99\n", "unknown-merge-rules"),
    ] { try target.refuses(target.commit(tree, on: [theirs, mine], by: .cy, message: message), by: [rule]) }
  }

  @Test func mergesOfNothingAndOfAnotherLedger() throws {
    let tree = try target.objects.commit(theirs).tree
    try target.refuses(
      target.commit(tree, on: [theirs, target.first], by: .cy, message: Self.trailer), by: ["merges-nothing"])
    let root = try target.commit(tree, on: [], by: .ana)
    try target.refuses(
      target.commit(tree, on: [theirs, root], by: .cy, message: Self.trailer), by: ["unrelated-ledgers"])
  }

  /// A change without authority is put in and taken out again on the way: nothing of it may remain, in force or as a
  /// proposal in another's name.
  @Test func valuesSmuggledInAndTakenOutAgain() throws {
    let there = try target.change(
      ["people.yaml": nil, Files.winRate: Files.definition(target: "1")], on: mine, by: .cy)
    let back = try target.commit(target.objects.commit(mine).tree, on: [there], by: .cy)
    let merge = try target.merge(theirs, back, by: .cy)
    try target.takes(merge)
    let files = try target.stage.git("ls-tree", "-r", "--name-only", "main", in: "hub.git")
    #expect(!files.contains("proposals/") && files.contains("people.yaml"))
    #expect(try target.stage.git("show", "main:" + Files.winRate, in: "hub.git").contains("2026: 26"))
  }

  @Test func valuesSmuggledThroughTheMainLine() throws {
    let there = try target.change([Files.winRate: Files.definition(target: "1")], on: theirs, by: .cy)
    let back = try target.commit(target.objects.commit(theirs).tree, on: [there], by: .cy)
    try target.refuses(back, by: ["no-authority"], saying: ", targets.2026: Cy Ott may not change this")
    let withFile = try target.change(
      ["nul": "x", Files.winRate: Files.definition(unit: "furlongs")], on: theirs, by: .bo)
    try target.refuses(
      target.commit(target.objects.commit(theirs).tree, on: [withFile]), by: ["bad-file-name", "unknown-unit"])
  }

  /// Each merge is judged by what stood before it, however many come at once.
  @Test func aWrongMergeBetweenRightOnes() throws {
    let right = try target.merge(theirs, mine, by: .cy)
    let second = try target.change(
      [Files.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,26,,\n"], on: mine, by: .cy)
    let wrong = try target.merge(right, second, by: .cy, with: [Files.winRate: Files.definition(target: "1")])
    let third = try target.change(
      [Files.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,27,,\n"], on: second, by: .cy)
    try target.refuses(
      target.merge(wrong, third, by: .cy), by: ["merge-does-not-recompute"], saying: Files.winRate + ", targets.2026:")
  }
}

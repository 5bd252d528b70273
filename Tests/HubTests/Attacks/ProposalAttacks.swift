import Foundation
import Git
import LedgerModel
import Testing

/// Proposals and closes forged, changed, taken away, or settled by those who may not.
@Suite struct ProposalAttacks {
  typealias Files = SampleFiles
  let target: Target
  /// The hub with a proposal of cy's: a target of 99.
  let hub: ObjectID
  let paper: String

  init() throws {
    target = try Target()
    let wish = try target.change([Files.winRate: Files.definition(target: "99")], by: .cy)
    hub = try target.merge(target.first, wish, by: .cy)
    try target.takes(hub)
    paper = try #require(
      try target.objects.files(in: target.objects.commit(hub).tree, under: "proposals").map(\.path).first)
  }

  private static let trailer = "Sync\n\nMerge-Rules: 1\n"
  private var text: String { get throws { try target.stage.git("show", "main:" + paper, in: "hub.git") + "\n" } }

  /// The change in a plain commit, and in what a sync brings along, however it is merged.
  private func refusesBothWays(
    _ files: [String: String?], by who: Author, rules: Set<String>, saying words: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let commit = try target.change(files, on: hub, by: who)
    try target.refuses(commit, by: rules, saying: words, sourceLocation: sourceLocation)
    let forced = try target.commit(
      target.objects.commit(commit).tree, on: [hub, commit], by: who, message: Self.trailer)
    try target.refuses(forced, by: ["merge-does-not-recompute"], sourceLocation: sourceLocation)
  }

  @Test func forged() throws {
    for (file, who) in [(Files.winRate, Author.cy), (Files.orders, .ana)] {
      let forged = try text.replacingOccurrences(of: "Cy Ott <cy@example.com>", with: "Ana Ruiz <ana@example.com>")
        .replacingOccurrences(of: Files.winRate, with: file)
      let path = "proposals/\(file)/0123456789abcdef.yaml"
      try refusesBothWays([path: forged], by: who, rules: ["handmade-proposal"], saying: path)
    }
  }

  @Test func changedInAnothersName() throws {
    let changed = try text.replacingOccurrences(of: "99", with: "1")
    #expect(try changed != text)
    for who in [Author.cy, .bo, .ana] {
      try refusesBothWays([paper: changed], by: who, rules: ["handmade-proposal"], saying: "leave them as they are")
    }
  }

  @Test func takenAwayByWhoMayNot() throws {
    try refusesBothWays([paper: nil], by: .eve, rules: ["handmade-proposal"], saying: paper)
    // Moved is taken away and forged.
    let moved = paper.replacingOccurrences(of: Files.winRate, with: Files.orders)
    let text = try text.replacingOccurrences(of: Files.winRate, with: Files.orders)
    try refusesBothWays([paper: nil, moved: text], by: .ana, rules: ["handmade-proposal"], saying: moved)
  }

  @Test func settledByItsOwnAuthor() throws {
    try refusesBothWays(
      [paper: nil, Files.winRate: Files.definition(target: "99")], by: .cy,
      rules: ["handmade-proposal"], saying: "by somebody who may")
  }

  @Test func settledWithoutWhatItSets() throws {
    // Settling and something else that its author may not do is no settlement of that.
    let goals = "goals:\n  grow: {name: Shrink, owner: controller}\n"
    let commit = try target.change(
      [paper: nil, Files.winRate: Files.definition(target: "99"), "goals.yaml": goals], on: hub, by: .bo)
    let result = try target.push("\(commit):refs/heads/main")
    #expect(result.rules.contains("no-authority") && result.errors.contains("goals.yaml"), "\(result.errors)")
  }

  @Test func whoMaySettlesIt() throws {
    let accepted = try target.change([paper: nil, Files.winRate: Files.definition(target: "99")], on: hub, by: .bo)
    try target.takes(accepted)
  }

  /// A close over a row that came to the hub meanwhile and that whoever closed has not seen.
  @Test func aCloseOverRowsNotSeen() throws {
    let row = try target.change(
      [Files.actuals: "period,value,status,note\n2026-01,31,,\n2026-02,24,,\n"], on: hub, by: .cy)
    try target.takes(row)
    let close = try target.change(
      ["closes/company/2026-01.yaml": "note: done\n"], on: hub, by: .ana)
    let forced = try target.merge(
      row, close, by: .ana, with: ["closes/company/2026-01.yaml": "note: done\n"])
    let right = try target.merge(row, close, by: .ana)
    #expect(try target.objects.entry(at: "closes/company/2026-01.yaml", in: target.objects.commit(right).tree) == nil)
    try target.refuses(forced, by: ["merge-does-not-recompute"], saying: "closes/company/2026-01.yaml")
    try target.takes(right)
  }

  @Test func rowsOfAClosedPeriod() throws {
    let close = try target.change(
      ["closes/company/2026-01.yaml": "note: done\n"], on: hub, by: .ana)
    try target.takes(close)
    let late = try target.change(
      [Files.actuals: "period,value,status,note\n2026-01,99,,\n2026-02,24,,\n"], on: close, by: .cy)
    try target.refuses(late, by: ["period-closed"], saying: ", row 2026-01: The period is closed")
    let reopened = try target.change(["closes/company/2026-01.yaml": nil], on: close, by: .cy)
    let result = try target.push("\(reopened):refs/heads/main")
    #expect(result.rules.contains("no-authority"), "\(result.errors)")
    // Entered from a commit before the close: the period is closed at the hub all the same.
    let old = try target.change(
      [Files.actuals: "period,value,status,note\n2026-01,98,,\n2026-02,24,,\n"], on: hub, by: .cy)
    let forced = try target.merge(
      close, old, by: .cy, with: [Files.actuals: "period,value,status,note\n2026-01,98,,\n2026-02,24,,\n"])
    try target.refuses(forced, by: ["merge-does-not-recompute"], saying: ", row 2026-01")
  }
}

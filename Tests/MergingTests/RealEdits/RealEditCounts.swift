import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// The table of `docs/merging.md`: what merging lines, merging by key and the people made of the real edits.
@Suite struct RealEditCounts {
  /// What the people's file is, beside the merge by key.
  private enum People {
    case asMerged
    case differsInHeldKeys
    case differsElsewhere
    case isBroken
    case isRemoved
  }

  private struct Outcome {
    let linesConflict: Bool
    let held: Int
    let isWhole: Bool
    let people: People
  }

  @Test func theDocumentHasTheseCounts() throws {
    guard !RealEdit.all.isEmpty else { return }
    let outcomes = try [true, false].map { isYAML in
      try RealEdit.all.filter { $0.isYAML == isYAML }.map(Self.outcome)
    }
    let rows = Self.rows.map { name, counts in
      "| \(name) | " + outcomes.map { String(counts($0)) }.joined(separator: " | ") + " |"
    }
    print(rows.joined(separator: "\n"))
    let document = URL(fileURLWithPath: MergeCase.root).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/merging.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    for row in rows { #expect(text.contains(row), "docs/merging.md lacks \(row)") }
  }

  private static var rows: [(String, ([Outcome]) -> Int)] {
    [
      ("edits of one file by two people", { $0.count }),
      ("merged by lines: conflict", { $0.filter(\.linesConflict).count }),
      ("merged by key: all in force", { $0.filter { $0.held == 0 }.count }),
      ("of these a conflict by lines", { $0.filter { $0.held == 0 && $0.linesConflict }.count }),
      ("merged by key: some keys held", { $0.filter { $0.held > 0 && !$0.isWhole }.count }),
      ("merged by key: the file held whole", { $0.filter(\.isWhole).count }),
      ("keys held, all edits together", { $0.map(\.held).reduce(0, +) }),
      ("the people's file means what the keys gave", { $0.filter { $0.people == .asMerged }.count }),
      ("it differs in held keys only", { $0.filter { $0.people == .differsInHeldKeys }.count }),
      ("it differs elsewhere", { $0.filter { $0.people == .differsElsewhere }.count }),
      ("it has conflict markers or does not parse", { $0.filter { $0.people == .isBroken }.count }),
      ("they removed it", { $0.filter { $0.people == .isRemoved }.count }),
    ]
  }

  private static func outcome(_ edit: RealEdit) throws -> Outcome {
    let merged = try edit.merged()
    return Outcome(
      linesConflict: edit.lineMerge != "clean", held: merged.held.count,
      isWhole: merged.held.contains { $0.key == .content }, people: people(edit, merged))
  }

  private static func people(_ edit: RealEdit, _ merged: FileMerge) -> People {
    if edit.peopleTook == "=deleted" { return .isRemoved }
    if ("\n" + String(decoding: edit.people, as: UTF8.self)).contains("\n<<<<<<<") { return .isBroken }
    if edit.people == merged.bytes { return .asMerged }
    guard edit.isYAML else {
      let (ours, theirs) = (TableRows(merged.bytes), TableRows(edit.people))
      if !theirs.parses { return .isBroken }
      return bags(ours) == bags(theirs) && Set(ours.header) == Set(theirs.header) ? .asMerged : .differsElsewhere
    }
    guard YAMLLeaves(edit.people).parses else { return .isBroken }
    let differences = YAMLLeaves(edit.people).changed(from: YAMLLeaves(merged.bytes))
    if differences.isEmpty { return .asMerged }
    let held = merged.held.map(\.key.text)
    let isHeld = differences.allSatisfy { path in held.contains { path == $0 || path.hasPrefix($0 + ".") } }
    return isHeld ? .differsInHeldKeys : .differsElsewhere
  }

  private static func bags(_ table: TableRows) -> [[String]] {
    table.rows.map { $0.values.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

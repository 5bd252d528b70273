import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// The table of `docs/merging.md`: what merging lines, merging keys and the people made of the real edits.
@Suite struct RealEditCounts {
  private enum People: String, CaseIterable {
    case asMerged = "the same as the keys"
    case heldOnly = "differs in held keys only"
    case otherwise = "differs elsewhere"
    case broken = "a file with conflict markers, or none that parses"
    case noFile = "removed the file"
  }

  @Test func counts() throws {
    guard !RealEdit.all.isEmpty else { return }
    for isYAML in [true, false] {
      let edits = RealEdit.all.filter { $0.isYAML == isYAML }
      var rows: [String: Int] = [:]
      for edit in edits {
        let merged = try edit.merged()
        let isWhole = merged.held.contains { $0.key == .content }
        let keys = merged.held.isEmpty ? "all in force" : isWhole ? "whole file held" : "some held"
        let people = Self.people(edit, merged)
        rows["lines \(edit.lineMerge); keys \(keys)", default: 0] += 1
        rows["lines \(edit.lineMerge); keys \(keys); people \(people.rawValue)", default: 0] += 1
        rows["held keys", default: 0] += merged.held.count
        if people == .otherwise {
          print("people otherwise: \(edit.name) (\(edit.lineMerge)) \(Self.differences(edit, merged))")
        }
      }
      print(isYAML ? "YAML" : "CSV", edits.count)
      for row in rows.sorted(by: { $0.key < $1.key }) { print("  \(row.value)  \(row.key)") }
    }
  }

  private static func people(_ edit: RealEdit, _ merged: FileMerge) -> People {
    if edit.peopleTook == "=deleted" { return .noFile }
    if edit.people.starts(with: Array("<<<<<<<".utf8)) || contains(edit.people, "\n<<<<<<<") { return .broken }
    if edit.isYAML {
      guard YAMLLeaves(edit.people).parses else { return .broken }
      let differences = differences(edit, merged)
      if differences.isEmpty { return .asMerged }
      let held = merged.held.map(\.key.text)
      return differences.allSatisfy { path in
        held.contains { path == $0 || path.hasPrefix($0 + ".") || $0 == "content" }
      }
        ? .heldOnly : .otherwise
    }
    guard TableRows(edit.people).parses else { return .broken }
    let (ours, theirs) = (TableRows(merged.bytes), TableRows(edit.people))
    func bags(_ table: TableRows) -> [[String]] {
      table.rows.map { $0.values.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    return bags(ours) == bags(theirs) && Set(ours.header) == Set(theirs.header) ? .asMerged : .otherwise
  }

  private static func differences(_ edit: RealEdit, _ merged: FileMerge) -> [String] {
    guard edit.isYAML else {
      return ["rows \(TableRows(merged.bytes).rows.count), people \(TableRows(edit.people).rows.count)"]
    }
    return YAMLLeaves(edit.people).changed(from: YAMLLeaves(merged.bytes))
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains(text)
  }
}

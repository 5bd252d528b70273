import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// Every concurrent edit of `../shared/data/merges`, by issue 3's measure, and twenty of the project's own. Where the
/// folder is missing these alone are tried, and a line says so.
@Suite struct RealEditTests {
  @Test("Twenty cases of the project's own are built like the real ones")
  func own() { #expect(RealEdit.own.count >= 20) }

  @Test(arguments: (RealEdit.all + RealEdit.own).filter(\.isYAML))
  func everyValueOfAYAMLEditIsInForceOrHeld(_ edit: RealEdit) throws {
    let merged = try edit.merged()
    let (base, hub, local) = (YAMLLeaves(edit.base), YAMLLeaves(edit.hub), YAMLLeaves(edit.local))
    guard base.parses, hub.parses, local.parses else {
      let isWhole = merged.bytes == edit.hub || merged.bytes == edit.local
      #expect(isWhole && merged.held.allSatisfy { $0.key == .content })
      return
    }
    let result = YAMLLeaves(merged.bytes)
    #expect(result.parses)
    #expect(!String(decoding: merged.bytes, as: UTF8.self).contains("<<<<<<<"))
    #expect(
      YAMLLeaves.losses("hub", base: base, changed: hub, other: local, result: result, held: merged.held).isEmpty)
    #expect(
      YAMLLeaves.losses("local", base: base, changed: local, other: hub, result: result, held: merged.held).isEmpty)
    if edit.changedOnBothSides == 0 { #expect(merged.held.map(\.key).isEmpty) }
    for held in merged.held {
      #expect(edit.keys.contains { held.key.text == $0 || held.key.text.hasPrefix($0 + ".") }, "\(held.key)")
    }
  }

  @Test(arguments: (RealEdit.all + RealEdit.own).filter(\.isYAML))
  func whatAYAMLEditDoesNotConcernStaysByteForByte(_ edit: RealEdit) throws {
    let merged = try edit.merged()
    let (base, local) = (YAMLLeaves(edit.base), YAMLLeaves(edit.local))
    let (hub, result) = (YAMLDocument(parsing: edit.hub), YAMLDocument(parsing: merged.bytes))
    guard base.parses, local.parses, hub.findings.isEmpty, let entries = hub.root?.entries else { return }
    let changed = Set(local.changed(from: base).map { String($0.prefix { $0 != "." }) })
    for entry in entries where !changed.contains(entry.key) {
      guard let kept = result.entry(at: [entry.key]) else {
        Issue.record("\(entry.key) is gone")
        continue
      }
      #expect(result.bytes[kept.value.range] == hub.bytes[entry.value.range], "\(entry.key)")
    }
  }

  @Test(arguments: (RealEdit.all + RealEdit.own).filter { !$0.isYAML })
  func everyRowOfACSVEditIsInForceOrHeld(_ edit: RealEdit) throws {
    let merged = try edit.merged()
    let (base, hub, local) = (TableRows(edit.base), TableRows(edit.hub), TableRows(edit.local))
    guard base.parses, hub.parses, local.parses else {
      #expect(merged.bytes == edit.hub || merged.bytes == edit.local)
      #expect(merged.held.allSatisfy { $0.key == .content })
      return
    }
    let result = TableRows(merged.bytes)
    #expect(result.parses)
    #expect(
      TableRows.losses("hub", base: base, changed: hub, other: local, result: result, held: merged.held).isEmpty)
    #expect(
      TableRows.losses("local", base: base, changed: local, other: hub, result: result, held: merged.held).isEmpty)
  }

  @Test(arguments: RealEdit.all + RealEdit.own)
  func mergingAgainChangesNothing(_ edit: RealEdit) throws {
    let merged = try edit.merged()
    let again = try FileMerge(path: edit.path, base: edit.local, hub: merged.bytes, local: edit.local)
    #expect(again.bytes == merged.bytes)
    #expect(again.held.isEmpty)
  }
}

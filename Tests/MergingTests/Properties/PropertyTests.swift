import Chance
import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// What holds of every merge, on documents made up at random: 300 of each kind, more with `KPI_CASES=20000`.
@Suite struct PropertyTests {
  private struct Sides {
    let path: String
    let base: [UInt8]
    let hub: [UInt8]
    let local: [UInt8]

    func text() -> String {
      zip(["base", "hub", "local"], [base, hub, local]).map { "--- \($0)\n\(String(decoding: $1, as: UTF8.self))" }
        .joined(separator: "\n")
    }
  }

  private static let count = ProcessInfo.processInfo.environment["KPI_CASES"].flatMap { Int($0) } ?? 300

  private static func yaml(_ number: Int) -> Sides {
    var dice = Dice(UInt64(number) &* 7919 &+ 11)
    let base = GeneratedYAML.make(&dice)
    let paths = ["departments/sales/kpis/win-rate.yaml", "departments/sales/kpis/win-rate.yaml", "goals.yaml"]
    return Sides(
      path: dice.pick(paths), base: base.bytes, hub: base.edited(&dice).bytes, local: base.edited(&dice).bytes)
  }

  private static func csv(_ number: Int) -> Sides {
    var dice = Dice(UInt64(number) &* 104_729 &+ 3)
    let base = GeneratedCSV.make(&dice)
    return Sides(
      path: "departments/sales/actuals/win-rate.csv", base: base.bytes, hub: base.edited(&dice).bytes,
      local: base.edited(&dice).bytes)
  }

  private static func table(_ number: Int) -> Sides {
    var dice = Dice(UInt64(number) &* 15_485_863 &+ 5)
    let base = GeneratedTable.make(&dice)
    return Sides(path: "table.csv", base: base.bytes, hub: base.edited(&dice).bytes, local: base.edited(&dice).bytes)
  }

  /// Tries a property on each case, and reports the first that fails.
  private func holds(_ make: (Int) -> Sides, _ property: (Sides) throws -> String?) throws {
    var failures = 0
    for number in 0..<Self.count {
      let sides = make(number)
      guard let fault = try property(sides) else { continue }
      failures += 1
      if failures <= 2 { Issue.record("case \(number): \(fault)\n\(sides.text())") }
    }
    #expect(failures == 0, "\(failures) of \(Self.count)")
  }

  private static func merge(_ sides: Sides) throws -> FileMerge {
    try FileMerge(path: sides.path, base: sides.base, hub: sides.hub, local: sides.local)
  }

  @Test(arguments: [true, false]) func anUnchangedSideYieldsTheOther(_ isYAML: Bool) throws {
    try holds(isYAML ? Self.yaml : Self.csv) { sides in
      let forward = try FileMerge(path: sides.path, base: sides.base, hub: sides.base, local: sides.local)
      let back = try FileMerge(path: sides.path, base: sides.base, hub: sides.hub, local: sides.base)
      if forward.bytes != sides.local || !forward.held.isEmpty { return "the local side is not yielded" }
      return back.bytes == sides.hub && back.held.isEmpty ? nil : "the hub's side is not yielded"
    }
  }

  @Test(arguments: [true, false]) func equalSidesAgree(_ isYAML: Bool) throws {
    try holds(isYAML ? Self.yaml : Self.csv) { sides in
      let merged = try FileMerge(path: sides.path, base: sides.base, hub: sides.hub, local: sides.hub)
      return merged.bytes == sides.hub && merged.held.isEmpty ? nil : "equal sides differ"
    }
  }

  @Test(arguments: [true, false]) func mergingAgainChangesNothing(_ isYAML: Bool) throws {
    try holds(isYAML ? Self.yaml : Self.csv) { sides in
      let merged = try Self.merge(sides)
      let again = try FileMerge(path: sides.path, base: sides.local, hub: merged.bytes, local: sides.local)
      return again.bytes == merged.bytes && again.held.isEmpty ? nil : "merged again it differs"
    }
  }

  @Test func inForceAndHeldContainBothSidesOfAYAML() throws {
    try holds(Self.yaml) { sides in
      let merged = try Self.merge(sides)
      let isDefinition = sides.path.hasPrefix("departments")
      let versions = [sides.base, sides.hub, sides.local, merged.bytes].map {
        YAMLLeaves($0, isDefinition: isDefinition)
      }
      let (base, hub, local, result) = (versions[0], versions[1], versions[2], versions[3])
      guard hub.parses, local.parses, base.parses else { return "the generator is wrong" }
      guard result.parses else { return "does not parse:\n\(String(decoding: merged.bytes, as: UTF8.self))" }
      let lost =
        YAMLLeaves.losses("hub", base: base, changed: hub, other: local, result: result, held: merged.held)
        + YAMLLeaves.losses("local", base: base, changed: local, other: hub, result: result, held: merged.held)
      if lost.isEmpty { return nil }
      return "lost \(lost)\n\(String(decoding: merged.bytes, as: UTF8.self))\n\(merged.held.map(\.key))"
    }
  }

  @Test func inForceAndHeldContainBothSidesOfACSV() throws {
    try holds(Self.csv) { sides in
      let merged = try Self.merge(sides)
      let versions = [sides.base, sides.hub, sides.local, merged.bytes].map { TableRows($0) }
      let (base, hub, local) = (versions[0], versions[1], versions[2])
      guard hub.parses, local.parses, base.parses else { return "the generator is wrong" }
      let result = versions[3]
      guard result.parses else { return "does not parse:\n\(String(decoding: merged.bytes, as: UTF8.self))" }
      // A row and its note are two keys.
      var lost: [String] = []
      for part in [{ $0.without("note") }, { $0.only(["period", "note"]) }] as [(TableRows) -> TableRows] {
        let (base, hub, local, result) = (part(base), part(hub), part(local), part(result))
        lost += TableRows.losses("hub", base: base, changed: hub, other: local, result: result, held: merged.held)
        lost += TableRows.losses("local", base: base, changed: local, other: hub, result: result, held: merged.held)
      }
      if lost.isEmpty { return nil }
      return "lost \(lost)\n\(String(decoding: merged.bytes, as: UTF8.self))\n\(merged.held.map(\.key))"
    }
  }

  @Test("Rows and cells of a table of any kind are in force, held, or taken away by a side")
  func inForceAndHeldContainBothSidesOfATable() throws {
    try holds(Self.table) { sides in
      let merged = try Self.merge(sides)
      let versions = [sides.base, sides.hub, sides.local, merged.bytes].map { TableRows($0) }
      let (base, hub, local, result) = (versions[0], versions[1], versions[2], versions[3])
      guard hub.parses, local.parses, base.parses else { return "the generator is wrong" }
      guard result.parses else { return "does not parse:\n\(String(decoding: merged.bytes, as: UTF8.self))" }
      let lost =
        TableRows.losses("hub", base: base, changed: hub, other: local, result: result, held: merged.held)
        + TableRows.losses("local", base: base, changed: local, other: hub, result: result, held: merged.held)
      if lost.isEmpty { return nil }
      return "lost \(lost)\n\(String(decoding: merged.bytes, as: UTF8.self))\n\(merged.held.map(\.key))"
    }
  }

  /// What both sides left alone, and what only the hub changed, is in the result as the hub wrote it.
  @Test func whatLocalDidNotChangeStaysByteForByte() throws {
    try holds(Self.yaml) { sides in
      let merged = try Self.merge(sides)
      if sides.hub == sides.base { return nil }
      let (hub, result) = (YAMLDocument(parsing: sides.hub), YAMLDocument(parsing: merged.bytes))
      let read = FileVersions(contents: [0: sides.base, 1: sides.local], steps: [(0, 1)])
        .read(path: sides.path, rowShape: .allButLast).documents
      guard let base = read[0], let local = read[1] else { return "the generator is wrong" }
      let touched = local.changedKeys(from: base).map(\.text)
      for entry in hub.root?.entries ?? [] {
        let isTouched = touched.contains { key in
          key == entry.key || key.hasPrefix(entry.key + ".") || key.hasPrefix(entry.key + " ") || key == "calculation"
            || key.hasSuffix("of " + entry.key)
        }
        guard !isTouched, let kept = result.entry(at: [entry.key]) else { continue }
        let text = (
          String(decoding: hub.bytes[entry.extent], as: UTF8.self),
          String(decoding: result.bytes[kept.extent], as: UTF8.self)
        )
        if CellText.trimmed(text.0) != CellText.trimmed(text.1) { return "\(entry.key) was \(text.0), is \(text.1)" }
      }
      return nil
    }
  }

  /// Where the sides changed different keys nothing is held, and both ways round the same is.
  @Test(arguments: [true, false]) func whatIsHeldAreKeysThatBothChanged(_ isYAML: Bool) throws {
    try holds(isYAML ? Self.yaml : Self.csv) { sides in
      let read = FileVersions(
        contents: [0: sides.base, 1: sides.hub, 2: sides.local], steps: [(0, 1), (0, 2)], peers: [(1, 2)]
      )
      .read(
        path: sides.path,
        rowShape: isYAML ? .allButLast : .actuals(dimensions: [])
      ).documents
      guard let base = read[0], let hub = read[1], let local = read[2] else { return "the generator is wrong" }
      // Where fields change places, a comment may come to stand at the top.
      if isYAML, YAMLLeaves.fields(sides.hub) != YAMLLeaves.fields(sides.base) { return nil }
      let both = Set(hub.changedKeys(from: base)).intersection(local.changedKeys(from: base))
      let merged = try Self.merge(sides)
      let changed = hub.changedKeys(from: base)
      let strange = merged.held.map(\.key).filter { key in
        // A comment goes with its field, and a note with its row: the removal of the one meets a change of the other.
        let others =
          ([key] + key.holders + (key == .calculation ? ["unit", "formula", "inputs"].map(Key.init) : [])).flatMap {
            ["comment before \($0)", "comment of \($0)"]
          }
          + (key.row.map { ["note \($0)"] } ?? [])
        return !both.contains(key) && key.column == nil && key.note == nil && !key.text.hasPrefix("comment ")
          && !changed.contains { others.contains($0.text) }
      }
      return strange.isEmpty ? nil : "held \(strange)\n\(String(decoding: merged.bytes, as: UTF8.self))"
    }
  }
}

import Foundation
import LedgerFiles
import Testing

/// Texts that people really edited at the same time, from the shared data; skipped where that is missing.
struct RealMergeTests {
  private static let folder = SharedData.folder.appending(path: "merges")

  private func cases(_ ending: String) -> [URL] {
    let files = FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil)
    let found = files?.compactMap { $0 as? URL }.filter { $0.lastPathComponent == "hub.\(ending)" } ?? []
    if found.isEmpty { print("skipped: no \(Self.folder.path) here") }
    return found.map { $0.deletingLastPathComponent() }.sorted { $0.path < $1.path }
  }

  @Test func everyKeyOfOneSideGoesIntoTheOther() throws {
    for folder in cases("yml") {
      let hub = YAMLDocument(parsing: [UInt8](try Data(contentsOf: folder.appending(path: "hub.yml"))))
      let local = YAMLDocument(parsing: [UInt8](try Data(contentsOf: folder.appending(path: "local.yml"))))
      guard hub.findings.isEmpty, local.findings.isEmpty, let entries = local.root?.entries else { continue }
      var editor = YAMLEditor(hub)
      for entry in entries {
        let before = editor.document
        if before.entry(at: [entry.key]).map({ before.bytes[$0.extent] == local.bytes[entry.extent] }) == true {
          continue
        }
        editor.transplant([entry.key], from: local)
        let others = before.root?.entries?.filter { $0.key != entry.key } ?? []
        let kept = others.allSatisfy { other in
          editor.document.entry(at: [other.key]).map { editor.bytes[$0.extent] == before.bytes[other.extent] } == true
        }
        #expect(kept || before.bytes.last != 0x0A, "\(folder.path) \(entry.key)")
      }
      for entry in hub.root?.entries ?? [] where local.entry(at: [entry.key]) == nil { editor.remove([entry.key]) }
      #expect(editor.document.findings.isEmpty)
      #expect(editor.document.root.map(YAMLValue.init) == local.root.map(YAMLValue.init), "\(folder.path)")
    }
  }

  @Test func tablesAreReadWithoutLoss() throws {
    for folder in cases("csv") {
      for side in ["base", "hub", "local", "people"] {
        let file = folder.appending(path: side + ".csv")
        guard let data = try? Data(contentsOf: file) else { continue }
        let table = CSVTable(parsing: [UInt8](data))
        let isRead = table.faults.allSatisfy { $0.rule == "csv-ragged-row" || $0.rule == "conflict-marker" }
        #expect(isRead, "\(file.path) \(table.faults.first as Any)")
        let last = table.rows.last?.range.upperBound ?? table.headerRow?.range.upperBound
        #expect(table.hasEmptyLines || last == data.count, "\(file.path)")
      }
    }
  }
}

import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// Each folder of `Fixtures` is one case of section 5. With `KPI_RECORD=1` what is missing of a new case is written,
/// and fails until it has been read.
@Suite struct MergeCaseTests {
  @Test func thereAreCases() { #expect(MergeCase.all.count > 120) }

  @Test(arguments: MergeCase.all)
  func gives(_ example: MergeCase) throws {
    let result = try example.merged()
    if ProcessInfo.processInfo.environment["KPI_RECORD"] != nil { try record(example, result) }
    #expect(Self.text(result.bytes) == Self.text(example.version("expected")))
    let held = FileManager.default.contents(atPath: example.folder + "/held.json")
      .map { String(decoding: $0, as: UTF8.self) }
    #expect((result.held.isEmpty ? nil : MergeCase.json(result.held)) == held)
  }

  /// `kpi merge-file` gives the same as a sync.
  @Test(arguments: MergeCase.all)
  func givesTheSameWithoutAHistory(_ example: MergeCase) throws {
    guard let base = example.version("base"), let hub = example.version("hub"), let local = example.version("local")
    else { return }
    let result = try example.merged()
    let merged = try FileMerge(path: example.path, base: base, hub: hub, local: local)
    #expect(Self.text(merged.bytes) == Self.text(result.bytes))
    #expect(MergeCase.json(merged.held) == MergeCase.json(result.held))
  }

  private func record(_ example: MergeCase, _ result: MergeCase.Result) throws {
    guard example.version("expected") == nil, result.bytes != nil || !result.held.isEmpty else { return }
    if let bytes = result.bytes {
      let ending = example.path.split(separator: ".").last ?? ""
      try Data(bytes).write(to: URL(fileURLWithPath: "\(example.folder)/expected.\(ending)"))
    }
    if !result.held.isEmpty {
      try Data(MergeCase.json(result.held).utf8).write(to: URL(fileURLWithPath: example.folder + "/held.json"))
    }
    Issue.record("recorded \(example): read it and commit it")
  }

  private static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
}

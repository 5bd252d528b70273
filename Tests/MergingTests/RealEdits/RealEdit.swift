import Foundation
import LedgerFiles

@testable import Merging

/// A concurrent edit of `../shared/data/merges`: what two people made of a file at the same time.
struct RealEdit: Sendable, CustomStringConvertible {
  let name: String
  let isYAML: Bool
  let lineMerge: String
  let peopleTook: String
  /// Top-level fields that both sides changed; nil where the files do not parse.
  let changedOnBothSides: Int?
  let keys: [String]
  let base: [UInt8]
  let hub: [UInt8]
  let local: [UInt8]
  let people: [UInt8]

  var description: String { name }
  var path: String { isYAML ? "edit.yml" : "edit.csv" }

  /// Where the real edits are, if this machine has them.
  static let folder: String? = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let found = folder.appendingPathComponent("../shared/data/merges").standardizedFileURL.path
      if FileManager.default.fileExists(atPath: found + "/manifest.jsonl") { return found }
    }
    return nil
  }()

  /// All cases, or none, with a line that says so, where the folder is missing.
  static let all: [RealEdit] = {
    guard let folder, let text = try? String(contentsOfFile: folder + "/manifest.jsonl", encoding: .utf8) else {
      print("The real edits are not on this machine (../shared/data/merges): their tests are skipped.")
      return []
    }
    return text.split(separator: "\n").compactMap { line in
      guard let fields = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let name = fields["case"] as? String, let kind = fields["kind"] as? String
      else { return nil }
      func version(_ side: String) -> [UInt8] {
        FileManager.default.contents(atPath: "\(folder)/\(name)/\(side).\(kind)").map(Array.init) ?? []
      }
      let count = fields["fields_changed_on_both_sides"] as? Int ?? 0
      return RealEdit(
        name: name, isYAML: kind != "csv", lineMerge: fields["line_merge"] as? String ?? "",
        peopleTook: fields["people_took"] as? String ?? "", changedOnBothSides: count < 0 ? nil : count,
        keys: fields["keys"] as? [String] ?? [], base: version("base"), hub: version("hub"), local: version("local"),
        people: version("people"))
    }
  }()

  /// The project's own cases, which are built like the real ones and go through the same tests.
  static let own: [RealEdit] = MergeCase.all.filter { $0.kind == "real" }.map { example in
    let versions = ["base", "hub", "local"].map { example.version($0) ?? [] }
    let isYAML = !example.path.hasSuffix(".csv")
    let leaves = versions.map { YAMLLeaves($0) }
    let keys = isYAML && leaves.allSatisfy(\.parses) ? fieldsChangedByBoth(leaves) : nil
    return RealEdit(
      name: "own/" + example.name, isYAML: isYAML, lineMerge: "", peopleTook: "", changedOnBothSides: keys?.count,
      keys: keys ?? [], base: versions[0], hub: versions[1], local: versions[2], people: [])
  }

  private static func fieldsChangedByBoth(_ versions: [YAMLLeaves]) -> [String] {
    let (base, hub, local) = (versions[0], versions[1], versions[2])
    let both = Set(hub.changed(from: base)).intersection(local.changed(from: base))
    return Set(both.intersection(hub.changed(from: local)).map { String($0.prefix { $0 != "." }) }).sorted()
  }

  func merged() throws -> FileMerge { try FileMerge(path: path, base: base, hub: hub, local: local) }
}

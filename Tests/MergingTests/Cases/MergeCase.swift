import Foundation
import LedgerFiles
import LedgerModel
import Policy

@testable import Merging

/// A folder of `Fixtures`: `base`, `hub` and `local` of one file, and what is `expected` of the merge. A version that
/// is missing is a file that is not there; without `held.json` nothing is held.
struct MergeCase: Sendable, CustomStringConvertible {
  let folder: String
  let kind: String
  let name: String

  var description: String { "\(kind)/\(name)" }

  /// Where the file would stand in a ledger.
  var path: String {
    switch kind {
    case "definition": "departments/sales/kpis/win-rate.yaml"
    case "actuals": "departments/sales/actuals/win-rate.csv"
    case "goals": "goals.yaml"
    case "department": "departments/sales/department.yaml"
    case "rates": "rates/EUR-USD.csv"
    case "table": "table.csv"
    case "text": "notes.txt"
    default: "edit." + ending
    }
  }

  private var ending: String {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.first { $0.hasPrefix("local.") || $0.hasPrefix("hub.") }.map { String($0.split(separator: ".")[1]) }
      ?? ""
  }

  func version(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(folder)/\(name).\(ending)").map(Array.init)
  }

  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures").path

  static let all: [MergeCase] = {
    func folders(_ path: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }
    return folders(root).flatMap { kind in
      folders("\(root)/\(kind)").map { MergeCase(folder: "\(root)/\(kind)/\($0)", kind: kind, name: $0) }
    }
  }()

  // MARK: Merging

  struct Result {
    let bytes: [UInt8]?
    let held: [HeldChange]
  }

  /// Merges the versions as commits of a history; a side that is as the base has a commit nevertheless.
  func merged() throws -> Result {
    try Self.merge(path, base: version("base"), hub: version("hub"), local: version("local"))
  }

  static func merge(_ path: String, base: [UInt8]?, hub: [UInt8]?, local: [UInt8]?) throws -> Result {
    let history = MemoryHistory()
    let (one, two) = (Author(name: "Ana", email: "ana@example.com"), Author(name: "Bo", email: "bo@example.com"))
    func files(_ bytes: [UInt8]?) -> [String: [UInt8]] { bytes.map { [path: $0] } ?? [:] }
    let fork = history.add(files(base), parents: [], author: one)
    let theirs = history.add(files(hub), parents: [fork], author: one)
    let ours = history.add(files(local), parents: [fork], author: two)
    let outcome = try Merge(history: history, authority: { _ in EverybodysAuthority() })
      .outcome(hub: theirs, local: ours)
    switch outcome?.files[path] {
    case .bytes(let bytes)?: return Result(bytes: bytes, held: outcome?.held ?? [])
    case .content(let id)?: return Result(bytes: try history.bytes(of: id), held: outcome?.held ?? [])
    case .removed?: return Result(bytes: nil, held: outcome?.held ?? [])
    case nil: return Result(bytes: hub, held: outcome?.held ?? [])
    }
  }

  /// Held changes as `held.json` has them.
  static func json(_ held: [HeldChange]) -> String {
    let entries = held.map { change -> String in
      let fields = [
        ("key", text(change.key.text)), ("proposed", value(change.proposed)),
        ("instead_of", value(change.insteadOf)), ("because", text(change.because.rawValue)),
      ]
      return "  {" + fields.map { "\(text($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
    }
    return "[\n" + entries.joined(separator: ",\n") + "\n]\n"
  }

  private static func value(_ held: HeldValue?) -> String {
    guard let held else { return "null" }
    let meaning = YAMLWriter.text(held.meaning)
    let trimmed = meaning.hasSuffix("\n") ? String(meaning.dropLast()) : meaning
    return text(held.comment.isEmpty ? trimmed : trimmed + " # " + held.comment)
  }

  private static func text(_ text: String) -> String {
    let data = (try? JSONSerialization.data(withJSONObject: [text], options: [.withoutEscapingSlashes])) ?? Data()
    return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
  }
}

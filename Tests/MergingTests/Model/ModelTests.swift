import Foundation
import LedgerFiles
import LedgerModel
import Policy
import Testing

@testable import Merging

/// The rules against the model of `shared/model`, which was written and simulated before this project and shares no
/// code with it: histories that the model played with everybody having authority, merge by merge, in `histories.json`
/// (made by `histories.py` beside it). What is in force and what is held must be the same after every sync.
@Suite("Against the model of the merge rules")
struct ModelTests {
  @Test("Every sync of every history gives what the model gives")
  func agreement() throws {
    let histories = try ModelHistory.load()
    #expect(histories.count >= 100)
    var syncs = 0
    for (number, history) in histories.enumerated() {
      var play = ModelPlay(history)
      let difference = try play.run()
      syncs += play.syncs
      #expect(difference == nil, "history \(number): \(difference ?? "")\n\(history.log.joined(separator: "\n"))")
    }
    #expect(syncs > histories.count)
  }
}

struct ModelHistory: Decodable {
  struct Held: Decodable, Hashable {
    let key: String
    let value: Value?
    let by: String
    let commit: Int
  }

  /// The model's values are small numbers and names.
  struct Value: Decodable, Hashable {
    let text: String

    init(text: String) { self.text = text }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        text = String(number)
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  struct Commit: Decodable {
    let id: Int
    let parents: [Int]
    let author: String
    let kind: String
    /// f, g, x, owner, s.x, s.y, path, a1, a2, close.
    let v: [Value?]
    let props: [Held]
  }

  let commits: [Commit]
  let log: [String]

  static func load() throws -> [ModelHistory] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("histories.json")
    return try JSONDecoder().decode([ModelHistory].self, from: Data(contentsOf: file))
  }
}

/// Plays a history of the model through our merge, on files.
struct ModelPlay {
  private let model: ModelHistory
  private let history = MemoryHistory()
  /// By the model's key and commit, the proposal's file as our merges wrote it.
  private var papers: [String: (path: String, bytes: [UInt8])] = [:]
  private(set) var syncs = 0

  private static let definition = "departments/sales/kpis/win-rate.yaml"
  private static let actuals = "departments/sales/actuals/win-rate.csv"
  /// The model's keys and ours, in the model's order, without the path and the close.
  private static let keys: [(model: String, index: Int, file: String, key: String)] = [
    ("f", 0, definition, "consequence"), ("g", 1, definition, "decision"), ("x", 2, definition, "priority"),
    ("owner", 3, definition, "owner"), ("s.x", 4, definition, "leads_to has a/x"),
    ("s.y", 5, definition, "leads_to has a/y"), ("a1", 7, actuals, "row 2026-01"), ("a2", 8, actuals, "row 2026-02"),
    ("FILE", -1, definition, "file"),
  ]

  init(_ model: ModelHistory) { self.model = model }

  /// The first difference between the model and us; nil where there is none.
  mutating func run() throws -> String? {
    for commit in model.commits {
      let author = Author(name: commit.author, email: "\(commit.author)@example.org")
      let parents = commit.parents.map(Self.id)
      guard commit.kind == "sync" else {
        history.add(try files(of: commit), parents: parents, author: author, message: "edit \(commit.id)")
        continue
      }
      syncs += 1
      let merge = Merge(history: history, authority: { _ in EverybodysAuthority() })
      let outcome = try #require(try merge.outcome(hub: parents[0], local: parents[1]))
      let id = try history.addMerge(outcome.files, hub: parents[0], local: parents[1], author: author)
      if let difference = try difference(commit, id) { return difference }
    }
    return nil
  }

  private static func id(_ number: Int) -> ContentID {
    let digits = String(number)
    return ContentID(String(repeating: "0", count: 8 - digits.count) + digits)
  }

  // MARK: The model's values as files

  private func files(of commit: ModelHistory.Commit) throws -> [String: [UInt8]] {
    var files = [Self.actuals: Array(Self.table(commit.v).utf8)]
    if commit.v[3] != nil { files[Self.definition] = Array(Self.text(commit.v).utf8) }
    for held in commit.props {
      let paper = try #require(papers["\(held.key) \(held.commit)"], "no paper for \(held)")
      files[paper.path] = paper.bytes
    }
    return files
  }

  private static func text(_ v: [ModelHistory.Value?]) -> String {
    var lines = ["name: Win rate"]
    for (index, field) in [(3, "owner"), (0, "consequence"), (1, "decision"), (2, "priority")] {
      if let value = v[index] { lines.append("\(field): \(value.text)") }
    }
    let set = [v[4].map { _ in "a/x" }, v[5].map { _ in "a/y" }].compactMap(\.self)
    lines.append("leads_to: [\(set.joined(separator: ", "))]")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ v: [ModelHistory.Value?]) -> String {
    var lines = ["period,value"]
    if let value = v[7] { lines.append("2026-01,\(value.text)") }
    if let value = v[8] { lines.append("2026-02,\(value.text)") }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Our files as the model's values

  private mutating func difference(_ commit: ModelHistory.Commit, _ id: ContentID) throws -> String? {
    let files = try history.files(of: id)
    let document = YAMLDocument(parsing: files[Self.definition] ?? [])
    func field(_ name: String) -> String? { document.node(at: [name])?.scalar?.text }
    let set = Set(document.node(at: ["leads_to"])?.items?.compactMap { $0.value.scalar?.text } ?? [])
    let rows = String(decoding: files[Self.actuals] ?? [], as: UTF8.self).split(separator: "\n").dropFirst()
    func row(_ period: String) -> String? {
      rows.first { $0.hasPrefix(period + ",") }.map { String($0.dropFirst(period.count + 1)) }
    }
    let exists = files[Self.definition] != nil
    let ours: [String?] = [
      field("consequence"), field("decision"), field("priority"), field("owner"), set.contains("a/x") ? "1" : nil,
      set.contains("a/y") ? "1" : nil, exists ? commit.v[6]?.text : nil, row("2026-01"), row("2026-02"), nil,
    ]
    let theirs = commit.v.enumerated().map { $0.offset == 6 && !exists ? nil : $0.element?.text }
    if ours != theirs { return "c\(commit.id) in force: ours \(ours), the model's \(theirs)" }
    let held = try held(in: files)
    let expected = Set(commit.props.map(Self.normalised))
    guard held != expected else { return nil }
    return "c\(commit.id) held: only ours \(held.subtracting(expected)), only the model's \(expected.subtracting(held))"
  }

  private mutating func held(in files: [String: [UInt8]]) throws -> Set<ModelHistory.Held> {
    var held: Set<ModelHistory.Held> = []
    for (path, bytes) in files where path.hasPrefix("proposals/") {
      let proposal = try #require(ProposalText.read(bytes, id: "x"), "\(String(decoding: bytes, as: UTF8.self))")
      for change in proposal.changes {
        // The model has no name and no empty list: what files need beside its keys.
        guard let key = Self.keys.first(where: { $0.key == change.key && $0.file == proposal.file })?.model else {
          continue
        }
        let number = try #require(Int(proposal.commit))
        papers["\(key) \(number)"] = (path, bytes)
        held.insert(
          ModelHistory.Held(
            key: key, value: Self.value(change.proposed, of: key), by: String(proposal.by.prefix { $0 != " " }),
            commit: number))
      }
    }
    return held
  }

  private static func value(_ text: String?, of key: String) -> ModelHistory.Value? {
    guard let text else { return nil }
    if key.hasPrefix("s.") { return ModelHistory.Value(text: "1") }
    let value = YAMLDocument(parsing: Array(text.utf8)).root.map { YAMLValue($0) }
    switch value {
    case .map(let cells)?: return cells.first.map { ModelHistory.Value(text: YAMLWriter.flow($0.value)) }
    default: return ModelHistory.Value(text: text.filter { !$0.isNewline })
    }
  }

  private static func normalised(_ held: ModelHistory.Held) -> ModelHistory.Held { held }
}

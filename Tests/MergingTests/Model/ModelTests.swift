import Foundation
import LedgerFiles
import LedgerModel
import Policy
import Testing

@testable import Merging

/// The rules against the model of `shared/model`, which was written and simulated before this project and shares no
/// code with it: histories that the model played, merge by merge, in `histories.json` (made by `histories.py` beside it),
/// with its people and their authority, a close, a path, forged proposals and a rule for two fields. What is in force and
/// what is held must be the same after every sync.
@Suite("Against the model of the merge rules")
struct ModelTests {
  @Test("Every sync of every history gives what the model gives")
  func agreement() throws {
    let histories = try ModelHistory.all.get()
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

  /// With all parts on, not one history differs: so what differs without a part differs for want of it. The model knows
  /// no signatures; `PartsTests` has a history that needs to know whose a key is.
  @Test(
    "Each part of the rules is needed: without it some history goes another way",
    arguments: MergeParts.named.filter { $0.part != .keysOfAuthors })
  func need(_ name: String, _ part: MergeParts) throws {
    let parts = MergeParts.all.subtracting(part)
    let differs = try ModelHistory.all.get().reversed().contains { history in
      var play = ModelPlay(history, parts: parts)
      return try play.run() != nil
    }
    #expect(differs, "without \(name) nothing differs")
  }
}

struct ModelHistory: Decodable {
  struct Held: Decodable, Hashable {
    let key: String
    let value: Value?
    let by: String
    let commit: Int
    var forged = false
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

  /// The histories, read once.
  static let all: Result<[ModelHistory], any Error> = Result { try load() }

  private static func load() throws -> [ModelHistory] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("histories.json")
    return try JSONDecoder().decode([ModelHistory].self, from: Data(contentsOf: file))
  }
}

/// Plays a history of the model through our merge, on files.
struct ModelPlay {
  private let model: ModelHistory
  private let parts: MergeParts
  private let history = MemoryHistory()
  /// By the model's key and commit, the proposal's file as our merges wrote it.
  private var papers: [String: (path: String, bytes: [UInt8])] = [:]
  private(set) var syncs = 0

  /// The model's keys and ours, in the model's order.
  private static let keys: [(model: String, key: String)] = [
    ("f", "consequence"), ("g", "decision"), ("x", "priority"), ("owner", "owner"), ("s.x", "leads_to has a/x"),
    ("s.y", "leads_to has a/y"), ("path", "place"), ("a1", "row 2026-01"), ("a2", "row 2026-02"), ("close", "close"),
    ("FILE", "file"),
  ]
  private static let actuals = "departments/sales/actuals/rows.csv"
  private static let close = "closes/sales/2026-Q1.yaml"
  /// The paths that the model knows, as a KPI's ids.
  private static let places = ["P0", "P1", "P2"]

  private static func kpi(_ path: String?) -> KPIID? {
    path.flatMap { KPIID(department: "sales", kpi: $0.lowercased()) }
  }

  init(_ model: ModelHistory, parts: MergeParts = .all) {
    self.model = model
    self.parts = parts
  }

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
      let merge = Merge(
        history: history, authority: { [model] hub in ModelAuthority(hub: model.commits[Int(hub.text) ?? 0]) },
        check: ModelCheck(), parts: parts)
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
    var files: [String: [UInt8]] = [:]
    if let kpi = Self.kpi(commit.v[6]?.text) { files[kpi.definitionPath] = Array(Self.text(commit.v).utf8) }
    // The model's rows know nothing of its path.
    files[Self.actuals] = Array(Self.table(commit.v).utf8)
    if let close = commit.v[9] { files[Self.close] = Array("note: \(close.text)\n".utf8) }
    for held in commit.props {
      if held.forged {
        let paper = try Self.forged(held)
        files[paper.path] = paper.bytes
        continue
      }
      let paper = try #require(papers["\(held.key) \(held.commit)"], "no paper for \(held)")
      files[paper.path] = paper.bytes
    }
    return files
  }

  /// A proposal as somebody may write it by hand.
  private static func forged(_ held: ModelHistory.Held) throws -> (path: String, bytes: [UInt8]) {
    let key = try #require(keys.first { $0.model == held.key }?.key)
    let file = key.hasPrefix("row ") ? actuals : key == "close" ? close : "departments/sales/kpis/p0.yaml"
    let proposed = key.hasPrefix("row ") ? "{value: \(held.value?.text ?? "1")}" : held.value?.text ?? "null"
    let text = """
      file: \(file)
      key: \(key)
      proposed: \(key.contains(" has ") && held.value != nil ? "true" : proposed)
      by: \(held.by) <\(held.by)@example.org>
      at: 2026-03-02T10:11:00Z
      commit: \(held.commit)
      because: changed-on-both-sides

      """
    return ("proposals/\(file)/forged-\(held.commit).yaml", Array(text.utf8))
  }

  private static func text(_ v: [ModelHistory.Value?]) -> String {
    var lines = ["name: Win rate"]
    for (index, field) in [(3, "owner"), (0, "consequence"), (1, "decision"), (2, "priority")] {
      if let value = v[index] { lines.append("\(field): \(value.text)") }
    }
    let set = [v[4].map { _ in "a/x" }, v[5].map { _ in "a/y" }].compactMap(\.self)
    lines.append("leads_to: [\(set.joined(separator: ", "))]")
    let others = places.filter { $0 != v[6]?.text }.compactMap { kpi($0)?.description }
    lines.append("was: [\(others.joined(separator: ", "))]")
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
    let path = Self.places.first { Self.kpi($0).map { files[$0.definitionPath] != nil } ?? false }
    let document = YAMLDocument(parsing: Self.kpi(path).flatMap { files[$0.definitionPath] } ?? [])
    let close = files[Self.close].flatMap { YAMLDocument(parsing: $0).node(at: ["note"])?.scalar?.text }
    func field(_ name: String) -> String? { document.node(at: [name])?.scalar?.text }
    let set = Set(document.node(at: ["leads_to"])?.items?.compactMap { $0.value.scalar?.text } ?? [])
    let rows = String(decoding: files[Self.actuals] ?? [], as: UTF8.self).split(separator: "\n").dropFirst()
    func row(_ period: String) -> String? {
      rows.first { $0.hasPrefix(period + ",") }.map { String($0.dropFirst(period.count + 1)) }
    }
    let ours: [String?] = [
      field("consequence"), field("decision"), field("priority"), field("owner"), set.contains("a/x") ? "1" : nil,
      set.contains("a/y") ? "1" : nil, path, row("2026-01"), row("2026-02"), close,
    ]
    let theirs = commit.v.map { $0?.text }
    if ours != theirs { return "c\(commit.id) in force: ours \(ours), the model's \(theirs)" }
    var held = try held(in: files)
    let expected = Set(commit.props.map(Self.normalised))
    // To reopen is to remove a file here, which is never dropped; the model's close is a key like others.
    held = held.filter { $0.key != "close" || $0.value != nil || expected.contains($0) }
    guard held != expected else { return nil }
    return "c\(commit.id) held: only ours \(held.subtracting(expected)), only the model's \(expected.subtracting(held))"
  }

  private mutating func held(in files: [String: [UInt8]]) throws -> Set<ModelHistory.Held> {
    var held: Set<ModelHistory.Held> = []
    for (path, bytes) in files where path.hasPrefix("proposals/") {
      if path.contains("/forged-") {
        held.insert(ModelHistory.Held(key: "forged", value: nil, by: "", commit: 0, forged: true))
        continue
      }
      let proposal = try #require(ProposalText.read(bytes, id: "x"), "\(String(decoding: bytes, as: UTF8.self))")
      for change in proposal.changes {
        // The model has no name and no empty list: what files need beside its keys.
        let isReopening = change.key == "file" && proposal.file == Self.close
        guard let key = isReopening ? "close" : Self.keys.first(where: { $0.key == change.key })?.model else {
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
    if key == "path" {
      return ModelHistory.Value(text: String(text.filter { !$0.isNewline }.dropFirst(6)).uppercased())
    }
    let value = YAMLDocument(parsing: Array(text.utf8)).root.map { YAMLValue($0) }
    switch value {
    case .map(let cells)?: return cells.first.map { ModelHistory.Value(text: YAMLWriter.flow($0.value)) }
    default: return ModelHistory.Value(text: text.filter { !$0.isNewline })
    }
  }

  private static func normalised(_ held: ModelHistory.Held) -> ModelHistory.Held { held }
}

/// The model's people and what they may, as its `may_change`, `may_settle` and `strong` have it.
struct ModelAuthority: Authority {
  private let owner: String?

  init(hub: ModelHistory.Commit) { owner = hub.v[3]?.text }

  func mayChange(_ subject: Subject, author: Author) -> Bool {
    switch subject.key {
    case "consequence", "decision", "leads_to has a/x", "leads_to has a/y", "leads_to":
      author.name == owner || author.name == "H"
    case "row 2026-01", "row 2026-02": ["O1", "O2", "H", "D", "M"].contains(author.name)
    case "owner", "place": author.name == "H"
    case "priority": author.name == "C"
    case "file" where !subject.file.hasPrefix("closes/"): author.name == "H"
    case "close", "file": author.name == "C"
    // What files need beside the model's keys goes with them.
    default: true
    }
  }

  func mayChangeAnything(in file: String, author: Author) -> Bool { false }

  func maySettle(_ subject: Subject, author: Author) -> Bool {
    switch subject.key {
    case "consequence", "decision", "leads_to has a/x", "leads_to has a/y":
      ["H", "C"].contains(author.name) || author.name == owner
    case "row 2026-01", "row 2026-02": ["D", "H", "C"].contains(author.name)
    case "owner", "place": ["H", "C"].contains(author.name)
    case "file" where !subject.file.hasPrefix("closes/"): ["H", "C"].contains(author.name)
    default: author.name == "C"
    }
  }

  func isOwner(of subject: Subject, author: Author) -> Bool {
    subject.key.hasPrefix("row ") ? author.name == "D" : author.name == owner
  }

  func isController(_ author: Author) -> Bool { author.name == "C" }
}

/// The model's one rule of a check: two fields may not both be 1.
struct ModelCheck: MergeCheck {
  func broken(by files: [String: FileVersion], hub: ContentID) throws -> BrokenRules {
    var broken = BrokenRules()
    for (path, version) in files where path.hasPrefix("departments/sales/kpis/") {
      guard case .bytes(let bytes) = version else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      let found = lines.indices.filter { ["consequence: 1", "decision: 1"].contains(lines[$0]) }
      if found.count == 2 { broken.lines[path] = Set(found.map { $0 + 1 }) }
    }
    return broken
  }
}

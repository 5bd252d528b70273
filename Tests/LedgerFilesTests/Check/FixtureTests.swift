import Foundation
import LedgerFiles
import LedgerModel
import Testing

/// Every folder of `Fixtures/valid` and `Fixtures/invalid` is one case, laid over `Fixtures/valid/base`.
struct FixtureTests {
  @Test("the check finds what the fixture says, and nothing else", arguments: Fixture.all)
  func fixture(_ fixture: Fixture) throws {
    let source = FilesInMemory(try fixture.files())
    let found = LedgerCheck.findings(in: LedgerView(source)).map(Fixture.Expected.Entry.init)
    let expected = try fixture.expected().findings
    #expect(found == expected, "\(fixture.name): \(fixture.messages(source))")
    let hasErrors = expected.contains { $0.severity == "error" }
    #expect(hasErrors == (fixture.kind == "invalid"), "a valid case has no errors, an invalid one has")
  }

  @Test("a message is a sentence that says what to do, and names no internals", arguments: Fixture.all)
  func messages(_ fixture: Fixture) throws {
    for finding in LedgerCheck.findings(in: LedgerView(FilesInMemory(try fixture.files()))) {
      #expect(finding.message.count > 20 && finding.message.count < 400)
      #expect(finding.message.hasSuffix(".") || finding.message.hasSuffix("?") || finding.message.hasSuffix("\"."))
      #expect(!finding.message.contains("Optional(") && !finding.message.contains("nil"))
    }
  }

  @Test("a subset of changed files gives the findings of these files", arguments: Fixture.all)
  func subset(_ fixture: Fixture) throws {
    let before = FilesInMemory(try Fixture.base.files())
    let after = FilesInMemory(try fixture.files())
    let changed = Set(before.files.keys).union(after.files.keys).filter { before[$0] != after[$0] }
    let whole = LedgerCheck.findings(in: LedgerView(after))
    let partial = LedgerCheck.findings(for: changed, in: LedgerView(after))
    #expect(partial == whole.filter { changed.contains($0.file) })
    let new = LedgerCheck.findings(changing: changed, from: LedgerView(before), to: LedgerView(after))
    #expect(Set(partial).isSubset(of: new), "the base has no findings, so that all are new")
    #expect(Set(new).isSubset(of: whole))
  }
}

/// One fixture folder.
struct Fixture: CustomTestStringConvertible, Sendable {
  let kind: String
  let name: String

  var testDescription: String { "\(kind)/\(name)" }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")
  static let base = Fixture(kind: "valid", name: "base")

  static let all: [Fixture] = ["valid", "invalid"].flatMap { kind in
    let folder = root.appending(path: kind).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map {
      Fixture(kind: kind, name: $0)
    }
  }

  private var folder: URL { Self.root.appending(path: kind).appending(path: name) }

  /// The base's files with those of the case laid over them.
  func files() throws -> [String: [UInt8]] {
    let expected = try expected()
    var files = name == "base" ? [:] : try Self.base.files()
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    for path in paths where path != "expected.json" {
      let url = folder.appending(path: path)
      if url.hasDirectoryPath || (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true { continue }
      files[path] = [UInt8](try Data(contentsOf: url))
    }
    for (path, text) in expected.files ?? [:] { files[path] = Array(text.utf8) }
    for path in expected.removed ?? [] { files[path] = nil }
    return files
  }

  func expected() throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
  }

  func messages(_ source: FilesInMemory) -> String {
    LedgerCheck.findings(in: LedgerView(source)).map { finding in
      "\n\(finding.severity) \(finding.rule) \(finding.file):\(finding.position.line):\(finding.position.column) \(finding.message)"
    }.joined()
  }

  /// `expected.json`
  struct Expected: Decodable {
    struct Entry: Decodable, Equatable {
      let severity: String
      let rule: String
      let file: String
      let line: Int
      let column: Int

      init(_ finding: Finding) {
        severity = finding.severity.rawValue
        rule = finding.rule
        file = finding.file
        line = finding.position.line
        column = finding.position.column
      }
    }

    /// What a JSON Schema makes of the case's files: `accepts`, `rejects`, or `unreadable` as YAML.
    let schema: String
    let findings: [Entry]
    /// Files of the base that are not there.
    let removed: [String]?
    /// Files whose names not every machine can store.
    let files: [String: String]?
  }
}

import LedgerFiles
import LedgerModel
import Testing

/// Files that no person wrote: huge, cut off, binary, nested without end. Each is a finding, never a crash.
struct HostileFileTests {
  private static let definition = "departments/sales/kpis/win-rate.yaml"
  private static let actuals = "departments/sales/actuals/win-rate.csv"
  static let yamlPaths = [
    "ledger.yaml", "people.yaml", "goals.yaml", "departments/sales/department.yaml", definition,
    "departments/sales/actions/a1.yaml", "departments/sales/reviews/2026-01.yaml", "closes/company/2026-01.yaml",
    "proposals/goals.yaml/0f.yaml",
  ]

  private let base: FilesInMemory

  init() throws { base = FilesInMemory(try Fixture.base.files()) }

  private func findings(_ changes: [String: [UInt8]?]) throws -> [Finding] {
    let source = LedgerOverlay(over: base, changes: changes)
    return LedgerCheck.findings(for: changes.keys, in: LedgerView(source))
  }

  @Test("a file of 100 MB is not read at all", arguments: [definition, actuals, "ledger.yaml", "notes.bin"])
  func huge(_ path: String) throws {
    let found = try findings([path: [UInt8](repeating: UInt8(ascii: "a"), count: 100_000_000)])
    #expect(found.map(\.rule) == ["file-too-large"])
    #expect(found.first?.severity == .error)
  }

  @Test(
    "a file at the limit is read in time", arguments: [UInt8(ascii: "a"), UInt8(ascii: "["), UInt8(ascii: "-"), 0x0A])
  func atTheLimit(_ byte: UInt8) throws {
    let bytes = [UInt8](repeating: byte, count: FileLimits.standard.yamlBytes)
    #expect(try findings([Self.definition: bytes]).contains { $0.severity == .error })
  }

  @Test("nested deeply, in brackets and by indentation", arguments: ["[", "{a: ", "- "])
  func deep(_ opening: String) throws {
    let nested = "name: " + (opening == "- " ? "\n  " : "") + String(repeating: opening, count: 20_000)
    #expect(try findings([Self.definition: Array(nested.utf8)]).contains { $0.severity == .error })
    var blocks = ""
    for depth in 0..<1000 { blocks += String(repeating: " ", count: depth) + "a:\n" }
    #expect(try findings([Self.definition: Array(blocks.utf8)]).contains { $0.severity == .error })
  }

  @Test("a formula nested deeply, or without end")
  func deepFormula() throws {
    for formula in [String(repeating: "(", count: 5000) + "won", String(repeating: "won + ", count: 5000) + "won"] {
      let whole = try text(Self.definition, "won / decided * 100", formula)
      let found = try findings([Self.definition: Array(whole.utf8)])
      #expect(found.map(\.rule) == ["bad-formula"])
    }
  }

  @Test("every kind of file, cut off at every byte", arguments: [definition, "people.yaml", "ledger.yaml", actuals])
  func truncated(_ path: String) throws {
    let bytes = try #require(base[path])
    for count in bytes.indices { _ = try findings([path: Array(bytes.prefix(count))]) }
  }

  @Test("every kind of file, empty or holding something else altogether", arguments: yamlPaths + [actuals])
  func strange(_ path: String) throws {
    var random = Linear(state: 42)
    let binary = (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next() >> 33) }
    #expect(try findings([path: binary]).contains { $0.severity == .error })
    #expect(try findings([path: [0]]).contains { $0.severity == .error })
    for text in ["[]", "text", "42", "- - -", "a: {b: [c]}", "? a", "\u{FEFF}", "---\n", "null", "{}"] {
      _ = try findings([path: Array(text.utf8)])
    }
  }

  @Test("values of the wrong shape at every place", arguments: yamlPaths)
  func wrongShapes(_ path: String) throws {
    let fields = [
      "name", "class", "goal", "weight", "leads_to", "inputs", "formula", "dimensions", "targets", "review", "affects",
      "process", "earlier", "bounds", "consolidates", "company", "currency", "units", "calendar", "limits", "authority",
      "people", "roles", "goals", "members", "kpi", "due", "decisions", "changes", "key", "at", "note", "thresholds",
      "was", "escalation", "score_cap", "merge_rules", "effective_from",
    ]
    let values = [
      "1e999", "-0", ".nan", "[[]]", "[{}]", "{a: b}", "{a: {}}", "{2026: }", "[null]", "true", "''",
      "99999999999999999999",
      "{a: [b, {c: d}]}", "{low: a}", "[1, a, {}]", "0x7fffffffffffffffffff",
    ]
    for field in fields {
      for value in values { _ = try findings([path: Array("\(field): \(value)\n".utf8)]) }
    }
  }

  @Test("random changes of single bytes", arguments: yamlPaths.prefix(5) + [actuals])
  func mutated(_ path: String) throws {
    let bytes = try #require(base[path])
    var random = Linear(state: 7)
    let alphabet = Array("\n :,[]{}'\"#-*&!|>%@0a\t\r".utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<400 {
      var copy = bytes
      for _ in 0..<2 { copy[random.below(copy.count)] = alphabet[random.below(alphabet.count)] }
      let view = LedgerView(LedgerOverlay(over: base, changes: [path: copy]))
      for finding in LedgerCheck.findings(for: [path], in: view) {
        #expect(finding.position.line >= 1 && finding.position.column >= 1 && finding.file == path)
      }
      _ = Canonical.fixed(path: path, bytes: copy)
    }
  }

  private func text(_ path: String, _ old: String, _ new: String) throws -> String {
    let bytes = try #require(base[path])
    return String(decoding: bytes, as: UTF8.self).split(separator: old, omittingEmptySubsequences: false)
      .joined(separator: new)
  }
}

/// A fixed sequence of numbers, the same on every machine.
struct Linear {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }
}

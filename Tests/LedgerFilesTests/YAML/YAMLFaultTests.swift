import Chance
import LedgerFiles
import LedgerModel
import Testing

/// What is no YAML of a ledger: which rule names it, and where.
struct YAMLFaultTests {
  static let cases: [(String, String, Int, Int)] = [
    ("\u{FEFF}a: 1\n", "byte-order-mark", 1, 1), ("a: \u{0}\n", "control-character", 1, 4),
    ("a: é\u{7}\n", "control-character", 1, 5), ("a:\n\tb: 1\n", "tab-indentation", 2, 1),
    ("a: 1\n   b: 2\n", "unexpected-colon", 2, 5), ("a: \"1\"\n   b: 2\n", "bad-indentation", 2, 4),
    ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1), ("a: {b: 1, b: 2}\n", "duplicate-key", 1, 11),
    ("a: &x 1\n", "anchor", 1, 4), ("a: *x\n", "alias", 1, 4), ("a: !!str 1\n", "tag", 1, 4),
    ("&x a: 1\n", "anchor", 1, 1),
    ("%YAML 1.2\n---\na: 1\n", "directive", 1, 1), ("a: 1\n---\nb: 2\n", "multiple-documents", 2, 1),
    ("? a\n", "complex-key", 1, 1), ("[a]: 1\n", "complex-key", 1, 1), ("a: \"x\nb: 1\n", "unclosed-quote", 1, 4),
    ("a: [1, 2\nb: 3\n", "unclosed-bracket", 1, 4), ("a: {b: 1\n", "unclosed-bracket", 1, 4),
    ("a: \"\\q\"\n", "bad-escape", 1, 5), ("a: | x\n", "bad-block-header", 1, 6), ("a: 1\nb\n", "missing-colon", 2, 1),
    ("a: [1 {b}]\n", "missing-comma", 1, 7), ("a: 1\n: 2\n", "missing-key", 2, 1),
    ("a: b: c\n", "unexpected-colon", 1, 5),
    ("a: - b\n", "unexpected-list-item", 1, 4), ("a: \"x\" y\n", "unexpected-text", 1, 8),
    ("a: @x\n", "reserved-character", 1, 4),
    ("a: [b: 1]\n", "bare-pair", 1, 5), ("a: ]\n", "unexpected-text", 1, 4), ("a: [1}\n", "unexpected-text", 1, 6),
    ("  a: 1\nb: 2\n", "bad-indentation", 2, 1), ("a: \"x\"#y\n", "unexpected-text", 1, 7),
    ("a: 1\n<<<<<<< HEAD\n", "conflict-marker", 2, 1), ("a: 1\n>>>>>>> x\n", "conflict-marker", 2, 1),
    ("- a\nb: 1\n", "bad-indentation", 2, 1),
  ]

  @Test(arguments: cases)
  func namesTheRuleAndThePlace(_ text: String, _ rule: String, _ line: Int, _ column: Int) {
    let document = YAMLDocument(parsing: Array(text.utf8))
    let fault = document.findings.first
    #expect(fault?.rule == rule)
    #expect(fault?.position == Position(line: line, column: column))
    #expect(document.findings.count == 1, "\(document.findings.map(\.rule))")
  }

  @Test func refusesWhatIsNotUTF8() {
    for bytes: [UInt8] in [
      [0x61, 0x3A, 0x20, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] {
      #expect(YAMLDocument(parsing: bytes).findings.map(\.rule) == ["invalid-utf8"])
    }
  }

  @Test func goesOnAfterAFault() {
    let text = "a: *x\nb:\n  c: \"open\n  d: 1\n  d: 2\ne: [1\nf: ok\nowner coo\n"
    let document = YAMLDocument(parsing: Array(text.utf8))
    #expect(
      document.findings.map(\.rule) == [
        "alias", "unclosed-quote", "duplicate-key", "unclosed-bracket", "missing-colon",
      ])
    #expect(document.findings.map(\.position.line) == [1, 3, 5, 6, 8])
    #expect(document.node(at: ["f"])?.scalar?.text == "ok")
    #expect(document.node(at: ["b", "d"])?.scalar?.text == "1")
  }

  @Test func refusesWhatIsTooLargeAtOnce() {
    let clock = ContinuousClock()
    let bytes = [UInt8](repeating: 0x61, count: 100 << 20)
    let time = clock.measure { #expect(YAMLDocument(parsing: bytes).findings.map(\.rule) == ["too-large"]) }
    #expect(time < .milliseconds(100))
  }

  @Test(arguments: ["[", "{a: ", "- ", "[{a: "])
  func refusesWhatIsTooDeep(_ part: String) {
    let text = String(repeating: part, count: 200_000)
    #expect(YAMLDocument(parsing: Array(text.utf8)).findings.map(\.rule) == ["too-deep"])
    let fine = YAMLDocument(
      parsing: Array((String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).utf8))
    #expect(fine.findings.isEmpty)
  }

  @Test func stopsAfterAHundredFaults() {
    let text = String(repeating: "- \"\n", count: 500_000)
    let clock = ContinuousClock()
    let time = clock.measure { #expect(YAMLDocument(parsing: Array(text.utf8)).findings.count <= 101) }
    #expect(time < .seconds(20))
  }

  @Test func survivesAnyBytes() {
    var random = Dice(11)
    let originals = YAMLDocumentTests.samples.filter { !$0.isEmpty } + [YAMLExamples.definition]
    let alphabet = Array(":-#[]{},\"'|>&*!?%@ \n\t\r\\ab10".utf8) + [0xC3, 0xA9, 0xFF, 0xEF, 0xBB, 0xBF]
    for round in 0..<20_000 {
      let original = originals[round % originals.count]
      let bytes = random.mutated(Array(original.utf8), with: alphabet)
      let document = YAMLDocument(parsing: bytes)
      check(document.root, in: document, within: 0..<bytes.count)
      let isReadable =
        document.findings.isEmpty && String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0x0D)
      guard isReadable, round % 4 == 0 else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      if YAMLOracle.accepts(text), !text.hasSuffix(" "), !text.contains("\t"), !text.contains("?") {
        let difference = YAMLOracle.difference(text, document.root)
        #expect(difference == nil, "\(text.debugDescription)")
      }
    }
  }

  /// Ranges nest, and lie within the text.
  private func check(_ node: YAMLNode?, in document: YAMLDocument, within range: Range<Int>) {
    guard let node else { return }
    #expect(node.range.lowerBound >= range.lowerBound && node.range.upperBound <= range.upperBound)
    for entry in node.entries ?? [] {
      #expect(
        entry.extent.lowerBound <= entry.keyRange.lowerBound && entry.extent.upperBound >= entry.value.range.upperBound)
      check(entry.value, in: document, within: entry.extent)
    }
    for item in node.items ?? [] { check(item.value, in: document, within: item.extent) }
  }
}

import Foundation
import LedgerFiles
import LedgerModel
import Testing

/// Reading, against examples and against Yams.
struct YAMLDocumentTests {
  static let samples: [String] = [
    "", "# only a comment\n", "a: 1\n", "a: 1", "a:\n", "a: \nb:\n", "---\na: 1\n", "--- # header\na: 1\n",
    "- a\n- b\n",
    "a:\n- x\n- y\nb: 1\n", "a:\n  - x\n  - y: 1\n    z: 2\n  -\n    q: 1\n  - - n\n    - m\n",
    "url: http://x.org/a#b\nt: a#b # c\n", "a: one\n  two\n\n  three\nb: 2\n",
    "a: 'it''s'\nb: \"q\\\"\\n\\u00e9\\x41\"\n",
    "a: \"one\n  two\n\n  three \\\n  four\"\nb: 'one\n  two'\n",
    "a: |\n  one\n   two\n\n  three\nb: >\n  one\n  two\n\n  three\n    four\n  five\n",
    "a: |-\n  one\nb: |+\n  one\n\n\nc: >-\n  x\n  y\n", "a: |2\n    deep\n  one\nb: >1\n  x\n",
    "a: |\n\n\n  x\nb: |\nc: >\n\n",
    "a: {x: 1, y: [1, 2, {z: 3}], 'q': \"r\"}\nb: []\nc: {}\n",
    "a: [one\n  two, three,\n  four]\nb: {x: 1,\n  y: 2 # c\n  , z: 3,\n}\n",
    "a: {x, y: , z: 1}\n", "{a: 1, b: [2]}\n", "[a, b]\n", "\"a b\": 1\n'c': 2\n? x\n", "a b c: d e f\n",
    "a:   |   # c\n  x\n",
    "a: b: c\n", "-1: x\n-a: y\n", "a:\r\n  b: 1\r\n  c: |\r\n    x\r\n    y\r\n", "a: {\"x\":1}\nb: [\"y\"]\n",
    "a: -\n", "a: - b\n",
    "a: \"\"\nb: ''\n", "text: >-\n  a\n  b: c\n  # no comment\nd: 1\n", "- |\n a\n- >\n b\n", "a: 1\n...\n",
    "a: 1 #x\nb: 2\t# y\n",
    "plain\n", "'quoted'\n", "- - - a\n    - b\n  - c\n- d\n", "a: x,y]z\n", "a: [x y, http://a.b:80/c]\n",
    "a: >\n\n  x\n\n  y\n\n\nb: 1\n",
    "a: >+\n  x\n\n", "a: >-\n  x\n   y\n  z\n", "a: ? b\n", "a: 'x'\nb: &n 1\n", "a: !!str 1\n", "a: \"x\" y\n", "a\n",
    "a: [1, 2\nb: 3\n",
    "a: |\n x\n# c\nb: 1\n", "- a: 1\n  b: 2\n-   c: 3\n    d: 4\n", "a: 2026-01-01T10:11:12Z\n", "a: 10:30\n",
    "é: ü\n",
  ]

  @Test func readsAsYamsDoes() {
    for text in Self.samples {
      let document = YAMLDocument(parsing: Array(text.utf8))
      guard document.findings.isEmpty else { continue }
      let difference = YAMLOracle.difference(text, document.root)
      #expect(difference == nil, "\(text.debugDescription)")
    }
  }

  @Test func refusesNothingThatIsPlainYAML() {
    let outsideProfile: Set = ["anchor", "alias", "tag", "complex-key", "bare-pair"]
    for text in Self.samples {
      let document = YAMLDocument(parsing: Array(text.utf8))
      guard let fault = document.findings.first, !outsideProfile.contains(fault.rule) else { continue }
      let accepted = YAMLOracle.accepts(text)
      #expect(!accepted, "\(text.debugDescription): \(fault.rule) \(fault.position)")
    }
  }

  @Test func readsTheFilesOfRealMerges() throws {
    let folder = SharedData.folder.appending(path: "merges")
    guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
      return print("skipped: no \(folder.path) here")
    }
    var count = 0
    for case let file as URL in files where file.pathExtension == "yml" {
      let bytes = [UInt8](try Data(contentsOf: file))
      let document = YAMLDocument(parsing: bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      count += 1
      let accepted = YAMLOracle.accepts(text)
      #expect(accepted == document.findings.isEmpty, "\(file.path): \(document.findings.first as Any)")
      if accepted, document.findings.isEmpty {
        let difference = YAMLOracle.difference(text, document.root)
        #expect(difference == nil, "\(file.path)")
      }
    }
    if count == 0 { print("skipped: no \(folder.path) here") }
  }
}

import Calculation
import LedgerFiles

extension FuzzTarget {
  /// Reading YAML, writing what it means, and editing it in place.
  static let yaml = FuzzTarget(
    name: "yaml", words: yamlWords,
    seeds: { Seeds.ledgerFiles.filter { $0.path.hasSuffix(".yaml") }.map(\.bytes) },
    fault: { bytes in
      let document = YAMLDocument(parsing: bytes)
      for fault in document.findings where !(0...bytes.count).contains(fault.offset) {
        return "a fault outside the text"
      }
      edit(document)
      guard document.findings.isEmpty, let root = document.root else { return nil }
      return first({ rewritten(YAMLValue(root)) }, { edited(document, root) })
    })

  private static let newValues: [YAMLValue] = [
    .null, .bool(true), .number(25), .float("1e999"), .string(""), .string("- a: b # c\n"), .string("it's \"so\"\t"),
    .string("2026"), .string(" two\n\n  lines "), .list([]), .list([.string("a, b"), .map([("c", .number(1))])]),
    .map([]), .map([("a", .map([("b", .list([.null]))])), ("x: y", .string("#"))]),
  ]

  private static func rewritten(_ value: YAMLValue) -> String? {
    for text in [YAMLWriter.text(value), YAMLWriter.flow(value) + "\n"] {
      let again = YAMLDocument(parsing: Array(text.utf8))
      guard again.findings.isEmpty else { return "written anew it has faults: \(text)" }
      if again.root.map({ YAMLValue($0) }) != value { return "written anew it means something else: \(text)" }
    }
    return nil
  }

  /// Edits of any text, with faults or without.
  private static func edit(_ document: YAMLDocument) {
    var editor = YAMLEditor(document)
    for entry in (document.root?.entries ?? []).prefix(3) {
      editor.set([entry.key, "new"], to: .number(1))
      editor.insertItem([entry.key], value: .string("new"))
      editor.remove([entry.key])
    }
    editor.set(["a", "b"], to: .string("c"))
  }

  private static func edited(_ document: YAMLDocument, _ root: YAMLNode) -> String? {
    guard let entries = root.entries else { return nil }
    let other = YAMLDocument(parsing: Array("a: 1 # one\nname: [x, y]\nowner: {b: c}\n".utf8))
    for (index, entry) in entries.prefix(4).enumerated() {
      let value = newValues[(index + document.bytes.count) % newValues.count]
      var editor = YAMLEditor(document)
      editor.set([entry.key], to: value)
      if !means(editor, entry.key, value) { return "\(entry.key) cannot be set to \(value)" }
      editor.transplant([entry.key], from: document)
      if !means(editor, entry.key, YAMLValue(entry.value)) { return "\(entry.key) cannot be put back" }
      editor.remove([entry.key])
      if editor.document.entry(at: [entry.key]) != nil { return "\(entry.key) cannot be removed" }
      editor.transplant(["name"], from: other)
      if !means(editor, "name", .list([.string("x"), .string("y")])) { return "name cannot be put in" }
    }
    return nil
  }

  private static func means(_ editor: YAMLEditor, _ key: String, _ value: YAMLValue) -> Bool {
    editor.document.findings.isEmpty && editor.document.entry(at: [key]).map { YAMLValue($0.value) } == value
  }
}

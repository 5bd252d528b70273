import Calculation
import LedgerFiles
import Testing

/// Editing, as a reader of the text expects it.
struct YAMLEditorExampleTests {
  private func editor(_ text: String) -> YAMLEditor { YAMLEditor(YAMLDocument(parsing: Array(text.utf8))) }
  private func document(_ text: String) -> YAMLDocument { YAMLDocument(parsing: Array(text.utf8)) }
  private func text(_ editor: YAMLEditor) -> String { String(decoding: editor.bytes, as: UTF8.self) }

  @Test func setsOneLineOfADefinition() {
    var editor = editor(YAMLExamples.definition)
    editor.set(["weight"], to: .number(3))
    editor.set(["targets", "2026-Q3"], to: .number(28))
    editor.set(["targets", "2026-Q4"], to: .number(29))
    editor.set(["baseline"], to: .number(18), after: "targets")
    editor.insertItem(["escalation"], value: .string("ceo"))
    let expected = YAMLExamples.definition
      .replacing("weight: 2 ", with: "weight: 3 ").replacing("2026-Q3: 27}", with: "2026-Q3: 28, 2026-Q4: 29}")
      .replacing("thresholds:", with: "baseline: 18\nthresholds:").replacing("coo]", with: "coo, ceo]")
    #expect(text(editor) == expected)
  }

  @Test func keepsQuotesAndCommentsOfWhatItSets() {
    var editor = editor("a: 'x' # c\nb: \"y\"\nc: |  # d\n  old\n  text\nd:\n")
    editor.set(["a"], to: .string("it's"))
    editor.set(["b"], to: .string("z"))
    editor.set(["c"], to: .string("new\ntext\n"))
    editor.set(["d"], to: .string("no"))
    #expect(text(editor) == "a: 'it''s' # c\nb: \"z\"\nc: |  # d\n  new\n  text\nd: no\n")
  }

  @Test func takesAnotherTextsLineWithItsComments() {
    var editor = editor("name: x\r\n# old\r\nowner: a # b\r\nweight: 1\r\n")
    editor.transplant(["owner"], from: document("# new\n# newer\nowner:  c   # d\nunit: percent # u\nweight: 2\n"))
    editor.transplant(["unit"], from: document("owner: c\nunit: percent # u\nweight: 2\n"))
    #expect(
      text(editor) == "name: x\r\n# new\r\n# newer\r\nowner:  c   # d\r\nunit: percent # u\r\nweight: 1\r\n")
  }

  @Test func changesIndentationWithTheLines() {
    var editor = editor("targets:\n    2026: 25\nnote: x\n")
    let other = document("targets:\n  2026: 25\n  2026-Q3:   # q\n    low: 1\n    text: |\n      a\n\n       b\n")
    editor.transplant(["targets", "2026-Q3"], from: other)
    #expect(
      text(editor)
        == "targets:\n    2026: 25\n    2026-Q3:   # q\n      low: 1\n      text: |\n        a\n\n         b\nnote: x\n"
    )
  }

  @Test func makesMissingParents() {
    var editor = editor("a: 1\n")
    editor.set(["b", "c", "d"], to: .bool(true))
    #expect(text(editor) == "a: 1\nb:\n  c: {d: true}\n")
    var other = self.editor("a: 1\nz: 2\n")
    other.transplant(["m", "y"], from: document("a: 0\n# about m\nm:\n  x: 1\n  y: 2 # why\nz: 3\n"))
    #expect(text(other) == "a: 1\n# about m\nm:\n  y: 2 # why\nz: 2\n")
  }

  @Test func writesIntoAnEmptyText() {
    var editor = editor("# only a comment\n")
    editor.set(["a"], to: .number(1))
    #expect(text(editor) == "# only a comment\na: 1\n")
    var empty = self.editor("")
    empty.transplant(["b", "c"], from: document("a: 1\nb: {c: 2, d: 3}\n"))
    #expect(text(empty) == "b: {c: 2}\n")
  }

  @Test func keepsCommasRight() {
    var editor = editor("a: {b: 1, c: 2, d: 3}\ne: [x, y, z]\n")
    editor.remove(["a", "c"])
    editor.remove(["a", "d"])
    editor.removeItem(["e"], value: .string("x"))
    editor.removeItem(["e"], value: .string("z"))
    #expect(text(editor) == "a: {b: 1}\ne: [y]\n")
    editor.remove(["a", "b"])
    editor.removeItem(["e"], value: .string("y"))
    #expect(text(editor) == "a: {}\ne: []\n")
    editor.set(["a", "b"], to: .number(1))
    editor.insertItem(["e"], value: .string("y"))
    #expect(text(editor) == "a: {b: 1}\ne: [y]\n")
  }

  @Test func emptiesABlockMapping() {
    var editor = editor("a: # behind\n  b: 1\nc: 2\n")
    editor.remove(["a", "b"])
    #expect(text(editor) == "a: {} # behind\nc: 2\n")
    editor.remove(["a"])
    editor.remove(["c"])
    #expect(text(editor) == "{}\n")
    editor.set(["d"], to: .number(1))
    #expect(text(editor) == "d: 1\n")
  }

  @Test func keepsTheItemsThatStay() {
    var editor = editor("list:\n  # first\n  - {kpi: a, when: x}\n  - kpi: b # second\n    when: y\n")
    let item = YAMLValue.map([("kpi", .string("c"))])
    editor.set(
      ["list"],
      to: .list([.map([("kpi", .string("b")), ("when", .string("y"))]), item]))
    #expect(text(editor) == "list:\n  - kpi: b # second\n    when: y\n  - {kpi: c}\n")
  }

  @Test func addsTheLineBreakThatIsMissing() {
    var editor = editor("a: 1")
    editor.set(["b"], to: .number(2))
    #expect(text(editor) == "a: 1\nb: 2\n")
    var literal = self.editor("a: |\n  x")
    literal.set(["b"], to: .number(2))
    #expect(document(text(literal)).node(at: ["a"])?.scalar?.text == "x")
  }

  @Test func doesNothingWhereTheMeaningIsThereAlready() {
    let source = "a: 25.0\nb: {d: 1, c: x}\n"
    var editor = editor(source)
    editor.set(["a"], to: .number(25))
    editor.set(["b"], to: .map([("c", .string("x")), ("d", .number(1))]))
    editor.remove(["nothing", "there"])
    editor.removeItem(["a"], value: .null)
    #expect(text(editor) == source)
  }
}

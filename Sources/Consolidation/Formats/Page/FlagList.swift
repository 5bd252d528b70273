/// Notes under the name of what they belong to; their kinds as a reader's words: `no target`.
enum FlagList {
  static func write(_ notes: Notes, to html: inout HTMLWriter) {
    guard !notes.isEmpty else { return }
    html.element("ul", ["class": "flags"]) { html in
      for note in notes.notes {
        html.element("li") { html in
          html.element("b", note.kind.replacing("-", with: " "))
          html.string(": \(note.text)")
        }
      }
    }
  }
}

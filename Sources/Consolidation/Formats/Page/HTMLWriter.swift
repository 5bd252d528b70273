/// Writes HTML in which every text and every attribute is escaped; there is no way round it but `raw`.
package struct HTMLWriter {
  package private(set) var text = ""

  package init() {}

  package typealias Attributes = KeyValuePairs<String, String>

  /// An element with what stands in it.
  package mutating func element(_ name: String, _ attributes: Attributes = [:], _ body: (inout HTMLWriter) -> Void) {
    open(name, attributes)
    body(&self)
    text += "</\(name)>"
  }

  /// An element with a text.
  package mutating func element(_ name: String, _ content: String) { element(name, [:], content) }

  /// An element with a text.
  package mutating func element(_ name: String, _ attributes: Attributes, _ content: String) {
    open(name, attributes)
    string(content)
    text += "</\(name)>"
  }

  /// An element without content, as `<meta>`; SVG needs the stroke at its end.
  package mutating func void(_ name: String, _ attributes: Attributes) { open(name, attributes, end: "/>") }

  package mutating func string(_ content: String) { text += Self.escaped(content) }

  package mutating func newLine() { text += "\n" }

  /// Markup of our own, never anything of a ledger.
  package mutating func raw(_ markup: String) { text += markup }

  private mutating func open(_ name: String, _ attributes: Attributes, end: String = ">") {
    text += "<\(name)"
    // An empty class says nothing, and a table has thousands of cells.
    for (key, value) in attributes where !(value.isEmpty && key == "class") {
      text += " \(key)=\"\(Self.escaped(value))\""
    }
    text += end
  }

  /// The text for content and for quoted attributes; control characters become spaces.
  static func escaped(_ content: String) -> String {
    let plain = TextWidth.plain(content)
    guard plain.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27 }) else {
      return plain
    }
    var result = ""
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read by a real parser, for asking what is in it. Our pages are XML as well, but for the line on top.
final class PageDocument: NSObject, XMLParserDelegate {
  final class Element {
    let name: String
    let attributes: [String: String]
    private(set) weak var parent: Element?
    fileprivate(set) var children: [Element] = []
    fileprivate var ownText = ""

    fileprivate init(_ name: String, _ attributes: [String: String], in parent: Element?) {
      self.name = name
      self.attributes = attributes
      self.parent = parent
    }

    /// The element and all below it, in the page's order.
    var all: [Element] { [self] + children.flatMap(\.all) }
    var text: String { ownText + children.map(\.text).joined(separator: " ") }
    var classes: Set<String> { Set((attributes["class"] ?? "").split(separator: " ").map(String.init)) }

    func all(_ name: String, _ style: String? = nil) -> [Element] {
      all.filter { $0.name == name && (style.map($0.classes.contains) ?? true) }
    }

    func first(id: String) -> Element? { all.first { $0.attributes["id"] == id } }
  }

  private(set) var root: Element?
  private(set) var error: String?
  private var open: [Element] = []

  init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.replacing("<!doctype html>\n", with: "").utf8))
    parser.delegate = self
    if !parser.parse() { error = "\(parser.lineNumber): \(String(describing: parser.parserError))" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = Element(name, attributes, in: open.last)
    open.last?.children.append(element)
    if root == nil { root = element }
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.ownText += text }
}

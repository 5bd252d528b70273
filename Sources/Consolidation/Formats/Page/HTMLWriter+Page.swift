extension HTMLWriter {
  /// A self-contained page: its policy forbids whatever is not in it. UTF-8, with a line feed at its end.
  package static func page(title: String, style: String, _ body: (inout HTMLWriter) -> Void) -> String {
    var html = HTMLWriter()
    html.raw("<!doctype html>\n")
    html.element("html", ["lang": "en"]) { html in
      html.element("head") { html in
        html.void("meta", ["charset": "utf-8"])
        html.void("meta", ["name": "viewport", "content": "width=device-width,initial-scale=1"])
        html.void("meta", ["name": "color-scheme", "content": "light dark"])
        html.void(
          "meta",
          ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
        html.element("title", title)
        html.element("style") { $0.raw(style) }
      }
      html.newLine()
      html.element("body") { body(&$0) }
    }
    html.newLine()
    return html.text
  }
}

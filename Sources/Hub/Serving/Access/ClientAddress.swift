import HTTPTypes

/// From where a request comes.
enum ClientAddress {
  /// The address of the other end; behind a proxy what the proxy says, the last one it names.
  static func of(_ peer: String?, _ fields: HTTPFields, isBehindProxy: Bool) -> String {
    if isBehindProxy, let last = fields[.forwardedFor]?.split(separator: ",").last {
      let text = last.filter { $0 != " " }
      if isAddress(text) { return text }
    }
    return peer ?? "unknown"
  }

  private static func isAddress(_ text: String) -> Bool {
    (2...45).contains(text.utf8.count) && text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
      && text.utf8.allSatisfy { Hexadecimal.isDigit($0 | 0x20) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
  }
}

extension HTTPField.Name {
  static let forwardedFor = Self.custom("X-Forwarded-For")
  static let gitProtocol = Self.custom("Git-Protocol")
  static let turn = Self.custom("Kpi-Turn")
  static let contentTypeOptions = Self.custom("X-Content-Type-Options")
  static let frameOptions = Self.custom("X-Frame-Options")
  static let referrerPolicy = Self.custom("Referrer-Policy")
  static let retryAfter = Self.custom("Retry-After")

  /// The name must be one that HTTP allows; all of ours are.
  private static func custom(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header") }
    return name
  }
}

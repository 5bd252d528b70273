import HTTPTypes

/// Reads the header that a CGI program writes before its answer, out of however many pieces.
struct CGIHead {
  private var bytes: [UInt8] = []
  static let largest = 16_384

  struct Head: Hashable {
    let status: HTTPResponse.Status
    let fields: HTTPFields
  }

  enum Progress: Hashable {
    case more
    /// The header is there; the bytes behind it belong to the answer.
    case done(Head, rest: [UInt8])
    /// It is no such header.
    case broken
  }

  /// Takes the next piece.
  mutating func read(_ piece: some Sequence<UInt8>) -> Progress {
    bytes += piece
    guard let (end, next) = Self.end(of: bytes) else { return bytes.count > Self.largest ? .broken : .more }
    guard let head = Self.head(bytes[..<end]) else { return .broken }
    return .done(head, rest: Array(bytes[next...]))
  }

  /// Where the first empty line begins, and what follows it.
  private static func end(of bytes: [UInt8]) -> (Int, Int)? {
    for index in bytes.indices where bytes[index] == 10 {
      let rest = bytes[(index + 1)...]
      if rest.first == 10 { return (index, index + 2) }
      if rest.starts(with: [13, 10]) { return (index, index + 3) }
    }
    return nil
  }

  /// What git tells browsers and proxies; anything else stays here.
  private static let passed: [HTTPField.Name] = [.contentType, .cacheControl, .expires, .pragma]

  private static func head(_ bytes: ArraySlice<UInt8>) -> Head? {
    var (status, fields) = (HTTPResponse.Status.ok, HTTPFields())
    for line in bytes.split(separator: 10) {
      let text = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":") else { return nil }
      let value = String(text[text.index(after: colon)...].drop { $0 == " " })
      if text[..<colon].lowercased() == "status" {
        guard let code = Int(value.prefix(3)), (200..<600).contains(code) else { return nil }
        status = HTTPResponse.Status(code: code)
      } else if let name = HTTPField.Name(String(text[..<colon])), passed.contains(name) {
        fields[name] = value
      }
    }
    return Head(status: status, fields: fields)
  }
}

extension HTTPField.Name {
  static let pragma = HTTPField.Name("Pragma") ?? .cacheControl
}

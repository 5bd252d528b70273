import Crypto
import Git

/// What a browser may do with a page: show it with the style sheet that is in it, and nothing else.
enum PagePolicy {
  /// The value of `Content-Security-Policy`.
  static func policy(for page: [UInt8], isHTML: Bool) -> String {
    let style =
      isHTML
      ? styleSheet(of: page).map { "; style-src 'sha256-\(Base64.encode(Array(SHA256.hash(data: $0))))'" } : nil
    return "default-src 'none'\(style ?? ""); base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  }

  /// What stands in the first `<style>`: the head's, which is ours. One that somebody could smuggle in would come later.
  private static func styleSheet(of page: [UInt8]) -> ArraySlice<UInt8>? {
    guard let start = place(of: Array("<style>".utf8), in: page[...]) else { return nil }
    let rest = page[(start + 7)...]
    guard let end = place(of: Array("</style>".utf8), in: rest) else { return nil }
    return rest[..<end]
  }

  private static func place(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.indices.first { bytes[$0] == text[0] && bytes[$0...].starts(with: text) }
  }
}

import Crypto

/// What somebody shows to a hub on http to say who they are: 256 random bits. It is shown once, when it is made; the hub
/// keeps its digest alone.
///
/// Text: `kpi_` and 64 hexadecimal digits, so that scanners for leaked secrets find it.
public struct Token: Hashable, Sendable {
  /// As it is shown and sent.
  public let text: String

  static let prefix = "kpi_"

  /// A new one.
  public init() {
    var generator = SystemRandomNumberGenerator()
    var digits = ""
    for _ in 0..<4 { digits += Hexadecimal.text(of: generator.next() as UInt64) }
    text = Self.prefix + digits
  }

  /// One that somebody shows; nil where the text cannot be one.
  public init?(_ text: some StringProtocol) {
    let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
    guard text.hasPrefix(Self.prefix), digits.count == 64, digits.allSatisfy(Hexadecimal.isDigit) else { return nil }
    self.text = String(text)
  }

  /// What the hub keeps of it: SHA-256 in 64 hexadecimal digits. A token has all the entropy that a digest can hold, so
  /// that neither salt nor a slow hash would add anything.
  public var digest: String { Hexadecimal.text(of: SHA256.hash(data: Array(text.utf8))) }
}

/// Lower-case hexadecimal digits.
enum Hexadecimal {
  static func text(of bytes: some Sequence<UInt8>) -> String {
    bytes.reduce(into: "") { text, byte in
      for digit in [byte >> 4, byte & 15] { text.unicodeScalars.append(Unicode.Scalar(self.digit(digit))) }
    }
  }

  static func text(of word: UInt64) -> String {
    text(of: (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> (8 * $0)) })
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

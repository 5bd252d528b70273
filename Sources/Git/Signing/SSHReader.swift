/// Reads what OpenSSH puts together of numbers and strings (RFC 4251, section 5). Every length is checked against what
/// is there.
struct SSHReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Whether everything was read.
  var isAtEnd: Bool { rest.isEmpty }

  /// A fixed number of bytes; nil where there are fewer.
  mutating func bytes(_ count: Int) -> [UInt8]? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func number() -> UInt32? { bytes(4)?.reduce(0) { $0 << 8 | UInt32($1) } }

  mutating func string() -> [UInt8]? { number().flatMap { bytes(Int($0)) } }

  /// A string that has to be a word of ASCII.
  mutating func word() -> String? {
    string().flatMap { $0.allSatisfy { (0x21...0x7E).contains($0) } ? String(decoding: $0, as: UTF8.self) : nil }
  }

  /// A number of any size that is not negative, as its bytes without leading zeros; nil where it is written otherwise
  /// than in the shortest way.
  mutating func magnitude() -> [UInt8]? {
    guard let bytes = string() else { return nil }
    guard let first = bytes.first else { return [] }
    guard first != 0 else { return bytes.count > 1 && bytes[1] >= 0x80 ? Array(bytes.dropFirst()) : nil }
    return first < 0x80 ? bytes : nil
  }

  /// A string as it is written.
  static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let count = UInt32(bytes.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + bytes
  }
}

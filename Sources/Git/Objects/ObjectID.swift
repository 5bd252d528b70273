import Clibgit2

/// The name of a git object: the 20 bytes of its SHA-1, stored inline.
///
/// Ordered as its hexadecimal text is, and as git orders ids.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  // The bytes as big-endian numbers, so that comparing numbers compares bytes.
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// The number of bytes of an id.
  public static let byteCount = 20

  /// All zeros: what git calls "no object", as the old value of a reference that is created.
  public static let zero = ObjectID(high: 0, middle: 0, low: 0)

  /// The tree without entries.
  public static let emptyTree = ObjectID(high: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, low: 0xfbee_4904)

  private init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads the id from raw bytes; nil when there are not 20 of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var iterator = bytes.makeIterator()
    func number(_ count: Int) -> UInt64 {
      var value: UInt64 = 0
      for _ in 0..<count { value = value << 8 | UInt64(iterator.next() ?? 0) }
      return value
    }
    high = number(8)
    middle = number(8)
    low = UInt32(truncatingIfNeeded: number(4))
  }

  /// Reads 40 hexadecimal digits of either case; nil for anything else, abbreviations too.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    guard let id = text.withUTF8({ ObjectID(hex: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = id
  }

  init?(hex digits: UnsafeRawBufferPointer) {
    guard digits.count == 2 * Self.byteCount else { return nil }
    func number(_ range: Range<Int>) -> UInt64? {
      var value: UInt64 = 0
      for index in range {
        guard let digit = Self.digit(digits[index]) else { return nil }
        value = value << 4 | digit
      }
      return value
    }
    guard let high = number(0..<16), let middle = number(16..<32), let low = number(32..<40) else { return nil }
    self.init(high: high, middle: middle, low: UInt32(truncatingIfNeeded: low))
  }

  private static func digit(_ character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Reads the id from 20 bytes at an offset of a buffer, which the caller has checked.
  @inline(__always)
  init(at offset: Int, of buffer: UnsafeRawBufferPointer) {
    high = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    middle = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
    low = UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: offset + 16, as: UInt32.self))
  }

  init(_ oid: git_oid) {
    self = withUnsafeBytes(of: oid) { ObjectID(at: 0, of: $0) }
  }

  /// The id as libgit2 takes it.
  var oid: git_oid {
    var oid = git_oid()
    withUnsafeMutableBytes(of: &oid) { buffer in
      buffer.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      buffer.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      buffer.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return oid
  }

  /// Whether this is ``zero``.
  public var isZero: Bool { self == .zero }

  /// The 20 bytes.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: oid) { [UInt8]($0.prefix(Self.byteCount)) }
  }

  /// 40 lower-case hexadecimal digits.
  public var description: String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 2 * Self.byteCount) { text in
      withUnsafeBytes(of: oid) { bytes in
        for index in 0..<Self.byteCount {
          text[2 * index] = digits.utf8Start[Int(bytes[index] >> 4)]
          text[2 * index + 1] = digits.utf8Start[Int(bytes[index] & 15)]
        }
      }
      return 2 * Self.byteCount
    }
  }

  /// The first digits of the id, for people; 8 unless told otherwise.
  public func abbreviated(to length: Int = 8) -> String { String(description.prefix(length)) }

  /// By bytes.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}

import Consolidation
import Foundation

/// Bytes behind a checksum of them: a file that a crash has damaged is noticed.
enum Sealed {
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { bytes in
      withUnsafeBytes(of: checksum(bytes).littleEndian) { Array($0) } + bytes
    }
  }

  /// The value that was sealed.
  static func value<Value: Stored>(_ type: Value.Type, _ data: Data?) throws -> Value {
    guard let data else { throw StoredFault() }
    return try data.withUnsafeBytes { bytes in
      guard bytes.count >= 8 else { throw StoredFault() }
      let content = UnsafeRawBufferPointer(rebasing: bytes[8...])
      guard UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) == checksum(content) else { throw StoredFault() }
      return try Value(stored: content)
    }
  }

  /// FNV-1a over words of 64 bits, and the bytes that are left.
  private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (sum, place) = (UInt64(0xCBF2_9CE4_8422_2325), 0)
    while place + 8 <= bytes.count {
      sum = (sum ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x100_0000_01B3
      sum ^= sum >> 32
      place += 8
    }
    while place < bytes.count {
      sum = (sum ^ UInt64(bytes[place])) &* 0x100_0000_01B3
      place += 1
    }
    return sum
  }
}

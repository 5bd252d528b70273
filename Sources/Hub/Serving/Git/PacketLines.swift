/// Cuts a stream into git's packets: four hexadecimal digits that say how long it is, themselves included, then its bytes.
struct PacketLines {
  enum Packet: Hashable {
    case flush
    case bytes([UInt8])
  }

  private var buffer: [UInt8] = []
  /// Set once something is no packet; nothing is read from then on.
  private(set) var isBroken = false
  /// No more than this is kept of a packet that has not ended.
  static let largest = 65_520

  /// The packets that have ended with the next piece of the stream.
  mutating func read(_ piece: some Sequence<UInt8>) -> [Packet] {
    guard !isBroken else { return [] }
    buffer += piece
    var (packets, place): ([Packet], Int) = ([], 0)
    while buffer.count - place >= 4 {
      guard let length = Int(String(decoding: buffer[place..<(place + 4)], as: UTF8.self), radix: 16),
        length <= Self.largest
      else {
        isBroken = true
        break
      }
      guard length >= 4 else {
        packets.append(.flush)
        place += 4
        continue
      }
      guard buffer.count - place >= length else { break }
      packets.append(.bytes(Array(buffer[(place + 4)..<(place + length)])))
      place += length
    }
    buffer.removeFirst(place)
    return packets
  }

  /// What was read and is no whole packet.
  var rest: [UInt8] { buffer }
}

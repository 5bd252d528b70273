/// Reads along while a push goes by, for the log: which names it moves, and what the hub said to it.
struct PushWatch {
  /// A name that the push moves.
  struct Move: Hashable {
    let old: String
    let new: String
    let name: String
  }

  private var request = PacketLines()
  private var isAsking = true
  private var answer = PacketLines()
  private var report = PacketLines()
  private(set) var moves: [Move] = []
  /// By name: nil where it was taken, else why not.
  private(set) var outcomes: [String: String?] = [:]

  /// A push that is packed is not read.
  init(isCompressed: Bool) { isAsking = !isCompressed }

  /// The next bytes of the request; behind the list of names comes the pack, which is nobody's business here.
  mutating func ask(_ piece: some Sequence<UInt8>) {
    guard isAsking else { return }
    for packet in request.read(piece) {
      guard isAsking, case .bytes(let bytes) = packet else {
        isAsking = false
        break
      }
      let line = String(decoding: bytes.prefix { $0 != 0 && $0 != 10 }, as: UTF8.self)
      let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard parts.count == 3, parts[0].utf8.count >= 40, parts[1].utf8.count >= 40 else { continue }
      if moves.count < 20 { moves.append(Move(old: parts[0], new: parts[1], name: String(parts[2].prefix(200)))) }
    }
    if request.isBroken { isAsking = false }
    if !isAsking { request = PacketLines() }
  }

  /// The next bytes of the answer: the report comes on band 1, what hooks print on band 2.
  mutating func answer(_ piece: some Sequence<UInt8>) {
    for packet in answer.read(piece) {
      guard case .bytes(let bytes) = packet else { continue }
      guard bytes.first == 1 else {
        note(bytes)
        continue
      }
      for inner in report.read(bytes.dropFirst()) {
        if case .bytes(let bytes) = inner { note(bytes) }
      }
    }
  }

  private mutating func note(_ bytes: [UInt8]) {
    let line = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count >= 2, outcomes.count < 20 else { return }
    switch parts[0] {
    case "ok": outcomes.updateValue(nil, forKey: String(parts[1].prefix(200)))
    case "ng": outcomes[String(parts[1].prefix(200))] = parts.count > 2 ? String(parts[2].prefix(200)) : "refused"
    default: break
    }
  }

  /// Whether the hub has taken anything.
  var hasLanded: Bool { outcomes.values.contains { $0 == nil } }
}

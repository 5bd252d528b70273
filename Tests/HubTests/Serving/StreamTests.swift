import Git
import HTTPTypes
import Testing

@testable import Hub

/// What is read out of streams, whatever pieces they come in.
@Suite struct StreamTests {
  @Test(arguments: [1, 2, 7, 1000])
  func aProgramsHeaderIsReadFromAnyPieces(size: Int) throws {
    let text = "Status: 404 Not Found\r\nContent-Type: text/plain\r\nX-Evil: 1\r\nSet-Cookie: a\r\n\r\nbody\n\nmore"
    var (head, rest, found) = (CGIHead(), Array(text.utf8)[...], [UInt8]())
    var seen: CGIHead.Head?
    while !rest.isEmpty {
      let piece = rest.prefix(size)
      rest = rest.dropFirst(size)
      if seen != nil {
        found += piece
        continue
      }
      if case .done(let head, let behind) = head.read(piece) { (seen, found) = (head, behind) }
    }
    let done = try #require(seen)
    #expect(done.status == .notFound && done.fields == [.contentType: "text/plain"])
    #expect(String(decoding: found, as: UTF8.self) == "body\n\nmore")
  }

  @Test func whatIsNoHeaderIsBroken() {
    for text in ["no header\n\n", "Status: 999\n\n", "Status: abc\n\n", String(repeating: "x", count: 20_000)] {
      var head = CGIHead()
      #expect(head.read(text.utf8) == .broken, "\(text.prefix(20))")
    }
    var head = CGIHead()
    #expect(head.read("".utf8) == .more)
  }

  private static let (old, new) = (String(repeating: "a", count: 40), String(repeating: "b", count: 40))

  @Test(arguments: [1, 5, 1000])
  func aPushIsReadAlong(size: Int) {
    let commands = [
      "\(Self.old) \(Self.new) refs/heads/main\0report-status side-band-64k", "\(Self.old) \(Self.new) refs/x",
    ]
    let asked = commands.map(Self.packet).joined() + "0000PACK....."
    let report = ["unpack ok\n", "ok refs/heads/main\n", "ng refs/x pre-receive hook declined\n"].map(Self.packet)
      .joined()
    let said = Self.packet("\u{2}a line of a hook\n") + Self.packet("\u{1}" + report + "0000") + "0000"
    var watch = PushWatch(isCompressed: false)
    for piece in Self.pieces(asked, size) { watch.ask(piece) }
    for piece in Self.pieces(said, size) { watch.answer(piece) }
    #expect(watch.moves.map(\.name) == ["refs/heads/main", "refs/x"])
    #expect(watch.moves.first == PushWatch.Move(old: Self.old, new: Self.new, name: "refs/heads/main"))
    #expect(watch.outcomes == ["refs/heads/main": nil, "refs/x": "pre-receive hook declined"])
    #expect(watch.hasLanded)
  }

  @Test func nonsenseIsReadWithoutHarm() {
    var watch = PushWatch(isCompressed: false)
    watch.ask("zzzz".utf8)
    watch.answer("0003fffg".utf8)
    watch.ask(Self.packet("x y z").utf8)
    #expect(watch.moves.isEmpty && watch.outcomes.isEmpty && !watch.hasLanded)
    var packed = PushWatch(isCompressed: true)
    packed.ask(Self.packet("\(Self.old) \(Self.new) refs/heads/main").utf8)
    #expect(packed.moves.isEmpty)
  }

  private static func packet(_ text: String) -> String {
    let digits = String(text.utf8.count + 4, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits + text
  }

  private static func pieces(_ text: String, _ size: Int) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
  }

  @Test func base64IsWrittenAndRead() {
    for (plain, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
      #expect(Base64.encode(Array(plain.utf8)) == text)
      #expect(Base64.decode(text.utf8) == Array(plain.utf8))
    }
    #expect(Base64.decode("Z%==".utf8) == nil)
    #expect(Base64.decode("Zg".utf8) == nil)
  }

  @Test func theLogIsJSONWhateverIsInIt() {
    #expect(ServingLog.quoted("a\"\\\n\u{1b}\u{9b}é") == "\"a\\\"\\\\\\u000a\\u001b\\u009bé\"")
    #expect(UTC.text(1_773_480_413_589) == "2026-03-14T09:26:53.589Z")
    #expect(UTC.header(1_773_480_413_589) == "Sat, 14 Mar 2026 09:26:53 GMT")
    #expect(UTC.text(-1) == "1969-12-31T23:59:59.999Z")
  }
}

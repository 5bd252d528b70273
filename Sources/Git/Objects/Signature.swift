/// A moment as git records it: seconds, and the author's offset from UTC for display.
public struct GitTime: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var seconds: Int64
  /// Minutes east of UTC, as +120.
  public var offsetMinutes: Int

  /// The moment with that many seconds since 1970, shown with that offset.
  public init(seconds: Int64, offsetMinutes: Int = 0) {
    self.seconds = seconds
    self.offsetMinutes = offsetMinutes
  }

  /// git's text, as "1772446260 +0100".
  var gitText: String {
    let minutes = min(abs(offsetMinutes), 99 * 60 + 59)
    let digits = String(minutes / 60 * 100 + minutes % 60)
    let zeros = String(repeating: "0", count: 4 - digits.count)
    return "\(seconds) \(offsetMinutes < 0 ? "-" : "+")\(zeros)\(digits)"
  }
}

/// Who did something and when: the author or the committer of a commit.
public struct Signature: Hashable, Sendable, CustomStringConvertible {
  /// A person's name, as they gave it.
  public var name: String
  /// A mail address, without angle brackets.
  public var email: String
  /// When they did it, by their own clock.
  public var time: GitTime

  /// A signature of these parts; characters that git does not allow are dropped when it is written.
  public init(name: String, email: String, time: GitTime) {
    self.name = name
    self.email = email
    self.time = time
  }

  /// Reads git's line, as "Ana Ruiz <ana@example.com> 1772446260 +0100". What is missing or unreadable in a foreign
  /// commit becomes an empty name or address, or second 0.
  public init(parsing line: some StringProtocol) {
    let open = line.firstIndex(of: "<")
    let close = line.lastIndex(of: ">")
    name = Self.trimmed(line[..<(open ?? line.endIndex)])
    guard let open, let close, open < close else {
      email = ""
      time = GitTime(seconds: 0)
      return
    }
    email = String(line[line.index(after: open)..<close])
    let fields = line[line.index(after: close)...].split(separator: " ")
    let seconds = fields.first.flatMap { Int64($0) } ?? 0
    time = GitTime(seconds: seconds, offsetMinutes: fields.count > 1 ? Self.offset(fields[1]) : 0)
  }

  private static func offset(_ text: some StringProtocol) -> Int {
    guard let number = Int(text), abs(number) < 10_000 else { return 0 }
    return number / 100 * 60 + number % 100
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }

  /// "Name <email>".
  public var description: String { "\(name) <\(email)>" }

  /// git's line for a commit. Angle brackets, control characters and invisible ones are dropped, and punctuation at both
  /// ends, as git does it.
  /// - Throws: `.invalid` when no name remains.
  func gitText() throws(GitError) -> String {
    let name = Self.clean(name)
    guard !name.isEmpty else { throw GitError(.invalid, "a commit needs the name of its author") }
    return "\(name) <\(Self.clean(email))> \(time.gitText)"
  }

  private static func clean(_ text: String) -> String {
    var fit = String.UnicodeScalarView()
    fit.append(contentsOf: text.unicodeScalars.filter { !CommitForm.isUnfitForNames($0) })
    let text = String(fit)
    func isCrud(_ byte: UInt8) -> Bool { byte <= 32 || ".,:;<>\"\\'".utf8.contains(byte) }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isCrud($0) }), let last = bytes.lastIndex(where: { !isCrud($0) })
    else { return "" }
    let banned: [UInt8] = [0, 10, UInt8(ascii: "<"), UInt8(ascii: ">")]
    return String(decoding: bytes[first...last].filter { !banned.contains($0) }, as: UTF8.self)
  }
}

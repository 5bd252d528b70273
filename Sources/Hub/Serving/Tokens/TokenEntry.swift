public import Calculation

/// What a hub keeps of a token: a line of `kpi/tokens`.
public struct TokenEntry: Hashable, Sendable {
  /// `Token.digest`.
  public let digest: String
  /// Whose it is: an id of `people.yaml`.
  public let person: String
  /// The UTC day on which it was made.
  public let made: Day
  /// The UTC day on which it was last shown; nil: never.
  public var used: Day?
  /// The last UTC day on which it counts; nil: until it is revoked.
  public let until: Day?
  /// What it is for, in somebody's words; "" where nobody said.
  public let note: String

  public init(digest: String, person: String, made: Day, used: Day? = nil, until: Day? = nil, note: String = "") {
    self.digest = digest
    self.person = person
    self.made = made
    self.used = used
    self.until = until
    self.note = note
  }

  /// By what people name it: the digest's first eight digits.
  public var id: String { String(digest.prefix(8)) }

  /// Whether it has run out by a day.
  public func isExpired(on day: Day) -> Bool { until.map { $0 < day } ?? false }

  // MARK: Text

  /// A line of the file: digest, person, made, last used, until and note, separated by tabs; `-` where there is none.
  var line: String {
    [digest, person, "\(made)", used?.description ?? "-", until?.description ?? "-", Self.plain(note)]
      .joined(separator: "\t")
  }

  init?(line: some StringProtocol) {
    let fields = String(line).split(separator: "\t", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 6, fields[0].utf8.count == 64, fields[0].utf8.allSatisfy(Hexadecimal.isDigit),
      !fields[1].isEmpty, let made = Day(fields[2]), fields[3] == "-" || Day(fields[3]) != nil,
      fields[4] == "-" || Day(fields[4]) != nil
    else { return nil }
    self.init(
      digest: fields[0], person: fields[1], made: made, used: Day(fields[3]), until: Day(fields[4]), note: fields[5])
  }

  /// One line, without what a terminal would obey.
  private static func plain(_ note: String) -> String {
    String(
      String.UnicodeScalarView(note.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }.prefix(200)))
  }
}

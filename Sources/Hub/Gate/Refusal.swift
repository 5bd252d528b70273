public import LedgerModel

/// One reason why a hub does not take a push: what, where, by which rule, and what to do.
public struct Refusal: Hashable, Sendable {
  /// The file that it is about; nil where it is the push as a whole.
  public let file: String?
  /// The key of the file (DESIGN section 5), as `targets.2026-Q3`, where it is about one.
  public let key: String?
  /// The place in the file, where it is about one.
  public let position: Position?
  /// The kebab-case name of the rule. Stable: scripts may rely on it.
  public let rule: String
  /// What is wrong and what to do, for somebody who does not know git.
  public let message: String

  /// A reason about the push as a whole, a file, or a key of it.
  public init(_ rule: String, file: String? = nil, key: String? = nil, _ message: String) {
    self.rule = rule
    self.file = file
    self.key = key
    position = nil
    self.message = message
  }

  /// A finding of the check as a reason.
  public init(_ finding: Finding) {
    rule = finding.rule
    file = finding.file
    key = nil
    position = finding.position
    message = finding.message
  }

  /// The reason as one line: file, key or line, message, and the rule in brackets.
  ///
  /// Names in it come from others: whatever a terminal would not show as a character is replaced.
  public var line: String {
    var text = file ?? ""
    if let key { text += ", \(key)" }
    if let position, position != .start { text += ", line \(position.line), column \(position.column)" }
    text += text.isEmpty ? message : ": \(message)"
    return Self.printable(text.prefix(Self.longestLine)) + (text.count > Self.longestLine ? "…" : "") + " [\(rule)]"
  }

  /// Characters of a line, as what is wrong may be quoted in it and be long.
  private static let longestLine = 1_000

  private static func printable(_ text: Substring) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: result.append("?")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// What the hub says of a push, line by line.
public struct Verdict: Sendable {
  /// Empty: the push may come in.
  public let refusals: [Refusal]

  /// A verdict of these reasons, each of which is said once.
  public init(_ refusals: [Refusal]) {
    var said: Set<Refusal> = []
    self.refusals = refusals.filter { said.insert($0).inserted }
  }

  /// What is said when looking at a push has taken as long as it may.
  public static func takingTooLong(seconds: Int) -> Verdict { Verdict([.takesTooLong(seconds)]) }

  /// Whether the push may come in.
  public var isAccepted: Bool { refusals.isEmpty }

  /// What to tell whoever pushed; no lines where the push may come in. At most `limit` reasons are spelt out.
  public func lines(limit: Int = 60) -> [String] {
    guard !isAccepted else { return [] }
    var lines = ["The hub has taken nothing of this, and nothing there has changed:"]
    lines += refusals.prefix(limit).map { "  " + $0.line }
    if refusals.count > limit { lines.append("  … and \(refusals.count - limit) more; 'kpi check' names them all.") }
    return lines
  }
}

/// A place in a text file. Line and column are 1-based; the column counts characters, not bytes.
public struct Position: Hashable, Comparable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The first character of a file.
  public static let start = Position(line: 1, column: 1)

  public static func < (one: Position, other: Position) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// How much a finding matters: an error keeps a file from being synced, a warning does not.
public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  case error
  case warning

  public static func < (one: Severity, other: Severity) -> Bool {
    one == .error && other == .warning
  }
}

/// Something wrong, or doubtful, in a file of the ledger. Findings are values; nothing throws for bad input.
public struct Finding: Hashable, Sendable {
  public let severity: Severity
  /// The kebab-case name of the rule, as `unknown-field`. Stable: scripts and fixtures rely on it.
  public let rule: String
  /// The file's path inside the ledger.
  public let file: String
  public let position: Position
  /// What is wrong and what to do, one sentence or two, for somebody who does not know YAML.
  public let message: String

  public init(
    _ severity: Severity, rule: String, file: String, at position: Position = .start, _ message: String
  ) {
    self.severity = severity
    self.rule = rule
    self.file = file
    self.position = position
    self.message = message
  }
}

/// What is fed with mutated bytes: a decoder, or the merge.
public struct FuzzTarget: Sendable, CustomStringConvertible {
  /// As `make fuzz` and the folders of kept inputs call it.
  public let name: String
  /// Words that its inputs are made of.
  public let words: [String]
  /// Texts to begin with, from the project's fixtures.
  public let seeds: @Sendable () -> [[UInt8]]
  /// What is wrong with how an input was taken; nil where nothing is. A crash or a hang tells itself.
  public let fault: @Sendable ([UInt8]) -> String?

  public var description: String { name }

  /// All targets.
  public static let all: [FuzzTarget] = [
    .yaml, .csv, .decoding, .formula, .words, .proposal, .merge, .ledger, .importing, .signature,
  ]

  static let yamlWords = [
    ": ", "- ", "? ", "# ", " #", "'", "\"", "''", "\\\"", "\\u00e9", "\\x41", "{", "}", "[", "]", ", ", "|", ">", "|-",
    ">+", "|2", "&a ", "*a", "!!str ", "---", "...", "%YAML 1.2", "~", "null", "true", ".nan", "-.inf", "1e999", "0x7f",
    "25.0", "99999999999999999999999999999999999999999", "\n", "\r\n", "\t", "  ", "\n  - ", "\n    ", "\u{FEFF}", "ü",
    "\u{2028}", "<<<<<<< a", "=======", ">>>>>>> b", "name:", "owner:", "targets:", "formula:", "inputs:", "affects:",
    "leads_to:", "was:", "earlier:", "2026-Q3", "kpi:",
  ]
  static let csvWords = [
    ",", ";", "\t", "\"", "\"\"", "\n", "\r", "\r\n", "sep=;", "period", "status", "note", "value", "Value", "2026-01",
    "2026-W53", "1.234,56", "1,234", "1e999", "-", "(12)", "50%", "final", "missing", "\u{FEFF}", "\u{A0}",
    "01/02/2026",
  ]
  /// Between the parts of an input that has several.
  static let separator = Array("\n~~~~\n".utf8)
}

/// An input taken apart.
func parts(of bytes: [UInt8], most: Int) -> [[UInt8]] {
  let separator = FuzzTarget.separator
  var parts: [[UInt8]] = []
  var start = 0
  var index = 0
  while index + separator.count <= bytes.count, parts.count + 1 < most {
    if bytes[index] == separator[0], bytes[index..<(index + separator.count)].elementsEqual(separator) {
      parts.append(Array(bytes[start..<index]))
      index += separator.count
      start = index
    } else {
      index += 1
    }
  }
  parts.append(Array(bytes[start...]))
  return parts
}

func joined(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined(separator: FuzzTarget.separator)) }

/// The first of some faults.
func first(_ faults: (() -> String?)...) -> String? {
  for fault in faults {
    if let found = fault() { return found }
  }
  return nil
}

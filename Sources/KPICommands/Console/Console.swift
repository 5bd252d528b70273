import Foundation

/// What commands print with: results on standard output, everything about the doing on standard error.
enum Console {
  /// Whether standard output is a terminal that a person reads.
  static let isTerminal = isatty(STDOUT_FILENO) == 1
  /// Whether somebody can be asked.
  static let canAsk = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1

  /// Colour: on a terminal, unless `NO_COLOR` is set.
  static var hasColour: Bool {
    isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  static let environment = ProcessInfo.processInfo.environment

  /// The columns that a table may take; 100 where nobody reads along.
  static var width: Int {
    if let columns = environment["COLUMNS"].flatMap(Int.init), columns > 20 { return columns }
    var size = winsize()
    if isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 { return Int(size.ws_col) }
    return 100
  }

  /// A line of the result.
  static func print(_ text: String, terminator: String = "\n") {
    write(text + terminator, to: stdout)
  }

  /// Bytes of the result, as they are.
  static func print(bytes: [UInt8]) {
    bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stdout) }
  }

  /// A line about what is being done, or a hint.
  static func note(_ text: String) {
    write(text + "\n", to: stderr)
  }

  /// Asks for one of several answers; nil where nobody can be asked, or answers nothing.
  static func ask(_ question: String) -> String? {
    guard canAsk else { return nil }
    write(question + " ", to: stderr)
    return readLine()?.trimmingCharacters(in: .whitespaces)
  }

  /// Has everything printed reach its reader before the process ends.
  static func finish() {
    fflush(stdout)
    fflush(stderr)
  }

  private static func write(_ text: String, to file: UnsafeMutablePointer<FILE>?) {
    fputs(text, file)
  }
}

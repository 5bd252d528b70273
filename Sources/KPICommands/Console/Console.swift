import Foundation
import Glibc

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
    write(Array((text + terminator).utf8), to: STDOUT_FILENO)
  }

  /// Bytes of the result, as they are.
  static func print(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

  /// A line about what is being done, or a hint.
  static func note(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

  /// Asks for one of several answers; nil where nobody can be asked, or answers nothing.
  static func ask(_ question: String) -> String? {
    guard canAsk else { return nil }
    write(Array((question + " ").utf8), to: STDERR_FILENO)
    return readLine()?.trimmingCharacters(in: .whitespaces)
  }

  /// Writes all bytes; where nobody reads any more (`kpi audit | head`) the rest is dropped.
  private static func write(_ bytes: [UInt8], to file: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let put = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else { return }
      rest = rest.dropFirst(put)
    }
  }
}

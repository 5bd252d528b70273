import Calculation
import Glibc

/// Who came to a hub and for what: a line each in the hub's notes, of which the last megabyte or two are kept.
public struct AccessLog: Sendable {
  private let path: String

  /// The log of a hub.
  public init(_ hub: LedgerHub) { path = hub.notesFolder + "access.log" }

  /// Adds a line. Where the log cannot be written, nobody is kept from working.
  /// - Parameters:
  ///   - seconds: when, since 1970
  ///   - words: what, as `ana`, `receive-pack`, `10.0.0.7`
  public func add(at seconds: Int64, _ words: [String]) {
    _ = mkdir(String(path.prefix { $0 != "\0" }.dropLast("/access.log".count)), 0o777)
    var status = stat()
    if stat(path, &status) == 0, status.st_size > 1_000_000 { rename(path, path + ".old") }
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
    guard file >= 0 else { return }
    defer { close(file) }
    let line = ([UTCTime.text(seconds)] + words.map(Self.printable)).joined(separator: " ") + "\n"
    _ = Array(line.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }

  private static func printable(_ word: String) -> String {
    String(
      String.UnicodeScalarView(word.unicodeScalars.prefix(400).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }
}

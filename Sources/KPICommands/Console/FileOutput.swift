import Foundation

/// Where a command's result goes: to standard output, or to a file that somebody names.
struct FileOutput {
  private let path: String?

  init(_ path: String?) { self.path = path }

  /// - Throws: `Failure` where the file cannot be written
  func write(_ text: String) throws {
    guard let path else { return Console.print(bytes: Array(text.utf8)) }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure("\(path) cannot be written: \(error.localizedDescription)")
    }
    Console.note("Written to \(path).")
  }
}

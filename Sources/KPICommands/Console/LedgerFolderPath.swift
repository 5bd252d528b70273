import Foundation
import LedgerFiles

/// A ledger's folder on the disk, in git or not.
struct LedgerFolderPath {
  /// Ends in `/`.
  let root: String

  /// The nearest folder, from the given one upwards, that has a `ledger.yaml`.
  /// - Throws: `Failure`
  init(containing folder: String) throws {
    let files = FileManager.default
    var path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    while !files.fileExists(atPath: path + "/ledger.yaml") {
      guard path != "/", !path.isEmpty, !files.fileExists(atPath: path + "/.git") else {
        if files.fileExists(atPath: path + "/.git") { break }
        throw Failure(
          "There is no ledger in \(folder).",
          hint: "Go to a ledger's folder, make one with 'kpi init', or get one with 'kpi clone ADDRESS'.")
      }
      path = URL(fileURLWithPath: path).deletingLastPathComponent().path
    }
    root = path.hasSuffix("/") ? path : path + "/"
  }

  /// A path that somebody typed, as the ledger has it; "" is the ledger itself.
  /// - Throws: `Failure` where it leads out of the ledger, or nothing is there.
  func path(_ typed: String) throws -> String {
    let path = try past(typed)
    let isThere = path.isEmpty || (try? FileManager.default.attributesOfItem(atPath: root + path)) != nil
    guard isThere || LedgerCheck.requiredFiles.contains(path) else { throw Failure("There is no file \(typed).") }
    return path
  }

  /// The same of a path that need not be there any more.
  /// - Throws: `Failure` where it leads out of the ledger
  func past(_ typed: String) throws -> String {
    let absolute = URL(fileURLWithPath: typed).standardizedFileURL
    // Links on the way are followed, the last name is not: a link in a ledger is to be found fault with.
    let parent = absolute.deletingLastPathComponent().resolvingSymlinksInPath().path
    let full = (parent.hasSuffix("/") ? parent : parent + "/") + absolute.lastPathComponent
    if full + "/" == root || absolute.resolvingSymlinksInPath().path + "/" == root { return "" }
    guard full.hasPrefix(root) else { throw Failure("\(typed) is not in the ledger at \(root).") }
    return String(full.dropFirst(root.count))
  }
}

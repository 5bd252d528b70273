import Foundation
import Git
import Hub

/// What the hub's commands need to know of the machine.
enum HubPaths {
  /// The environment variable by which whoever let a pusher in tells the hub's scripts the person's id.
  static let pusherVariable = "KPI_PUSHER"

  /// Where this program is, for the hub's scripts; nil where the machine does not say.
  static var program: String? {
    if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
    return Bundle.main.executablePath
  }

  /// The folders of `GIT_ALTERNATE_OBJECT_DIRECTORIES`: separated by colons, and in quotes where a name has one.
  static func alternates(_ list: String?) -> [String] {
    var (folders, folder, isQuoted): ([String], String, Bool) = ([], "", false)
    var rest = (list ?? "")[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted || folder.isEmpty: isQuoted.toggle()
      case "\\" where isQuoted: folder.append(rest.popFirst() ?? "\\")
      case ":" where !isQuoted:
        folders.append(folder)
        folder = ""
      default: folder.append(character)
      }
    }
    return (folders + [folder]).filter { !$0.isEmpty }
  }

  /// Calls the closure with an empty folder that is gone afterwards.
  static func withScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-check-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// Calls the closure with an empty folder that is gone afterwards.
  static func withScratchFolder<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-check-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
  }

  /// The commit that somebody names by its first digits.
  static func sync(_ digits: String, in path: String) throws -> ObjectID {
    let hub = try LedgerHub(at: path)
    if let id = try? hub.repository.objects.id(startingWith: digits) { return id }
    throw Failure(
      "'\(digits)' is none of the hub's syncs.", hint: "Name one of them by the digits that 'kpi audit' shows.")
  }
}

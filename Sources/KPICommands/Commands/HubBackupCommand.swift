import ArgumentParser
import Foundation
import Git
import Hub

/// `kpi hub backup`
struct HubBackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Back a hub up into one file, and read it back.",
    discussion: """
      The file is a bundle of git's: the ledger with its whole history, and what was published. It gets its name when \
      every object in it has been read back. Pushes may come in meanwhile. The hub's tokens are not in it.

      Into a folder, each backup is named after the moment it was made; --keep removes the oldest.

      Examples:
        kpi hub backup /srv/ledger.git /backup/ledger.bundle
        kpi hub backup /srv/ledger.git /backup/ --keep 30
      """)

  @Argument(help: "The hub.", completion: .directory)
  var hub: String

  @Argument(help: "The file to write, or a folder.", completion: .file())
  var file: String

  @Option(help: "How many backups stay in the folder.")
  var keep: Int?

  func validate() throws {
    if let keep, keep < 1 { throw ValidationError("--keep needs a number from 1 on.") }
  }

  func run() async throws {
    let backup = HubBackup(hub: hub, environment: Console.environment)
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
    guard isThere && isFolder.boolValue || keep == nil else {
      throw Failure("--keep is for a folder, which \(file) is not.")
    }
    let report = try await HubFailure.translating {
      try await HubPaths.withScratchFolder { scratch in
        isThere && isFolder.boolValue
          ? try await backup.write(intoFolder: file, keeping: keep, at: Ambient.now.seconds, scratch: scratch)
          : try await backup.write(to: file, scratch: scratch)
      }
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: report.file)[.size] as? Int) ?? 0
    let tips = report.tips.sorted { $0.key < $1.key }.map { "\($0.key.dropFirst(11)) at \($0.value.abbreviated())" }
    Console.print("Written and read back: \(report.file), \(max(1, size / 1024)) kB; \(tips.joined(separator: ", ")).")
    if report.removed > 0 { Console.print("Removed the oldest: \(report.removed).") }
  }
}

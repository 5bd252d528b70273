import ArgumentParser
import Git
import Hub

/// `kpi hub restore`
struct HubRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a hub from a backup.",
    discussion: """
      The hub is made where nothing is, with hooks and settings as 'kpi hub init' makes them, and only when every object \
      of the backup has been read. Tokens have to be given out again.

      Whoever synced after the backup was made still has what is missing in it: their next 'kpi sync' gives it back.

      Examples:
        kpi hub restore /backup/ledger.bundle /srv/ledger.git
        kpi hub verify /srv/ledger.git
      """)

  @Argument(help: "The backup.", completion: .file())
  var file: String

  @Argument(help: "Where the hub goes: nothing may be there yet.", completion: .directory)
  var path: String

  func run() async throws {
    let restore = HubRestore(file: file, path: path, program: HubPaths.program)
    let tips = try await HubFailure.translating { try await restore.run(environment: Console.environment) }
    let names = tips.sorted { $0.key < $1.key }.map { "\($0.key.dropFirst(11)) at \($0.value.abbreviated())" }
    Console.print("Made the hub \(path) from \(file): \(names.joined(separator: ", ")).")
    Console.print("For the whole proof: kpi hub verify \(path)")
  }
}

import ArgumentParser
import Calculation
import Foundation
import Git
import Hub

/// `kpi hub keys`
struct HubKeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Write the lines by which ssh lets the ledger's people come to the hub.",
    discussion: """
      For each key that people.yaml has today there is a line of ssh's authorized_keys. It lets that person get and send \
      the ledger, and do nothing else on this machine. Lines of others in the file stay.

      Examples:
        kpi hub keys /srv/ledger.git                                      show them
        kpi hub keys /srv/ledger.git --write ~kpi/.ssh/authorized_keys    put them into the file
        kpi hub keys /srv/ledger.git --write ~kpi/.ssh/authorized_keys --keep
                                                                          and again after each sync from now on
      """)

  @Argument(help: "The hub.", completion: .directory)
  var path = "."

  @Option(help: ArgumentHelp("The file of ssh's that they go into.", valueName: "file"), completion: .file())
  var write: String?

  @Flag(help: "Have the hub write them again after each sync that it takes.")
  var keep = false

  func validate() throws {
    if keep, write == nil {
      throw ValidationError("--keep needs --write FILE: the file that is to be kept up to date.")
    }
  }

  func run() throws {
    try HubFailure.translating {
      let hub = try LedgerHub(at: path)
      let place = URL(fileURLWithPath: hub.repository.commonPath).resolvingSymlinksInPath().path
      guard let program = try hub.repository.configuration(LedgerHub.programVariable) ?? HubPaths.program else {
        throw Failure("This machine does not say where the program kpi is.")
      }
      func keys() throws -> AuthorizedKeys {
        guard let people = try hub.people() else { throw HubFault.empty }
        return try AuthorizedKeys(people, on: UTCTime.day(Ambient.now.seconds), hub: place, program: program)
      }
      guard let write else {
        let keys = try keys()
        for line in keys.lines { Console.print(line) }
        return note(keys)
      }
      let file = URL(fileURLWithPath: write).standardizedFileURL.path
      var written: AuthorizedKeys?
      let isNew = try KeysFile(path: file, hub: place).write {
        let keys = try keys()
        written = keys
        return keys.lines
      }
      if keep { try hub.repository.setConfiguration(LedgerHub.keysVariable, to: file) }
      guard let written else { return }
      let count = "\(written.people) \(written.people == 1 ? "person" : "people")"
      Console.print(
        isNew
          ? "\(file) now lets \(count) come to the hub, with \(written.lines.count) "
            + "\(written.lines.count == 1 ? "key" : "keys")."
          : "\(file) is as it should be: \(count).")
      note(written)
    }
  }

  private func note(_ keys: AuthorizedKeys) {
    if keys.lines.isEmpty {
      Console.note(
        "people.yaml has no key that is valid today. A key stands there as:  keys: [ssh-ed25519 AAAA… ana@laptop]")
    }
    for id in keys.unreadable { Console.note("Left out: people.yaml has something at '\(id)' that is no ssh key.") }
  }
}

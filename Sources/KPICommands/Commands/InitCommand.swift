import ArgumentParser
import Foundation
import Git
import Hub
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi init`
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Begin a new ledger in a folder.",
    discussion: """
      Makes the ledger's settings, its people and an empty list of goals, with you as administrator and controller.

      Examples:
        kpi init acme --company Acme --currency EUR
        cd acme && kpi define sales/win-rate --name "Win rate" --unit percent
        kpi hub init /srv/acme.git --from acme --admin "Ana Ruiz" ana@example.com     to share it
      """)

  @Argument(help: "The folder to make the ledger in.", completion: .directory)
  var folder: String = "."

  @Option(help: "The company's name. Without it, the folder's.")
  var company: String?

  @Option(help: "The company's currency, as EUR.")
  var currency: String = "USD"

  @Option(help: "Your name, where git does not know it.")
  var name: String?

  @Option(help: "Your mail address, where git does not know it.")
  var email: String?

  func validate() throws {
    guard Currency.isCode(currency) else {
      throw ValidationError("--currency needs a code of three capital letters, as EUR; '\(currency)' is none.")
    }
  }

  func run() throws {
    let path = URL(fileURLWithPath: folder).standardizedFileURL.path
    guard !FileManager.default.fileExists(atPath: path + "/ledger.yaml") else {
      throw Failure("There is a ledger in \(folder) already.", hint: "Work in it: cd \(folder) && kpi status")
    }
    let repository = try Repository.initialise(path, bare: false)
    if let name { try repository.setConfiguration("user.name", to: name) }
    if let email { try repository.setConfiguration("user.email", to: email) }
    let clone = try LedgerClone(containing: path)
    let author = try clone.author()
    let first = FirstFiles(
      company: company ?? URL(fileURLWithPath: path).lastPathComponent, currency: currency, admin: author)
    try LedgerWriting(clone, now: Ambient.now).commit(first.files.mapValues { $0 }, message: "Begin the ledger\n")
    Console.print("A new ledger is in \(folder). You are its administrator and controller.")
    Console.print("Next: a department and its first KPI, as 'kpi define sales/win-rate --name \"Win rate\"'.")
  }
}

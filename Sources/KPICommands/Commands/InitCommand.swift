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
    try Identity.check(email)
    if let name, let fault = Author.fault(ofName: name) { throw ValidationError(fault) }
  }

  func run() throws {
    let path = URL(fileURLWithPath: folder).standardizedFileURL.path
    guard !FileManager.default.fileExists(atPath: path + "/ledger.yaml") else {
      throw Failure("There is a ledger in \(folder) already.", hint: "Work in it: cd \(folder) && kpi status")
    }
    try begin(path)
    let clone = try LedgerClone(containing: path, environment: Console.environment)
    let author = try clone.author()
    let first = FirstFiles(
      company: company ?? URL(fileURLWithPath: path).lastPathComponent, currency: currency, admin: author)
    try LedgerWriting(clone, now: Ambient.now).commit(first.files.mapValues { $0 }, message: "Begin the ledger\n")
    SigningNotice.print(clone)
    Console.print("A new ledger is in \(folder). You are its administrator and controller.")
    let enter = folder == "." ? "" : "cd \(folder)"
    let steps = [
      (enter, ""), ("kpi define sales/win-rate --name \"Win rate\" --unit percent", "a department's first KPI"),
      ("kpi record sales/win-rate 2026-03 25", "its first figure"),
      ("kpi goal add grow-revenue --name \"Grow revenue\"", "what it is for"),
      ("kpi people add ben-ortiz --name \"Ben Ortiz\" --email ben@example.com", "who else there is"),
      ("kpi hub init /srv/ledger.git --from . --admin \"\(author.name)\" \(author.email)", "to share it with others"),
    ].filter { !$0.0.isEmpty }
    Console.print("Next:")
    for (command, what) in steps { Console.print("  \(command)" + (what.isEmpty ? "" : "   # \(what)")) }
  }

  /// Makes the repository, and leaves nothing behind where nobody says who works in it.
  private func begin(_ path: String) throws {
    let files = FileManager.default
    let isNew = (folder: !files.fileExists(atPath: path), repository: !files.fileExists(atPath: path + "/.git"))
    let repository = try Repository.initialise(path, bare: false)
    do {
      try Identity(name: name, email: email).settle(
        in: repository,
        otherwise: "Nothing was made. Say it: kpi init \(folder) --name \"Ana Ruiz\" --email ana@example.com")
    } catch {
      if isNew.folder {
        try? files.removeItem(atPath: path)
      } else if isNew.repository {
        try? files.removeItem(atPath: path + "/.git")
      }
      throw error
    }
  }
}

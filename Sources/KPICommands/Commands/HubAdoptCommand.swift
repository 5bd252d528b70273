import ArgumentParser
import Hub

/// `kpi hub adopt`
struct HubAdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Make a hub of a bare repository that is there already.",
    discussion: """
      Installs the scripts that ask kpi about each push, and the settings of a hub: in a repository made by 'git init \
      --bare', by gitolite, or by an older kpi. What is in it is not looked at; 'kpi hub check' does that.

      Examples:
        git init --bare /srv/ledger.git && kpi hub adopt /srv/ledger.git
        kpi hub adopt ~git/repositories/ledger.git
      """)

  @Argument(help: "The bare repository.", completion: .directory)
  var path: String

  func run() throws {
    let hasLedger = try HubFailure.translating { try HubAdoption(path: path, program: HubPaths.program).run() }
    Console.print("\(path) is a hub now: every push is checked.")
    Console.print(
      hasLedger
        ? "Look through what is in it already: kpi hub check \(path)"
        : "It has no ledger yet: push one that 'kpi init' made, with: git push \(path) main")
  }
}

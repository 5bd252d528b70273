import ArgumentParser
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Syncing

/// `kpi merge-tree`
struct MergeTreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-tree",
    abstract: "Merge two commits by the ledger's rules, without touching branches or files.",
    discussion: """
      Prints the id of the tree that a sync of LOCAL onto HUB would make: the same one that the hub recomputes. What is \
      held is printed as JSON on standard error, and the exit status is 1.

      Examples:
        kpi merge-tree origin/main main
        git diff origin/main $(kpi merge-tree origin/main main)
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The commit of the hub.") var hub: String
  @Argument(help: "The commit with what was not sent yet.") var local: String

  func run() throws {
    let clone = try ledger.open()
    let repository = clone.repository
    let (hub, local) = (try Self.commit(hub, repository), try Self.commit(local, repository))
    let history = GitHistory(repository.objects)
    let merge = LedgerMerge.of(history)
    let outcome = try merge.outcome(hub: ContentID(hub), local: ContentID(local), bringer: clone.author())
    let base = try history.stored(hub).tree
    Console.print(try TreeEdits.write(outcome?.files ?? [:], onto: base, to: repository.objects).description)
    let held = outcome?.held ?? []
    guard !held.isEmpty else { return }
    Console.note(HeldJSON.text(held, naming: true))
    throw ExitStatus.findings.code
  }

  private static func commit(_ name: String, _ repository: Repository) throws -> ObjectID {
    guard let id = try repository.commit(named: name) else {
      throw Failure("There is no commit '\(name)' here.", hint: "Name a branch, a tag or a commit's id.")
    }
    return id
  }
}

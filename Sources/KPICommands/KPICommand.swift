public import ArgumentParser
import Foundation

/// `kpi`: the command line of a ledger. One file a command; each parses, delegates and prints.
public struct KPICommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "kpi",
    abstract: "Departments' KPIs as plain files: recorded offline, merged by rules, rolled up into one scorecard.",
    discussion: """
      A day with it:
        kpi record sales/win-rate 2026-03 won=12 decided=40
        kpi status
        kpi sync
        kpi scorecard

      Everything but 'clone' and 'sync' works without a network. 'kpi help COMMAND' has examples.
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(name: "Start:", subcommands: [InitCommand.self, CloneCommand.self, DemoCommand.self]),
      CommandGroup(
        name: "Record and define:",
        subcommands: [
          RecordCommand.self, DefineCommand.self, ImportCommand.self, CheckCommand.self, MoveCommand.self,
          RemoveCommand.self, UndoCommand.self,
        ]),
      CommandGroup(
        name: "Organise:", subcommands: [PeopleCommand.self, GoalCommand.self, DepartmentCommand.self]),
      CommandGroup(name: "Share:", subcommands: [StatusCommand.self, SyncCommand.self]),
      CommandGroup(
        name: "Read:",
        subcommands: [
          ShowCommand.self, ScorecardCommand.self, ExplainCommand.self, HistoryCommand.self, AuditCommand.self,
          BlameCommand.self,
        ]),
      CommandGroup(name: "Settle:", subcommands: [ProposalsCommand.self, SettleCommand.self]),
      CommandGroup(name: "Close:", subcommands: [CloseCommand.self, ReopenCommand.self]),
      CommandGroup(
        name: "Run a hub, and tools:", subcommands: [HubCommand.self, MergeFileCommand.self, MergeTreeCommand.self]),
    ])

  public init() {}

  /// Runs the command line that this process was called with, and ends the process with its exit status.
  public static func run() async -> Never {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      exit(withError: nil)
    } catch {
      Failure.end(with: error)
    }
  }
}

/// The version of this build.
enum Version {
  static let text = "0.1.0"

  /// Names this very build: what another one has calculated is not taken over.
  static let program: String = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return text }
    return "\(text) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }()
}

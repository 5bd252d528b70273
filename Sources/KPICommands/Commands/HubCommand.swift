import ArgumentParser

/// `kpi hub`: what whoever looks after a hub needs.
struct HubCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hub",
    abstract: "Make and run the hub that everybody syncs with.",
    discussion: """
      A hub is a folder that nobody works in: on a server, a shared drive or this machine. It takes a change only when
      every file is right and nothing of others is lost, and publishes the scorecard of its newest state.

      Examples:
        kpi hub init /srv/ledger.git --admin "Ana Ruiz" ana@example.com
        kpi clone /srv/ledger.git
      """,
    subcommands: [
      HubInitCommand.self, HubCheckCommand.self, HubPublishCommand.self, HubServeCommand.self, HubTokenCommand.self,
      HubKeysCommand.self, HubShellCommand.self, HubAdoptCommand.self, HubVerifyCommand.self, HubBackupCommand.self,
      HubRestoreCommand.self, HubMaintainCommand.self,
    ])
}

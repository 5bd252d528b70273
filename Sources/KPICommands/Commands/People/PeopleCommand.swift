import ArgumentParser

/// `kpi people`
struct PeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: "Who there is, and who holds which role: list and change.",
    discussion: """
      Without anything else, lists everybody. An administrator changes people and roles; what others enter is held \
      until one accepts it. A date on which something begins or ends counts from the first sync after it.

      Examples:
        kpi people
        kpi people add ben-ortiz --name "Ben Ortiz" --email ben@example.com --role sales-operations
        kpi people hand-over head-of-sales --to ben-ortiz --from 2026-12-01
        kpi people key add ~/.ssh/id_ed25519.pub
        kpi people remove ana-ruiz --hand-over-to ben-ortiz
      """,
    subcommands: [
      PeopleListCommand.self, PeopleAddCommand.self, PeopleChangeCommand.self, PeopleRemoveCommand.self,
      PeopleHandOverCommand.self, PeopleKeyCommand.self, PeopleRoleCommand.self,
    ],
    defaultSubcommand: PeopleListCommand.self)
}

import ArgumentParser

/// `kpi goal`
struct GoalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goal",
    abstract: "The tree of goals: list and change.",
    discussion: """
      Without anything else, lists the goals with what serves them. A controller changes goals.

      Examples:
        kpi goal
        kpi goal add grow-revenue --name "Grow revenue" --parent prosper --weight 2 --owner coo
        kpi goal change grow-revenue --weight 3
        kpi goal move grow-revenue --under prosper
        kpi goal remove old-goal --move-to grow-revenue
      """,
    subcommands: [
      GoalListCommand.self, GoalAddCommand.self, GoalChangeCommand.self, GoalMoveCommand.self, GoalRemoveCommand.self,
    ],
    defaultSubcommand: GoalListCommand.self)
}

/// What is said of a goal on the command line.
struct GoalOptions: ParsableArguments {
  @Option(help: "Its weight beside its siblings; without one, 1.") var weight: String?
  @Option(help: "The role that answers for it.", completion: .role) var owner: String?
  @Option(help: "How its status is made: weighted or worst-of.", completion: .list(["weighted", "worst-of"]))
  var status: String?
}

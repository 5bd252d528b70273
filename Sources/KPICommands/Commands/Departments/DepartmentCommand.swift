import ArgumentParser

/// `kpi department`
struct DepartmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "department",
    abstract: "The departments, their heads and members: list and change.",
    discussion: """
      Without anything else, lists the departments. An administrator changes them. Another id, or taking one out with \
      all its KPIs: kpi move, kpi remove.

      Examples:
        kpi department
        kpi department add supply --name Supply --head head-of-supply --holder zoe
        kpi department members supply --add ben-ortiz
        kpi department hand-over supply --to ben-ortiz --from 2026-12-01
      """,
    subcommands: [
      DepartmentListCommand.self, DepartmentAddCommand.self, DepartmentChangeCommand.self,
      DepartmentMembersCommand.self, DepartmentHandOverCommand.self,
    ],
    defaultSubcommand: DepartmentListCommand.self)
}

import ArgumentParser
import Foundation

/// `kpi demo`
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Play the main job on a ledger: a hub, four people, offline work, one sync, one scorecard.",
    discussion: """
      Makes a hub and four copies in a folder, from a ledger that is there already, and leaves them for you to go on \
      with. The ledger itself is not changed.

      Examples:
        kpi demo demo --from Examples/mta
        cd demo/anna && kpi proposals
      """)

  @Argument(help: "The folder to make; it must not exist, or be one that a demo made.", completion: .directory)
  var folder = "demo"

  @Option(help: ArgumentHelp("The ledger to play with.", valueName: "ledger"), completion: .directory)
  var from: String

  func run() async throws {
    let stage = try DemoStage(folder: folder)
    let plan = try DemoPlan(ledger: from)
    try await DemoPlay(stage: stage, plan: plan, ledger: from).run()
  }
}

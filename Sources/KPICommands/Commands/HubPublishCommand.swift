import ArgumentParser
import Calculation
import Git
import Hub

/// `kpi hub publish`
struct HubPublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish the scorecard of a hub's newest state.",
    discussion: """
      Writes the company's scorecard and one for each department, each as JSON, CSV, Markdown and HTML, into the hub's
      branch 'scorecard'. The hub does it by itself after each sync; run it once a day as well, so that the days that
      pass are seen. Nothing is written when the newest state is published already.

      Examples:
        kpi hub publish /srv/ledger.git
        kpi hub publish /srv/ledger.git --period 2026-03
      """)

  @Argument(help: "The hub.", completion: .directory)
  var path = "."

  @Option(help: "What it is of, as 2026-03 or 2026-Q1. Without it, the month of the newest figures.")
  var period: String?

  @Option(help: "The last day that counts, as 2026-03-31. Without it, today.")
  var asOf: String?

  @Flag(help: "Afterwards do the hub's upkeep, where it is due: see 'kpi hub maintain'.")
  var maintain = false

  func run() async throws {
    let period = try self.period.map(LedgerDay.period)
    let day = try asOf.map(LedgerDay.read)
    let outcome = try HubFailure.translating {
      let publisher = Publisher(
        hub: try LedgerHub(at: path), version: Version.text, program: Version.program, now: Ambient.now,
        period: period,
        today: { day ?? LedgerDay.today(in: $0) })
      return try publisher.publish()
    }
    Console.print(text(outcome))
    if maintain { Console.print(try await HubMaintainCommand.run(path, always: false)) }
  }

  private func text(_ outcome: Publisher.Outcome) -> String {
    switch outcome {
    case .published(let commit, let edition):
      "Published the scorecard of \(edition.period) as of \(edition.asOf), from \(edition.source.abbreviated()): "
        + commit.abbreviated()
    case .upToDate(let edition):
      "The scorecard of \(edition.period) as of \(edition.asOf) is published already."
    case .leftToAnother: "Another kpi is about to publish; it will see everything that is here."
    }
  }
}

import ArgumentParser
import Consolidation
import Foundation
import Git
import Hub

/// `kpi hub verify`
struct HubVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove a hub's whole history: objects, syncs, scorecards, signatures.",
    discussion: """
      The auditor's proof, for a hub or a clone of it. 'kpi hub check' asks what the hub asks of a push; this reads every \
      object, makes every sync and every published scorecard again, verifies every signature, and holds git's log of the \
      branch against where it is. What this version cannot make again is 'not recomputable here', and no finding.

      Examples:
        kpi hub verify /srv/ledger.git
        kpi hub verify --since 3f2a81c0 --format json
      """)

  @Argument(help: "The hub, or a clone.", completion: .directory)
  var path = "."

  @Option(help: "A commit of the list of syncs: only what came after it is made again. Objects are all read.")
  var since: String?

  @OptionGroup var format: FormatOption

  func run() async throws {
    let report = try await HubFailure.translating {
      let since = try self.since.map { try HubPaths.sync($0, in: path) }
      return try await HubPaths.withScratchFolder { scratch in
        try await HubVerification(
          path: path, version: Version.text, scratch: scratch, environment: Console.environment,
          progress: { if isatty(STDERR_FILENO) == 1 { Console.note($0) } }
        ).run(since: since, at: Ambient.now.seconds)
      }
    }
    switch format.format {
    case .table: table(report)
    case .json, .csv: Console.print(Self.listing.text(report.findings, as: format.format), terminator: "")
    }
    if report.isForged { throw ExitStatus.findings.code }
  }

  private func table(_ report: HubVerification.Report) {
    for finding in report.findings { Console.print(finding.line) }
    let what = "\(report.syncs) syncs, \(report.editions) scorecards, \(report.signatures) signatures"
    let unproven = report.findings.count { $0.severity == .unproven }
    let rest = unproven > 0 ? "; \(unproven) not recomputable here" : ""
    Console.print(
      report.isForged
        ? "Not as it should be: \(report.findings.count - unproven) findings in \(what)\(rest)."
        : "Proven: \(what)\(rest).")
  }

  private static var listing: Listing<VerificationFinding> {
    Listing(
      fields: [
        .init("severity") { $0.severity.rawValue }, .init("rule") { $0.rule },
        .init("commit") { $0.commit?.description }, .init("file") { $0.file }, .init("message") { $0.message },
      ], columns: [])
  }
}

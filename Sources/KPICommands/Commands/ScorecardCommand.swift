import ArgumentParser
import Calculation
import Consolidation
import Dashboard
import Foundation
import Git
import History
import Hub
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi scorecard`
struct ScorecardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard",
    abstract: "The company's goals and KPIs on one page: plan, actual, status, landing.",
    discussion: """
      Needs no network: it is made from what this ledger holds, sent or not. The same version, period and day give the \
      same scorecard to the last byte, on any machine.

      Examples:
        kpi scorecard                                   the newest month that most have recorded, as of today
        kpi scorecard --department sales --period 2026-Q1
        kpi scorecard --at 2026-03-31                   as it stood when that day ended
        kpi scorecard --as-of 2026-03-31                what is known now, calculated for that day
        kpi scorecard --at 2026-04-10 --as-of 2026-03-31  what was known on the one, calculated for the other
        kpi scorecard --format html --output march.html a page to send or print
        kpi scorecard --format html --output march/     pages that link: the company's and each department's
        kpi scorecard --verify                          make the published one again, and compare
      """)

  @OptionGroup var ledger: LedgerOption

  @OptionGroup var past: PastOption

  @Option(help: "What it is of, as 2026-03 or 2026-Q1. Without it, the newest month that most have recorded.")
  var period: String?

  @Option(help: "One department, with those below it.")
  var department: String?

  @Option(help: "How to print it: table, json, csv, md or html.")
  var format: ScorecardFormat = .table

  @Option(
    name: .shortAndLong, help: "Write it to a file; of pages, also to a folder, with a page a department.",
    completion: .file())
  var output: String?

  @ArgumentParser.Flag(help: "Show all KPIs, of however many. JSON and CSV always have all.")
  var all = false

  @ArgumentParser.Flag(help: "Measure everything anew, without what was kept from an earlier look.")
  var fresh = false

  @ArgumentParser.Flag(help: "Make the scorecard that the hub published again, and compare it byte by byte.")
  var verify = false

  func validate() throws {
    if verify, past.at != nil || past.asOf != nil || period != nil || department != nil {
      throw ValidationError("--verify takes its version, period and day from what was published.")
    }
  }

  func run() async throws {
    let clone = try ledger.open()
    if verify {
      await PublishedScorecard.refresh(clone)
      return try PublishedScorecard(clone).verify()
    }
    let version = try past.version(in: clone)
    let department = try self.department.map { try KPIName.department($0, in: LedgerView(version.source(in: clone))) }
    let period = try self.period.map(LedgerDay.period)
    let calendar = version.settings(in: clone).calendar
    let day = try past.day(of: version, in: calendar)
    let rollUp = try LedgerRollUp(
      of: version.commit.id, in: clone.repository.objects, cache: fresh ? nil : clone.cacheFolder,
      program: Version.program, isPast: !version.isNewest)
    let shown = try period ?? rollUp.newestPeriod(asOf: day, calendar: calendar)
    if format == .html, department == nil, let output, output.hasSuffix("/") || Self.isFolder(output) {
      let ledger = try LedgerTree(version.commit.tree, in: clone.repository.objects).ledger
      let consolidation = try Consolidation(
        of: ledger, at: version.commit.id, in: clone.repository.objects, for: shown, asOf: day)
      return try write(ScorecardSite(consolidation), to: output)
    }
    let limit = all ? nil : format.limit
    let scorecard = try rollUp.scorecard(
      of: shown, asOf: day, department: department,
      limit: limit)
    guard let scorecard else { throw Failure("There is no department '\(department ?? "")'.") }
    try FileOutput(output).write(format.text(scorecard, limit: limit ?? .max, isForTerminal: output == nil))
    ScorecardNotes(faulty: rollUp.faulty, clone: clone, version: version).print()
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private func write(_ site: ScorecardSite, to folder: String) throws {
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    let pages = site.pages
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for page in pages {
        try Data(page.text.utf8).write(to: place.appendingPathComponent(page.name), options: .atomic)
      }
    } catch {
      throw Failure("\(folder) cannot be written: \(error.localizedDescription)")
    }
    Console.note("Written \(pages.count) pages; begin with \(place.path)/\(ScorecardSite.companyPage).")
  }
}

/// The formats of a scorecard.
enum ScorecardFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
  case markdown = "md"
  case html

  /// Above so many KPIs people are shown those that need attention first.
  var limit: Int? {
    switch self {
    case .table, .markdown, .html: Scorecard.standardLimit
    case .json, .csv: nil
    }
  }

  func text(_ scorecard: Scorecard, limit: Int, isForTerminal: Bool) -> String {
    switch self {
    case .table:
      ScorecardTable(
        scorecard, width: Console.width,
        style: .init(
          symbols: isForTerminal && Console.isTerminal, colour: isForTerminal && Console.hasColour), limit: limit
      ).text()
    case .json: ScorecardJSON(scorecard).text()
    case .csv: ScorecardCSV(scorecard).text()
    case .markdown: ScorecardMarkdown(scorecard, limit: limit).text()
    case .html: ScorecardPage(scorecard, limit: limit).text()
    }
  }
}

/// What a reader of a scorecard has to know besides, on standard error.
struct ScorecardNotes {
  let faulty: [String]
  let clone: LedgerClone
  let version: LedgerVersion

  /// Bytes of the index, of some 5,000 KPIs: looking for edits takes longer than the scorecard above that, and
  /// 'kpi status' does it.
  private static let mostLookedAt = 1 << 20

  private var indexSize: Int {
    let path = clone.repository.path + "index"
    return (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  func print() {
    if !faulty.isEmpty {
      let what = faulty.count == 1 ? "1 file has errors" : "\(faulty.count) files have errors"
      Console.note("\(what), and what cannot be read is left out: \(FileNames.text(faulty)). See 'kpi check'.")
    }
    guard version.isNewest else { return }
    guard indexSize <= Self.mostLookedAt else { return }
    let changes = (try? WorkTree(clone.repository).changes(since: version.commit.tree)) ?? []
    let edited = changes.map(\.path).filter { LedgerPath($0).isInLayout }
    guard !edited.isEmpty else { return }
    Console.note("Edited and not counted before the next 'kpi sync': \(FileNames.text(edited)).")
  }
}

/// The scorecard that the hub published, as this clone knows it.
struct PublishedScorecard {
  let clone: LedgerClone

  init(_ clone: LedgerClone) { self.clone = clone }

  /// Gets what the hub has published since, where it can be reached; else what is known here has to do.
  static func refresh(_ clone: LedgerClone) async {
    guard (try? clone.hubAddress()) ?? nil != nil else { return }
    let git = GitProgram(folder: clone.folder, environment: Console.environment)
    _ = try? await git.fetch(
      remote: LedgerClone.remote, refspecs: ["+refs/heads/scorecard*:refs/remotes/\(LedgerClone.remote)/scorecard*"])
  }

  func verify() throws {
    guard let published = try newest() else {
      throw Failure(
        "No published scorecard is known here.",
        hint: "The hub publishes one after each sync. Verify again when it can be reached.")
    }
    let verification: Verification
    do {
      verification = try Verification(of: published, in: clone.repository.objects)
    } catch let obstacle as Verification.Obstacle {
      throw Self.failure(obstacle)
    }
    try tell(verification)
  }

  /// What this clone last saw of the hub's; of a scorecard published in this repository, that.
  private func newest() throws -> ObjectID? {
    for name in ["refs/remotes/\(LedgerClone.remote)/scorecard", LedgerHub.scorecardBranch] {
      if let found = try clone.repository.target(of: name) { return found }
    }
    return nil
  }

  private func tell(_ verification: Verification) throws {
    let edition = verification.edition
    let what = "the scorecard of \(edition.period) as of \(edition.asOf), made from \(edition.source.abbreviated())"
    guard !verification.differing.isEmpty else {
      Console.print("Verified: \(what). All \(verification.files) files are the same, byte for byte.")
      return
    }
    Console.print("Not the same: \(what).")
    for file in verification.differing.prefix(20) { Console.print("  \(file)") }
    if verification.differing.count > 20 { Console.print("  and \(verification.differing.count - 20) more") }
    Console.print(
      edition.version == Version.text
        ? "Somebody has changed what was published, or it was not made from this version."
        : "It was made by version \(edition.version) of kpi, and this is \(Version.text): compare with that version.")
    throw ExitStatus.findings.code
  }

  private static func failure(_ obstacle: Verification.Obstacle) -> Failure {
    switch obstacle {
    case .noEdition: Failure("What is published does not say what it was made from, so it cannot be made again.")
    case .unknownSource(let source):
      Failure(
        "The published scorecard was made from \(source.abbreviated()), which is not here yet.",
        hint: "Get it with 'kpi sync', then verify again.")
    }
  }
}

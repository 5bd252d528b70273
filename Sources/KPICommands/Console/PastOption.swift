import ArgumentParser
import Calculation
import Syncing

/// Which past a command looks at: what was known when, and the day that it is calculated for.
struct PastOption: ParsableArguments {
  @Option(help: ArgumentHelp("The ledger as it stood: a day, a period, or an id from 'kpi audit'.", valueName: "when"))
  var at: String?

  @Option(
    help: ArgumentHelp(
      "The last day that counts, as 2026-03-31. Without it, that of --at, or today.", valueName: "day"))
  var asOf: String?

  /// The version that --at names; nil where nobody asks for one.
  /// - Throws: `Failure` where there is none such
  func named(in clone: LedgerClone) throws -> LedgerVersion? { try at.map { try .named($0, in: clone) } }

  /// The version that --at names, or the newest.
  /// - Throws: `Failure` where there is none such
  func version(in clone: LedgerClone) throws -> LedgerVersion { try named(in: clone) ?? .newest(of: clone) }

  /// The day that --as-of names; nil where nobody asks for one.
  /// - Throws: `Failure`
  func day() throws -> Day? { try asOf.map(LedgerDay.read) }

  /// The last day that counts: of a version that --at names its own, else today, unless --as-of names one.
  /// - Throws: `Failure`
  func day(of version: LedgerVersion?, in calendar: FiscalCalendar) throws -> Day {
    try day() ?? version?.asOf(in: calendar) ?? LedgerDay.today(in: calendar)
  }
}

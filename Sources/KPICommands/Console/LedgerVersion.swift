import Calculation
import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// The version of the ledger that a command reads: the newest of this clone, or the one that `--at` names.
struct LedgerVersion {
  let commit: Commit
  /// The day at whose end it is looked at, where `--at` named one.
  let day: Day?
  /// Whether nobody has named it.
  var isNewest = false

  /// The newest version that is here, with or without a sync.
  /// - Throws: `Failure` in a ledger without any.
  static func newest(of clone: LedgerClone) throws -> LedgerVersion {
    guard let tip = try clone.tip() else {
      throw Failure("This ledger holds nothing yet.", hint: "Define a KPI: kpi define DEPARTMENT/KPI")
    }
    return LedgerVersion(commit: try clone.repository.objects.commit(tip), day: nil, isNewest: true)
  }

  /// The version that somebody names by the id of a change, or by a day or period: then as it stood when that ended.
  /// - Throws: `Failure`
  static func named(_ name: String, in clone: LedgerClone) throws -> LedgerVersion {
    let newest = try newest(of: clone)
    if let period = Period(name), name.contains("-") || !clone.knows(name) { return try newest.asOf(period, in: clone) }
    let objects = clone.repository.objects
    do {
      return LedgerVersion(commit: try objects.commit(objects.id(startingWith: name.lowercased())), day: nil)
    } catch let error as GitError where error.code == .ambiguous {
      throw Failure("'\(name)' is the beginning of several ids.", hint: "Write more of its digits.")
    } catch let error as GitError where [.notFound, .invalid, .corrupt].contains(error.code) {
      throw Failure(
        "'\(name)' is neither a day nor the id of a change.",
        hint: "Write a day as 2026-03-31, or an id as 'kpi audit' shows it.")
    }
  }

  private func asOf(_ period: Period, in clone: LedgerClone) throws -> LedgerVersion {
    let calendar = settings(in: clone).calendar
    let end = calendar.days(of: period).upperBound
    let objects = clone.repository.objects
    let found = try LedgerPast(clone).commit(upTo: LedgerDay.start(of: end, in: calendar) - 1, from: commit.id)
    guard let found else { throw Failure("The ledger did not exist yet at the end of \(period).") }
    return LedgerVersion(commit: try objects.commit(found), day: end.advanced(by: -1))
  }

  /// The settings of this version; those of an empty ledger where they cannot be read.
  func settings(in clone: LedgerClone) -> LedgerSettings {
    LedgerView(source(in: clone)).settings.value ?? LedgerSettings(company: "", currency: Currency.none)
  }

  /// Its files, opened as they are asked for.
  func source(in clone: LedgerClone) -> TreeSource {
    TreeSource(clone.repository.objects, tree: commit.tree)
  }

  /// The last day that counts when nobody says otherwise: the day at whose end the ledger is looked at; of the newest
  /// version today; of an older one the day on which it was made.
  func asOf(in calendar: FiscalCalendar) -> Day {
    if let day { return min(day, LedgerDay.today(in: calendar)) }
    return isNewest ? LedgerDay.today(in: calendar) : LedgerDay.day(of: commit.committer.time.seconds, in: calendar)
  }
}

extension LedgerClone {
  /// Whether an id of the history begins with these digits.
  func knows(_ digits: String) -> Bool { (try? repository.objects.id(startingWith: digits)) != nil }
}

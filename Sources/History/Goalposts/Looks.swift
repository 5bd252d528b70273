import Calculation
import Git
import LedgerFiles
import LedgerModel

/// The reviews and closes of a history: when somebody looked at which figures.
///
/// A review is held when its minutes come to the main line. It looks at the figures of the periods that share days with its
/// own: that of a week at those of the month. A close looks at the periods that end within it.
struct Looks: Sendable {
  /// How many days before a look a revision is worth a question.
  static let days = 3

  /// By department.
  private var reviews: [String: [Goalpost.Look]] = [:]
  /// By scope: `company`, or a department.
  private var closes: [String: [Goalpost.Look]] = [:]
  private let calendar: FiscalCalendar

  /// Those that came with some commits of the main line.
  /// - Throws: `GitError` where the history cannot be read
  init(in syncs: [SyncChanges], _ objects: ObjectDatabase, _ calendar: FiscalCalendar) throws {
    self.calendar = calendar
    for sync in syncs {
      for file in sync.newFiles.sorted() {
        switch LedgerPath(file) {
        case .review(let department, let period):
          guard let look = try Self.look(file, period, sync, objects) else { continue }
          reviews[department, default: []].append(look)
        case .close(let scope, let period):
          guard let look = try Self.look(file, period, sync, objects) else { continue }
          closes[scope, default: []].append(look)
        default: continue
        }
      }
    }
  }

  private static func look(
    _ file: String, _ period: String, _ sync: SyncChanges, _ objects: ObjectDatabase
  ) throws -> Goalpost.Look? {
    guard let period = Period(period) else { return nil }
    let seconds = try objects.commit(sync.commit).committer.time.seconds
    return Goalpost.Look(file: file, seconds: seconds, period: period)
  }

  /// The next review of a department that looked at a period, up to three days after a moment.
  func review(of period: Period, in department: String, after seconds: Int64) -> Goalpost.Look? {
    let days = calendar.days(of: period)
    return next(after: seconds, in: reviews[department] ?? []) { calendar.days(of: $0).overlaps(days) }
  }

  /// The next close of a period for a department, up to three days after a moment.
  func close(of period: Period, in department: String, after seconds: Int64) -> Goalpost.Look? {
    next(after: seconds, in: (closes["company"] ?? []) + (closes[department] ?? [])) {
      ClosedPeriods([$0], calendar: calendar).covers(period)
    }
  }

  private func next(
    after seconds: Int64, in looks: [Goalpost.Look], where concerns: (Period) -> Bool
  ) -> Goalpost.Look? {
    let last = UTCTime.day(seconds).advanced(by: Self.days)
    let near = looks.filter { $0.seconds >= seconds && UTCTime.day($0.seconds) <= last && concerns($0.period) }
    return near.min { ($0.seconds, $0.file) < ($1.seconds, $1.file) }
  }
}

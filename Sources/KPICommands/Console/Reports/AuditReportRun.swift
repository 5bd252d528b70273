import Calculation
import Foundation
import Git
import History

/// A report of `kpi audit`, made of what an audit has found.
struct AuditReportRun {
  private let objects: ObjectDatabase
  private let calendar: FiscalCalendar
  private let entries: [AuditEntry]
  private let query: AuditQuery

  init(_ objects: ObjectDatabase, _ calendar: FiscalCalendar, _ entries: [AuditEntry], asked query: AuditQuery) {
    self.objects = objects
    self.calendar = calendar
    self.entries = entries
    self.query = query
  }

  func text(of report: AuditReport, as format: OutputFormat) throws -> String {
    switch report {
    case .restatements:
      let changes = try RestatementReport(objects, calendar: calendar)
        .changes(in: entries, asked: query, progress: Self.progress)
      return RestatementListing.text(changes, as: format)
    case .goalposts:
      let findings = try GoalpostReport(objects, calendar: calendar)
        .findings(in: entries, asked: query, progress: Self.progress)
      return GoalpostListing.text(findings, as: format)
    case .ownership:
      let changes = try OwnershipReport(objects).changes(in: entries, asked: query, progress: Self.progress)
      return OwnershipListing.text(changes, as: format)
    }
  }

  private static func progress(_ done: Int, _ of: Int) {
    guard of > 4096, isatty(STDERR_FILENO) == 1 else { return }
    Console.note("Looking at what changed: \(done) of \(of) syncs")
  }
}

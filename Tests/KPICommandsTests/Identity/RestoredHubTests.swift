import Foundation
import Testing

/// A hub that knows who pushes and was restored from an older backup: the syncs of others that a clone still has cannot
/// be given back as they were, for they are not its own.
@Suite("A restored hub that knows who pushes")
struct RestoredHubTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"
  private static let figures = "departments/sales/actuals/win-rate.csv"

  @Test("Syncs of others are merged where they cannot be given back, and nothing is missing")
  func merged() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    let backup = try work.git("rev-parse", "main", in: "hub.git").trimmingCharacters(in: .newlines)
    func sync(_ person: String) throws {
      work.environment["KPI_PUSHER"] = person
      try work.kpi("sync", in: person)
    }
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", in: "ben")
    try sync("ben")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna")
    try sync("anna")
    let lost = try work.git("rev-parse", "main", in: "hub.git").trimmingCharacters(in: .newlines)
    try work.git("update-ref", "refs/heads/main", backup, in: "hub.git")

    try work.kpi("record", "sales/win-rate", "2020-02", "value=9", in: "anna")
    try sync("anna")
    let line = try work.git("log", "--first-parent", "--format=%H %ce", "main", in: "hub.git")
    #expect(!line.contains(lost) && line.components(separatedBy: "\n").first?.hasSuffix("anna@example.org") == true)
    #expect(try work.git("show", "main:" + Self.rate, in: "hub.git").contains("2026: 26000"))
    let rows = try work.git("show", "main:" + Self.figures, in: "hub.git")
    #expect(rows.contains("2020-01,8") && rows.contains("2020-02,9"), "\(rows)")

    for person in ["ben", "anna"] { try sync(person) }
    #expect(try work.git("rev-parse", "main", in: "ben") == work.git("rev-parse", "main", in: "hub.git"))
    #expect(try work.kpi("proposals", in: "ben").output == "Nothing is held.\n")
    #expect(try work.kpi("hub", "check", "hub.git").output == "Everything in the hub is as it should be.\n")
  }

  @Test("One's own syncs are given back as they were")
  func givenBack() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    work.environment["KPI_PUSHER"] = "anna"
    let backup = try work.git("rev-parse", "main", in: "hub.git").trimmingCharacters(in: .newlines)
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna")
    try work.kpi("sync", in: "anna")
    let lost = try work.git("rev-parse", "main", in: "hub.git")
    try work.git("update-ref", "refs/heads/main", backup, in: "hub.git")
    try work.kpi("sync", in: "anna")
    #expect(try work.git("rev-parse", "main", in: "hub.git") == lost)
  }
}

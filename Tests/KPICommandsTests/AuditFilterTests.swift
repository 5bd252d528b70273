import Foundation
import Testing

/// `kpi audit` through the built program, asked for parts of the history.
@Suite("Audits of a part")
struct AuditFilterTests {
  @Test("By department, goal, kind, period and the last day")
  func filters() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.kpi("record", "sales/win-rate", "2020-01", "value=5", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2020=1", in: "anna")
    try work.kpi("move", "sales/win-rate", "sales/orders-won", "--yes", in: "anna")
    func keys(_ options: String...) throws -> Set<String> {
      let text = try work.kpi(["audit", "--format", "json"] + options, in: "anna").output
      let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
      return Set(read.compactMap { $0["key"] as? String })
    }
    let targets: Set = ["targets.2020", "targets.2021", "targets.2026"]
    #expect(try keys("--goal", "grow", "--kind", "target") == targets)
    #expect(try keys("--department", "sales", "--kind", "people") == ["members has dora"])
    #expect(try keys("--department", "sales", "--kind", "owner") == ["owner", "head"])
    #expect(try keys("--period", "2020") == ["targets.2020"])
    #expect(try keys("sales/orders-won", "--period", "2020-01", "--kind", "actual") == ["row 2020-01"])
    #expect(try keys("--kind", "target", "--until", "2999-01-01") == targets)
    #expect(try keys("--until", "2001-01-01").isEmpty)
  }

  @Test("What is not there is said, and what goes not together")
  func refused() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    func errors(_ options: String...) throws -> String {
      try work.kpi(["audit"] + options, in: "anna", expecting: [64]).errors
    }
    #expect(try errors("--goal", "grwo").contains("Did you mean \"grow\"?"))
    #expect(try errors("--department", "sale").contains("Did you mean \"sales\"?"))
    #expect(try errors("--kind", "targets").contains("target, calculation, owner, actual, close, people"))
    #expect(try errors("sales/win-rate", "--goal", "grow").contains("Say one of a KPI, --department and --goal."))
    #expect(try errors("--until", "tomorrow").contains("'tomorrow' is no day."))
  }
}

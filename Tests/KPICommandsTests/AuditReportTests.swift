import Foundation
import Testing

/// `kpi audit --restatements`, `--goalposts` and `--ownership` through the built program.
@Suite("Reports of an audit")
struct AuditReportTests {
  private static func json(_ work: Workplace, _ options: String...) throws -> [[String: Any]] {
    let text = try work.kpi(["audit"] + options + ["--format", "json"], in: "anna").output
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  /// 2,400 of 24,000 planned for 2020 are 10 %; 12,000 are 50 %.
  @Test("A figure and a target of the past, with what they did to the score, and who had proposed what was held")
  func restatements() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("define", "sales/win-rate", "--target", "2021=24000", in: "dora")
    try work.sync("dora", "anna")
    try work.kpi("settle", try work.heldID("targets.2021", in: "anna"), "--accept", in: "anna")
    try work.kpi("record", "sales/win-rate", "2019-12", "value=9", "--note", "Two came late", in: "anna")
    try work.kpi("record", "sales/win-rate", "2020-06", "value=2000", in: "anna")
    let found = try Self.json(work, "--restatements")
    let lines = found.map { line in
      ["kind", "subject", "period", "from", "to"].map { "\(line[$0] ?? "")" }.joined(separator: " ")
    }
    #expect(
      lines.sorted() == [
        "filled actual 2020-06 <null> 2000", "restated actual 2019-12 7 9", "restated target 2021 12000 24000",
      ])
    let target = try #require(found.first { $0["subject"] as? String == "target" })
    #expect(target["by"] as? String == "Anna <anna@example.org>" && target["outcome"] as? String == "accepted")
    #expect(target["proposed_by"] as? String == "Dora <dora@example.org>" && target["phase"] as? String == "ended")
    let filled = try #require(found.first { $0["kind"] as? String == "filled" })
    #expect(filled["target_before"] as? Double == filled["target_after"] as? Double)
    #expect(filled["actual_after"] as? Int == 2000 && filled["sync"] is NSNull)
    #expect(try Self.json(work, "--restatements", "--by", "dora").isEmpty)
    #expect(try Self.json(work, "--restatements", "--period", "2021").count == 1)
    #expect(try Self.json(work, "--restatements", "--goal", "grow").count == 3)
    #expect(try Self.json(work, "--restatements", "--until", "2001-01-01").isEmpty)
    work.environment["COLUMNS"] = "220"
    let table = try work.kpi("audit", "--restatements", in: "anna").output
    for words in [
      "1 restated figure and 1 restated target", "1 figure and 0 targets that were missing and came late",
      "proposed by Dora", "not sent yet",
    ] { #expect(table.contains(words), "\(table)") }
    let csv = try work.kpi("audit", "--restatements", "--format", "csv", in: "anna").output
    #expect(
      csv.split(separator: "\n").count == 4 && csv.hasPrefix("kind,subject,synced_at,kpi,period,phase,row,input,"))
  }

  @Test("The same without an index, which a clone cannot always keep")
  func withoutIndex() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.kpi("record", "sales/win-rate", "2019-12", "value=9", in: "anna")
    try work.kpi("people", "hand-over", "head-of-sales", "--to", "ben", in: "anna")
    for report in ["--restatements", "--goalposts", "--ownership"] {
      let indexed = try work.kpi("audit", report, "--format", "json", in: "anna").output
      try FileManager.default.removeItem(atPath: work.folder + "/anna/.git/kpi/cache")
      try work.write("", to: "anna/.git/kpi/cache")
      #expect(try work.kpi("audit", report, "--format", "json", in: "anna").output == indexed)
      try FileManager.default.removeItem(atPath: work.folder + "/anna/.git/kpi/cache")
    }
  }

  @Test("A closed month's figure that was revised before the close is asked about, and nothing else")
  func goalposts() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office"])
    #expect(try work.kpi("audit", "--goalposts", in: "office").output == "Nothing to ask about.\n")
    try work.kpi("record", "sales/win-rate", "2019-12", "value=9", in: "office")
    try work.kpi("close", "2019-12", "--yes", in: "office")
    let found: [[String: Any]] = try work.json("audit", "--goalposts", in: "office")
    #expect(found.map { $0["kind"] as? String } == ["revised-before-close"])
    let sentence = found.first?["sentence"] as? String ?? ""
    #expect(sentence.hasPrefix("2019-12 revised from 7 to 9 on "), "\(sentence)")
    #expect(sentence.hasSuffix(", on the day of the close of 2019-12 for the company"), "\(sentence)")
    #expect(try work.kpi("audit", "--goalposts", in: "office").output.contains("1 change to ask about:"))
  }

  @Test("A role that is handed over hands over its KPI; the period is the time in which it did")
  func ownership() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office"])
    try work.kpi("people", "hand-over", "head-of-sales", "--to", "dora", "-m", "Anna leaves", in: "office")
    let found: [[String: Any]] = try work.json("audit", "--ownership", in: "office")
    #expect(found.map { "\($0["kind"] ?? "") \($0["subject"] ?? "")" } == ["holder head-of-sales"])
    let line = try #require(found.first)
    #expect(line["from_person"] as? String == "Anna" && line["to_person"] as? String == "Dora")
    #expect(line["kpis"] as? Int == 1 && line["message"] as? String == "Anna leaves")
    func count(_ options: String...) throws -> Int {
      try work.kpi(["audit", "--ownership", "--format", "csv"] + options, in: "office").output
        .split(separator: "\n").count - 1
    }
    #expect(try count("--period", "2001") == 0)
    #expect(try count("--since", "2001-01-01", "--goal", "grow") == 1)
    #expect(try work.kpi("audit", "--ownership", in: "office").output.contains("role head-of-sales, 1 KPI"))
  }

  @Test("What goes not together, and what is not there")
  func refused() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    func errors(_ options: String...) throws -> String {
      try work.kpi(["audit"] + options, in: "anna", expecting: [64]).errors
    }
    #expect(try errors("--restatements", "--key", "owner").contains("leave out --key and --kind"))
    #expect(try errors("--restatements", "--goalposts").contains("goalposts"))
    #expect(try errors("sales/win-rat", "--ownership").contains("Did you mean \"sales/win-rate\"?"))
    #expect(try work.kpi("audit", "--ownership", in: "anna").output == "Nothing changed hands.\n")
    func output(_ options: String...) throws -> String {
      try work.kpi(["audit", "sales/win-rate"] + options, in: "anna").output
    }
    #expect(try output("--restatements") == "Nothing of the past was changed.\n")
    #expect(try output("--by", "nobody") == "No such changes.\n")
  }
}

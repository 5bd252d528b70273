import Foundation
import Testing

/// `--at` and `--as-of` through the built program: what was known on one day, calculated for another.
@Suite("As of")
struct AsOfTests {
  private static let id = "sales/orders"
  private static let definition = "departments/sales/kpis/orders.yaml"
  private static let actuals = "departments/sales/actuals/orders.csv"

  /// January is recorded in February, and restated in March; in April the target is moved; in May the formula changes.
  private static func ledger() throws -> (DatedLedger, commits: [String]) {
    let ledger = try DatedLedger()
    let january = [definition: DatedLedger.definition(), actuals: DatedLedger.actuals("2026-01,80,,")]
    return try (
      ledger,
      [
        ledger.commit(january, on: "2026-02-10", "January"),
        ledger.commit(
          [actuals: DatedLedger.actuals("2026-01,84,,", "2026-02,90,,")], on: "2026-03-10",
          "February; January booked late"),
        ledger.commit(
          [
            actuals: DatedLedger.actuals("2026-01,84,,", "2026-02,90,,", "2026-03,60,,"),
            definition: DatedLedger.definition(target: 240),
          ], on: "2026-04-10", "March; two shops close"),
        ledger.commit(
          [definition: DatedLedger.definition(formula: "value * 2", target: 240)], on: "2026-05-10", "Both ways"),
      ]
    )
  }

  @Test("What was known when, and for which day: every pair has its own figures, in show and scorecard alike")
  func matrix() throws {
    let (ledger, _) = try Self.ledger()
    // By the day of knowledge, and by the last day that counts: January, then with February (84 + 90 = 174), then with March
    // (174 + 60 = 234); in May all of it twice. The plan of the quarter is 300, from April 240.
    let expected: [(at: String, target: Int, byDay: [Int])] = [
      ("2026-02-15", 300, [80, 80, 80]), ("2026-03-15", 300, [84, 174, 174]), ("2026-04-15", 240, [84, 174, 234]),
      ("2026-05-15", 240, [168, 348, 468]),
    ]
    for (at, target, figures) in expected {
      for (day, figure) in zip(["2026-01-31", "2026-02-28", "2026-03-31"], figures) {
        let arguments = ["--period", "2026-Q1", "--at", at, "--as-of", day, "--format", "json"]
        let card = try Self.json(ledger.work.kpi(["show", Self.id] + arguments, in: DatedLedger.place).output)
        let shown = try #require(card["figures"] as? [String: Any])
        let page = try Self.json(ledger.work.kpi(["scorecard"] + arguments, in: DatedLedger.place).output)
        let line = try #require((page["kpis"] as? [[String: Any]])?.first)
        for found in [shown, line] {
          #expect(found["actual"] as? Int == figure && found["target"] as? Int == target, "\(at) \(day)")
          let achievement = (found["achievement"] as? NSNumber)?.doubleValue ?? 0
          #expect(abs(achievement - Double(figure) / Double(target) * 100) < 1e-9, "\(at) \(day)")
        }
        #expect(card["as_of"] as? String == day && page["as_of"] as? String == day)
        #expect(card["source"] as? String == page["source"] as? String)
      }
    }
  }

  @Test("What a version says is what a clone says that stands there, byte for byte")
  func sameAsAClone() throws {
    let (ledger, commits) = try Self.ledger()
    try ledger.work.git("clone", "-q", DatedLedger.place, "clone")
    for (commit, day) in zip(commits, ["2026-02-10", "2026-03-10", "2026-04-10", "2026-05-10"]) {
      try ledger.work.git("reset", "-q", "--hard", commit, in: "clone")
      for format in ["table", "json", "csv", "md", "html"] {
        let then = try ledger.kpi("scorecard", "--at", commit, "--format", format).output
        let there = try ledger.work.kpi("scorecard", "--as-of", day, "--format", format, in: "clone").output
        #expect(then == there && !then.isEmpty)
      }
      for format in ["json", "csv"] {
        let (then, there) = try (
          ledger.kpi("check", "--at", commit, "--format", format).output,
          ledger.work.kpi("check", "--format", format, in: "clone").output
        )
        #expect(then == there)
        #expect(
          try ledger.kpi("blame", Self.id, "--at", commit, "--format", format).output
            == ledger.work.kpi("blame", Self.id, "--format", format, in: "clone").output)
        #expect(
          try ledger.kpi("history", Self.id, "--at", commit, "--format", format).output
            == ledger.work.kpi("history", Self.id, "--format", format, in: "clone").output)
      }
      let card = try ledger.kpi("show", Self.id, "--at", commit, "--format", "csv").output
      #expect(card == (try ledger.work.kpi("show", Self.id, "--as-of", day, "--format", "csv", in: "clone").output))
    }
  }

  @Test("A KPI that was moved since is found by its name of now, and was called what it was called then")
  func moved() throws {
    let (ledger, commits) = try Self.ledger()
    try ledger.work.kpi("move", Self.id, "sales/orders-won", "--yes", "-m", "Clearer", in: DatedLedger.place)
    for command in ["show", "blame", "history"] {
      let then = try ledger.kpi(command, "sales/orders-won", "--at", commits[1], "--format", "csv")
      #expect(then.errors.contains("sales/orders-won was called sales/orders then."), "\(command): \(then.errors)")
      #expect(then.output == (try ledger.kpi(command, Self.id, "--at", commits[1], "--format", "csv").output))
    }
    // The old name still leads to it in a version that has the new one.
    let now = try ledger.kpi("show", Self.id, "--at", "2026-12-31", expecting: [0, 64])
    #expect(now.status == 64 || now.errors.contains("was called sales/orders-won then"))
    let none = try ledger.kpi("show", "sales/order", "--at", commits[0], expecting: [64])
    #expect(none.errors.contains("Did you mean \"sales/orders\"?"), "\(none.errors)")
    let table = try ledger.kpi("show", "sales/orders-won", "--at", commits[0]).output
    #expect(table.contains("as it stood  \(commits[0].prefix(8))") && table.contains("head-of-sales: Anna"), "\(table)")
  }

  @Test("Who held a role is who held it on the day that counts")
  func holders() throws {
    let (ledger, _) = try Self.ledger()
    #expect(try ledger.kpi("show", Self.id, "--as-of", "2026-06-30").output.contains("head-of-sales: Anna"))
    #expect(try ledger.kpi("show", Self.id, "--as-of", "2026-07-01").output.contains("head-of-sales: Ben"))
  }

  @Test("Blame for a day has the figures, targets and the calculation of that day, and who entered that")
  func blame() throws {
    let (ledger, _) = try Self.ledger()
    let dated = """
      formula: value * 3
      effective_from: 2026-03
      earlier: [{unit: count, direction: higher, formula: value * 2, period: month, effective_from: 2025-01}]
      """
    let text = DatedLedger.definition().replacing("formula: value\n", with: dated + "\n")
    let entered = try ledger.commit([Self.definition: text], on: "2026-06-10", "From March on")
    func keys(_ lines: [[String: Any]]) -> Set<String> { Set(lines.compactMap { $0["key"] as? String }) }
    let march = try ledger.list("blame", Self.id, "--as-of", "2026-03-31")
    let february = try ledger.list("blame", Self.id, "--as-of", "2026-02-28")
    #expect(keys(march).isSuperset(of: ["row 2026-01", "row 2026-02", "row 2026-03", "targets.2026-Q1", "name"]))
    #expect(keys(march).subtracting(keys(february)) == ["row 2026-03"])
    func calculation(_ lines: [[String: Any]]) throws -> (formula: String?, commit: String?, has: Bool) {
      let line = try #require(lines.first { $0["key"] as? String == "calculation" })
      let value = line["value"] as? [String: Any]
      return (value?["formula"] as? String, line["commit"] as? String, value?["earlier"] != nil)
    }
    #expect(try calculation(march) == ("value * 3", entered, false))
    #expect(try calculation(february) == ("value * 2", entered, false))
    #expect(try calculation(ledger.list("blame", Self.id)) == ("value * 3", entered, true))
    #expect(try keys(ledger.list("blame", Self.id, "--as-of", "2025-12-31")).filter { $0.hasPrefix("row") }.isEmpty)
    // Two years later the newest calculation changes: of the one of February nothing has.
    let again = try ledger.commit(
      [Self.definition: text.replacing("value * 3", with: "value * 4")], on: "2026-06-11", "Once more")
    #expect(try calculation(ledger.list("blame", Self.id, "--as-of", "2026-02-28")) == ("value * 2", entered, false))
    #expect(try calculation(ledger.list("blame", Self.id, "--as-of", "2026-03-31")) == ("value * 4", again, false))
  }

  @Test("A check for a day says which figures are too early for it, and which roles nobody answered for")
  func checkForADay() throws {
    let (ledger, commits) = try Self.ledger()
    func rules(_ arguments: String...) throws -> [String] {
      let text = try ledger.work.kpi(["check"] + arguments + ["--format", "json"], in: DatedLedger.place).output
      let found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
      return found.compactMap { finding in
        guard let rule = finding["rule"] as? String, ["not-begun", "no-address-then"].contains(rule) else { return nil }
        return "\(rule) \(finding["line"] as? Int ?? 0)"
      }
    }
    #expect(try rules() == [])
    #expect(try rules("--as-of", "2026-03-01") == [])
    // March stands on the fourth line.
    #expect(try rules("--as-of", "2026-02-28") == ["not-begun 4"])
    #expect(try rules("--as-of", "2026-02-28", "--at", commits[1]) == [])
    // Anna's address ends with September; the head is Ben by then, the desk is hers.
    #expect(try rules("--as-of", "2026-10-01") == ["no-address-then 8"])
  }

  @Test("A check of a version finds what was wrong then, in its own files")
  func checkAt() throws {
    let (ledger, commits) = try Self.ledger()
    let broken = try ledger.commit([Self.actuals: "period,value\n2026-01,x\n"], on: "2026-06-10", "Typed in a hurry")
    try ledger.commit([Self.actuals: DatedLedger.actuals("2026-01,84,,")], on: "2026-06-11", "Put right")
    let then = try ledger.list("check", "--at", broken, expecting: [1])
    #expect(then.contains { $0["file"] as? String == Self.actuals && $0["severity"] as? String == "error" })
    #expect(try ledger.kpi("check", "--at", "2026-06-11").status == 0)
    #expect(try ledger.list("check", Self.definition, "--at", commits[0]).isEmpty)
    try ledger.write(["departments/sales/kpis/late.yaml": DatedLedger.definition()])
    #expect(try ledger.list("check", "--at", commits[0]).isEmpty)
    let none = try ledger.kpi("check", "departments/sales/kpis/late.yaml", "--at", commits[0], expecting: [64])
    #expect(none.errors.contains("There was no file"), "\(none.errors)")
    #expect(
      try ledger.kpi("check", "--fix", "--at", commits[0], expecting: [64]).errors.contains("--fix changes the files"))
  }

  @Test("A day that is none, a version that is none and a day before the ledger are said alike by all commands")
  func errors() throws {
    let (ledger, _) = try Self.ledger()
    for command in [["show", Self.id], ["scorecard"], ["blame", Self.id], ["check"], ["history", Self.id]] {
      func errors(_ more: String...) throws -> String {
        try ledger.work.kpi(command + more, in: DatedLedger.place, expecting: [64]).errors
      }
      #expect(try errors("--as-of", "Friday").contains("'Friday' is no day."))
      #expect(try errors("--at", "Friday").contains("'Friday' is neither a day nor the id of a change."))
      #expect(try errors("--at", "2020-01-01").contains("The ledger did not exist yet at the end of 2020-01-01."))
    }
  }

  private static func json(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }
}

import LedgerFiles
import LedgerModel
import Testing

/// What is not clear is said by file, line and column, and nothing is imported.
@Suite struct ImportRefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let table: String
    var map: String?
    var file = "in.csv"
    let places: [String]
    var testDescription: String { name }
  }

  private static let map = """
    columns: {department: Team, kpi: Name, period: Month, direction: Wanted, inputs: {value: Actual}}
    departments: {S: sales}
    values: {direction: {U: higher, D: lower}}

    """

  static let cases = [
    Case(
      name: "a number with two readings", table: "kpi;period;value\nsales/orders;2026-03;1,234\n",
      places: ["ambiguous-number in.csv:2:22"]),
    Case(
      name: "a date with two readings", table: "kpi,period,value\nsales/orders,03/04/2026,1\n",
      places: ["ambiguous-period in.csv:2:14"]),
    Case(
      name: "a text for a number", table: "kpi,period,value\nsales/orders,2026-03,many\nsales/orders,2026-04,1\n",
      places: ["bad-number in.csv:2:22"]),
    Case(
      name: "two values of one cell", table: "kpi,period,value\nsales/orders,2026-03,1\nsales/orders,2026-03,2\n",
      places: ["duplicate-row in.csv:3:22"]),
    Case(
      name: "a period of another kind", table: "kpi,period,value\nsales/orders,2026-Q1,1\n",
      places: ["wrong-period-kind in.csv:2:1"]),
    Case(
      name: "an input that the KPI has not", table: "kpi,period,won\nsales/orders,2026-03,1\n",
      places: ["unknown-input in.csv:2:22"]),
    Case(
      name: "another unit", table: "kpi,period,unit,value\nsales/orders,2026-03,percent,1\n",
      places: ["other-unit in.csv:2:22"]),
    Case(name: "no KPI", table: "kpi,period,value\n,2026-03,1\n", places: ["missing-kpi in.csv:2:1"]),
    Case(name: "no department", table: "kpi,period,value\norders,2026-03,1\n", places: ["missing-column in.csv:2:1"]),
    Case(name: "no column for the KPI", table: "period,value\n2026-03,1\n", places: ["missing-column in.csv:1:1"]),
    Case(
      name: "a department that the map does not know", table: "Team,Name,Month,Wanted,Actual\nT x,Calls,2026-03,U,1\n",
      map: map, places: ["unknown-department in.csv:2:1"]),
    Case(
      name: "a word that the map does not know", table: "Team,Name,Month,Wanted,Actual\nS,Calls,2026-03,Up,1\n",
      map: map, places: ["unknown-value in.csv:2:17"]),
    Case(
      name: "two directions of one KPI",
      table: "Team,Name,Month,Wanted,Actual\nS,Calls,2026-03,U,1\nS,Calls,2026-04,D,1\n", map: map,
      places: ["inconsistent-field in.csv:3:17"]),
    Case(
      name: "two names for one id",
      table: "Team,Name,Month,Wanted,Actual\nS,Calls,2026-03,U,1\nS,Calls!,2026-04,U,1\n", map: map,
      places: ["ambiguous-id in.csv:3:3"]),
    Case(
      name: "a column that is not there", table: "Team,Name,Month,Wanted,Actuals\nS,Calls,2026-03,U,1\n", map: map,
      places: ["unknown-column map.yaml:1:90"]),
    Case(
      name: "an owner that nobody is, of the map", table: "Team,Name,Month,Wanted,Actual\nS,Calls,2026-03,U,1\n",
      map: map + "set: {owner: nobody}\n", places: ["unknown-role map.yaml:4:14"]),
    Case(
      name: "an active KPI without a target", table: "Team,Name,Month,Wanted,Actual\nS,Calls,2026-03,U,1\n",
      map: map
        + "set: {owner: head, goal: grow, decision: Who calls, unit: orders, review: {cadence: month}, status: active}\n",
      places: ["missing-field in.csv:2:1"]),
    Case(
      name: "a value outside the map's bounds", table: "Team,Name,Month,Wanted,Actual\nS,Calls,2026-03,U,101\n",
      map: map + "set: {unit: percent, bounds: {max: 100}}\n", places: ["implausible in.csv:2:1"]),
    Case(
      name: "JSON that is no list", table: "{\"kpi\": 1}", file: "in.json", places: ["not-a-table in.json:1:1"]),
    Case(
      name: "JSON cut short", table: "[\n {\"kpi\": \"sales/orders\",\n", file: "in.json",
      places: ["unclosed-bracket in.json:2:2"]),
    Case(
      name: "an element that is no object", table: "[\n {\"kpi\": \"sales/orders\"},\n 5]", file: "in.json",
      places: ["not-a-table in.json:3:2"]),
    Case(
      name: "an open quote", table: "kpi,period,value\n\"sales",
      places: ["csv-ragged-row in.csv:2:1", "csv-unclosed-quote in.csv:2:1"]),
    Case(name: "nothing at all", table: "", places: ["missing-header in.csv:1:1"]),
  ]

  @Test(arguments: cases) func refused(_ one: Case) {
    let plan = Imported.plan(one.table, map: one.map, file: one.file)
    let errors = plan.findings.filter { $0.severity == .error }
    #expect(!plan.canBeDone && plan.files.isEmpty)
    #expect(
      errors.map { "\($0.rule) \($0.file):\($0.position.line):\($0.position.column)" } == one.places,
      "\(plan.findings.map(\.message))")
  }

  @Test func goodRowsDoNotSaveABadOne() {
    let plan = Imported.plan("kpi,period,value\nsales/orders,2026-03,1\nsales/orders,2026-04,x\n")
    #expect(plan.files.isEmpty && !plan.canBeDone)
  }

  @Test func aLedgerWithErrorsIsLeftAlone() {
    let path = "departments/sales/actuals/orders.csv"
    let plan = Imported.plan(
      "kpi,period,value\nsales/orders,2026-03,1\n", onto: Imported.source([path: "period,value\nMarch,1\n"]))
    #expect(plan.places == ["unreadable-file \(path):1:1"])
    let definition = "departments/sales/kpis/orders.yaml"
    let other = Imported.plan(
      "kpi,period,value\nsales/orders,2026-03,1\n", onto: Imported.source([definition: "name: [\n"]))
    #expect(other.places == ["unreadable-file \(definition):1:1"])
  }

  @Test(
    "a map is read with findings",
    arguments: [
      ("column: {kpi: a}", "unknown-field map.yaml:1:1"), ("columns: {period: b}", "missing-field map.yaml:1:1"),
      ("columns: {kpi: a, owners: b}", "unknown-field map.yaml:1:19"),
      ("columns: {kpi: a, period: {year: y, month: m, week: w}}", "bad-period map.yaml:1:27"),
      ("columns: {kpi: a, inputs: {Value: b}}", "bad-name map.yaml:1:35"),
      ("columns: {kpi: a}\nwide: [{columns: b, holds: value}]", "bad-pattern map.yaml:2:8"),
      ("columns: {kpi: a}\nnumbers: dot", "unknown-value map.yaml:2:10"),
      ("columns: {kpi: a}\nset: {ownr: b}", "unknown-field map.yaml:2:7"),
      ("columns: {kpi: a}\nrules: [{set: {}}]", "missing-field map.yaml:2:9"),
      ("columns: [a", "unclosed-bracket map.yaml:1:10"),
    ]) func mapFindings(_ text: String, _ place: String)
  {
    let findings = ImportMap.decode(Array(text.utf8), file: "map.yaml").findings
    let places = findings.map { "\($0.rule) \($0.file):\($0.position.line):\($0.position.column)" }
    #expect(places.contains(place), "\(places)")
  }

  @Test func aNameInBracesThatIsNoColumnIsNamed() {
    let plan = Imported.plan(
      "kpi,period,value\nsales/calls,2026-03,1\n",
      map: "columns: {kpi: kpi, period: period, inputs: {value: value}}\nset: {owner: \"{team}-head\"}\n")
    #expect(plan.places == ["unknown-column map.yaml:2:14"])
  }

  /// Whatever bytes come, there is an answer: any byte of a table another one, or the table cut short.
  @Test(arguments: ["in.csv", "in.json", "in"]) func bytesOfAnyKind(_ file: String) {
    let seed = Array("kpi,period,value\n\"sales/orders\",2026-03,\"1,200.5\"\n[{\"kpi\": \"a\"}]\n".utf8)
    let others: [UInt8] = [0x00, 0x09, 0x0A, 0x22, 0x2C, 0x3A, 0x3B, 0x5B, 0x5D, 0x7B, 0x7D, 0xA0, 0xFF]
    for index in seed.indices {
      var tables = others.map { other in
        var bytes = seed
        bytes[index] = other
        return bytes
      }
      tables.append(Array(seed[..<index]))
      tables.append(Array(seed[index...]))
      for bytes in tables {
        let plan = ImportPlan(ImportTable(reading: bytes, file: file), map: nil, onto: Imported.source())
        #expect(plan.canBeDone || plan.files.isEmpty)
      }
    }
  }
}

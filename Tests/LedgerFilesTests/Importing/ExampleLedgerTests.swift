import Calculation
import Foundation
import LedgerFiles
import LedgerModel
import Testing

/// `Examples/mta`: six agencies' real figures, imported.
@Suite struct ExampleLedgerTests {
  @Test func isWithoutFindings() throws {
    let source = FilesInMemory(try Places.exampleFiles())
    #expect(LedgerCheck.findings(in: LedgerView(source)).isEmpty)
  }

  @Test func hasEveryIndicator() throws {
    let ledger = try Self.ledger()
    let imported = ledger.definitions.values.filter { $0.id.department != "mta" }
    #expect(imported.count == 147)
    #expect(Set(imported.map(\.id.department)).count == 6)
    #expect(ledger.actuals.values.reduce(0) { $0 + $1.count } == 4822)
    for definition in imported {
      #expect(definition.goal != nil && definition.owner != nil && definition.dataOwner != nil)
      #expect(definition.decision != nil && definition.review != nil && definition.calculation.unit != nil)
      #expect((definition.calculation.direction == nil) == (definition.kind == .context), "\(definition.id)")
    }
    #expect(ledger.definitions.values.count { $0.consolidates != nil } == 7)
  }

  // MARK: Year-to-date

  /// The agencies' own figures, committed with the tests.
  @Test func yearToDateEqualsWhatWasPublished() throws {
    let table = CSVTable(parsing: try Places.bytes(Places.fixtures.appending(path: "published-year-to-date.csv")))
    let published = try table.rows.indices.map { row in
      try Published(
        id: #require(KPIID(table.text(row: row, column: 0))), period: #require(Period(table.text(row: row, column: 1))),
        figure: #require(Quantity(table.text(row: row, column: 2))))
    }
    try Self.compare(published)
  }

  /// The same of the file that the ledger was imported from.
  @Test(.enabled(if: Places.exists(source), "needs ../shared/data, which is not here"))
  func yearToDateEqualsTheSource() throws {
    let map = """
      columns:
        department: AGENCY_NAME
        kpi: INDICATOR_NAME
        period: {year: PERIOD_YEAR, month: PERIOD_MONTH}
        inputs: {value: YTD_ACTUAL}
      departments:
        Bridges and Tunnels: bridges-and-tunnels
        LI Bus: li-bus
        Long Island Rail Road: long-island-rail-road
        Metro-North Railroad: metro-north-railroad
        MTA Bus: mta-bus
        NYC Transit: nyc-transit
      kpis: {replace: {" - LI Bus": "", " - MTA Bus": "", "%": percent}}
      numbers: point
      """
    let (mapping, _) = ImportMap.decode(Array(map.utf8), file: "map.yaml")
    let table = ImportTable(reading: try Places.bytes(Self.source), file: "source.csv")
    let plan = ImportPlan(table, map: mapping, onto: FilesInMemory())
    try Self.compare(
      plan.steps.compactMap { step in
        let added = step.effects.lazy.compactMap { if case .adds(_, let value) = $0 { value } else { nil } }.first
        guard let added, let id = step.id, let period = step.period else { return nil }
        return Published(id: id, period: period, figure: added)
      })
  }

  private struct Published {
    let id: KPIID
    let period: Period
    let figure: Quantity
  }

  private static func compare(_ published: [Published]) throws {
    let ledger = try ledger()
    #expect(published.count == 465)
    #expect(Set(published.map(\.id)).count == 12)
    for one in published {
      let definition = try #require(ledger.definitions[one.id])
      let actuals = try #require(ledger.actuals[one.id])
      let calculation = definition.calculation
      #expect(calculation.inputs.map(\.aggregate) == [.sum], "\(one.id) is a sum over time")
      let accrual = Accrual(of: calculation.formula, profile: calculation.profile) { _ in true }
      #expect(accrual == .flow)
      let calendar = ledger.settings.calendar
      let plan = Progress.Plan(
        direction: calculation.direction, target: nil, profile: calculation.profile, accrual: accrual)
      let ours = YearToDate(
        through: one.period, plan: plan, asOf: calendar.days(of: one.period).upperBound.advanced(by: -1),
        calendar: calendar,
        actual: { period in actuals.index(of: period).flatMap { actuals.values(of: "value")?[$0] } },
        target: { _ in nil })
      // Two months of the subway carry fractions of a rider that its year-to-date has rounded away.
      let difference = try #require(ours.actual) - one.figure
      #expect(difference.magnitude * 2 < 1, "\(one.id) \(one.period)")
    }
  }

  private static func ledger() throws -> Ledger {
    LedgerReader.read(try Places.exampleFiles().map { (path: $0.key, bytes: $0.value) }).ledger
  }

  // MARK: Import

  private static let source = Places.shared.appending(path: "agencies-2008-2011.csv")
  private static let vintage = Places.shared.appending(path: "nyct-2008-2018-as-found.csv")

  private static func plan(_ file: URL, onto files: [String: [UInt8]]) throws -> ImportPlan {
    let (map, findings) = ImportMap.decode(
      try Places.bytes(Places.example.appending(path: "map.yaml")), file: "map.yaml")
    #expect(findings.isEmpty)
    let table = ImportTable(reading: try Places.bytes(file), file: file.lastPathComponent)
    return ImportPlan(table, map: map, onto: FilesInMemory(files))
  }

  @Test(.enabled(if: Places.exists(source), "needs ../shared/data, which is not here"))
  func isWhatTheImportMakes() throws {
    let files = try Places.exampleFiles()
    let scaffold = files.filter { path, _ in
      switch LedgerPath(path) {
      case .definition(let id): id.department == "mta"
      case .actuals: false
      default: true
      }
    }
    let plan = try Self.plan(Self.source, onto: scaffold)
    #expect(plan.findings.isEmpty, "\(plan.findings.prefix(5))")
    #expect(plan.files.count == files.count - scaffold.count)
    for (path, bytes) in plan.files { #expect(files[path] == bytes, "\(path) is not as imported") }
    #expect(plan.summary.rows == 6504)
    #expect(try Self.plan(Self.source, onto: files).files.isEmpty, "imported again, nothing changes")
  }

  @Test(.enabled(if: Places.exists(vintage), "needs ../shared/data, which is not here"))
  func aLaterVintageSaysWhatItRestates() throws {
    let files = try Places.exampleFiles()
    let plan = try Self.plan(Self.vintage, onto: files)
    #expect(plan.findings.isEmpty, "\(plan.findings.prefix(5))")
    #expect(plan.summary.restatedValues == 12)
    #expect(plan.summary.changedTargets == 55)
    #expect(plan.summary.definitions == 0 && plan.summary.kpis == 86 && plan.summary.rows == 9213)
    let after = files.merging(plan.files) { $1 }
    #expect(LedgerCheck.findings(in: LedgerView(FilesInMemory(after))).isEmpty)
    #expect(try Self.plan(Self.vintage, onto: after).files.isEmpty)
  }
}

import Git
import History
import LedgerModel
import Testing

@testable import Syncing

@Suite struct EarlierDefinitionTests {
  private static let id = KPIID("sales/win-rate")!

  /// The company whose figures Dora answers for.
  private static var company: [String: String] {
    var files = Company.sales
    files["people.yaml"]? += "  sales-operations: {holder: dora}\n"
    files[Desk.rate]? += "data_owner: sales-operations\n"
    return files
  }

  private func flagged(_ desk: Desk) throws -> [String] {
    let tip = try #require(try desk.tip())
    let clone = try LedgerClone(containing: desk.folder)
    return try EarlierDefinition(at: tip, in: clone.repository.objects).rows(of: [Self.id]).map(\.row)
  }

  private static func record(_ row: String, by desk: Desk) throws {
    try desk.write(try desk.read(Desk.figures) + row + "\n", to: Desk.figures)
  }

  @Test("A sync names the rows that it brings onto a calculation which their author had not seen, until confirmed")
  func broughtAndConfirmed() async throws {
    let company = try Company(Self.company)
    let (anna, dora) = (try company.person("anna"), try company.person("dora"))
    try anna.replace("unit: percent", "unit: percent\nbounds: {min: 0, max: 100}", in: Desk.rate)
    #expect(try await anna.sync().earlierDefinition.isEmpty)
    try Self.record("2026-03,23,,", by: dora)
    #expect(try await dora.sync { $0.isRehearsal = true }.earlierDefinition.map(\.row) == ["2026-03"])
    let report = try await dora.sync()
    #expect(report.earlierDefinition.map(\.row) == ["2026-03"])
    #expect(report.earlierDefinition.first?.changed?.by.name == "Anna")
    try await anna.sync()
    #expect(try flagged(anna) == ["2026-03"])

    try anna.replace("2026-03,23,,", "2026-03,23,,looks right", in: Desk.figures)
    try await anna.sync()
    #expect(try flagged(anna) == ["2026-03"])

    try await dora.sync()
    try dora.replace("looks right", "looks right; confirmed 2026-04-02", in: Desk.figures)
    #expect(try await dora.sync().earlierDefinition.isEmpty)
    #expect(try flagged(dora).isEmpty)
  }

  @Test("A sync names the rows at the hub that meet the calculation it brings")
  func met() async throws {
    let company = try Company(Self.company)
    let (anna, dora) = (try company.person("anna"), try company.person("dora"))
    try Self.record("2026-03,23,,", by: dora)
    #expect(try await dora.sync().earlierDefinition.isEmpty)
    try anna.replace("unit: percent", "unit: percent\nbounds: {min: 0, max: 100}", in: Desk.rate)
    let report = try await anna.sync()
    #expect(report.earlierDefinition.map(\.row) == ["2026-03"])
    #expect(report.earlierDefinition.first?.recorded.by.name == "Dora")
  }

  @Test("A row and another target of its KPI meet without a word")
  func otherFields() async throws {
    let company = try Company(Self.company)
    let (anna, dora) = (try company.person("anna"), try company.person("dora"))
    try Self.record("2026-03,23,,", by: dora)
    try await dora.sync()
    try anna.replace("2026-Q3: 27", "2026-Q3: 29", in: Desk.rate)
    #expect(try await anna.sync().earlierDefinition.isEmpty)
  }

  @Test("Where no data owner is named, whoever may record confirms")
  func nobodyNamed() async throws {
    let company = try Company()
    let anna = try company.person("anna")
    let tip = try #require(try anna.tip())
    let rows = try EarlierDefinition(at: tip, in: LedgerClone(containing: anna.folder).repository.objects)
    #expect(rows.mayConfirm(Self.id, Author(name: "Dora", email: "dora@example.org")))
    #expect(!rows.mayConfirm(Self.id, Author(name: "Eve", email: "eve@example.org")))
    #expect(rows.whoConfirms(Self.id) == nil)
  }
}

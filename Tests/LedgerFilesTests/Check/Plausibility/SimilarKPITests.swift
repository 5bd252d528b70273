import LedgerFiles
import LedgerModel
import Testing

@Suite("KPIs of one name that are calculated otherwise") struct SimilarKPITests {
  private typealias Ledger = PlausibleLedger
  private static let rate = """
    inputs: {won: {aggregate: sum}, decided: {aggregate: sum}}
    formula: won / decided * 100
    """

  /// By id, the KPI with that definition; what each is told, by id.
  private func told(_ definitions: [String: String]) -> [String: String] {
    let files = Dictionary(uniqueKeysWithValues: definitions.map { (KPIID($0.key)!.definitionPath, $0.value) })
    let view = Ledger.view(files)
    let similar = SimilarKPIs(files.keys.compactMap { SimilarKPIs.card(of: $0, in: view) })
    let found = similar.findings(for: files.keys, in: view)
    #expect(found.allSatisfy { $0.severity == .warning && $0.rule == "similar-kpi" })
    return Dictionary(
      uniqueKeysWithValues: found.map { (LedgerPath($0.file).kpi?.description ?? $0.file, $0.message) })
  }

  @Test("Two departments' KPIs of one name are each told what the other does otherwise")
  func two() {
    let found = told([
      "sales/rate": Ledger.definition("Win rate", unit: "percent", more: Self.rate),
      "emea/hits": Ledger.definition("win-rate", unit: "count", direction: "lower", more: Self.rate),
    ])
    #expect(found.count == 2)
    #expect(
      found["sales/rate"]?.hasPrefix(
        "emea/hits (\"win-rate\", departments/emea/kpis/hits.yaml) has the same name and is calculated otherwise: unit is "
          + "percent here and count there; direction is higher here and lower there.") == true, "\(found)")
  }

  @Test("Of many the odd one out is told, and the others are not")
  func majority() {
    var kpis = ["a", "b", "c"].map { ("\($0)/orders", Ledger.definition()) }
    kpis.append(("d/orders", Ledger.definition(more: "inputs: {value: {aggregate: mean}}")))
    let found = told(Dictionary(uniqueKeysWithValues: kpis))
    #expect(found.keys.sorted() == ["d/orders"])
    #expect(
      found["d/orders"]?.contains("and 2 more has the same name") == true
        && found["d/orders"]?.contains("inputs is value (mean) here and value (sum) there") == true, "\(found)")
  }

  @Test("One formula under two names is found by its inputs, whatever blanks are in it")
  func formula() {
    let tight = Self.rate.replacing(" / ", with: "/")
    let found = told([
      "sales/rate": Ledger.definition("Win rate", unit: "percent", more: Self.rate),
      "emea/hits": Ledger.definition("Hits", unit: "percent", direction: "lower", more: tight),
      "apac/hits": Ledger.definition("Wins", unit: "percent", more: Self.rate),
    ])
    #expect(found.keys.sorted() == ["emea/hits"])
    #expect(found["emea/hits"]?.contains("has the same formula and inputs") == true)
  }

  @Test("What adds up the others, drafts, given-up KPIs and those of one department are not compared")
  func noise() {
    let total = "consolidates: {from: \"*/orders\", by: sum}\nprofile: snapshot"
    #expect(told(["sales/orders": Ledger.definition(), "all/orders": Ledger.definition(more: total)]).isEmpty)
    for status in ["draft", "retired"] {
      let other = Ledger.definition(unit: "percent", status: status)
      #expect(told(["sales/orders": Ledger.definition(), "emea/orders": other]).isEmpty)
    }
    let other = Ledger.definition(unit: "percent")
    #expect(told(["sales/orders": Ledger.definition(), "sales/orders-2": other]).isEmpty)
    #expect(told(["sales/orders": Ledger.definition(), "emea/orders": other]).count == 2)
  }
}

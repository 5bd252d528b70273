import LedgerFiles
import LedgerModel
import Testing

@Suite("Moving a KPI or a department")
struct MovingTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"
  private static let files: [String: String] = [
    "departments/sales/department.yaml": "name: Sales\n",
    rate:
      "name: Win rate   # as in the pipeline call\n\ninputs: {won: {}, decided: {}}\nformula: won / decided\nleads_to: [sales/orders]\n",
    "departments/sales/actuals/win-rate.csv": "period,won,decided\n2026-01,1,2\n",
    "departments/sales/kpis/orders.yaml": "name: Orders\naffects:\n  - {kpi: sales/win-rate, ask: Why?}\n",
    "departments/sales/actions/hire.yaml": "kpi: \"sales/win-rate\"  # first of all\nperiod: 2026-01\n",
    "departments/sales/reviews/2026-01.yaml": "meaning: Fine\n",
    "departments/emea-sales/department.yaml": "name: EMEA\nparent: sales\n",
    "departments/emea-sales/kpis/win-rate.yaml":
      "name: Win rate\nleads_to:\n  - sales/win-rate # up\n  - sales/win-rates\n",
    "departments/group/kpis/win-rate.yaml": "name: All\nconsolidates: {from: \"*/win-rate\", by: inputs}\n",
    "departments/group/kpis/ratio.yaml":
      "name: Ratio\nformula: kpi( sales/win-rate ) / sales/win-rate + kpi(emea-sales/win-rate)\n",
    "closes/sales/2026-01.yaml": "note: done\n",
    "proposals/departments/sales/kpis/win-rate.yaml/1.yaml": "file: departments/sales/kpis/win-rate.yaml\n",
  ]
  private let source = FilesInMemory(files.mapValues { Array($0.utf8) })

  private func id(_ text: String) throws -> KPIID { try #require(KPIID(text)) }

  private func text(_ plan: Rearrangement, _ path: String) -> String? {
    (plan.changes[path] ?? nil).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("A KPI takes its actuals along, says what it was, and is renamed wherever it is named, layout and all")
  func kpi() throws {
    let plan = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/hit-rate"), in: source)
    let definition = text(plan, "departments/sales/kpis/hit-rate.yaml")
    #expect(definition == Self.files[Self.rate].map { $0 + "was: [sales/win-rate]\n" })
    #expect(text(plan, "departments/sales/actuals/hit-rate.csv") == "period,won,decided\n2026-01,1,2\n")
    #expect(plan.changes[Self.rate] == .some(nil))
    #expect(plan.changes["departments/sales/actuals/win-rate.csv"] == .some(nil))
    #expect(
      text(plan, "departments/sales/actions/hire.yaml")
        == "kpi: \"sales/hit-rate\"  # first of all\nperiod: 2026-01\n")
    #expect(text(plan, "departments/sales/kpis/orders.yaml")?.contains("{kpi: sales/hit-rate, ask: Why?}") == true)
    #expect(
      text(plan, "departments/emea-sales/kpis/win-rate.yaml")
        == "name: Win rate\nleads_to:\n  - sales/hit-rate # up\n  - sales/win-rates\n")
    #expect(plan.changes.keys.allSatisfy { !$0.hasPrefix("proposals/") })
  }

  @Test("In a formula only kpi(…) names a KPI; an input divided by another stays")
  func formula() throws {
    let plan = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/hit-rate"), in: source)
    #expect(
      text(plan, "departments/group/kpis/ratio.yaml")
        == "name: Ratio\nformula: kpi( sales/hit-rate ) / sales/win-rate + kpi(emea-sales/win-rate)\n")
  }

  @Test("Who adds up KPIs by their name is told of those that leave and those that join")
  func sums() throws {
    let away = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/hit-rate"), in: source)
    #expect(away.left == [try id("group/win-rate")] && away.joined.isEmpty)
    let near = try Rearrangement.moving(id("sales/orders"), to: id("group/orders"), in: source)
    #expect(near.left.isEmpty && near.joined.isEmpty)
    let emea = try Rearrangement.moving(id("sales/orders"), to: id("sales/wins"), in: source)
    #expect(emea.left.isEmpty && emea.joined.isEmpty)
  }

  @Test("A KPI that goes back to its old id forgets it and remembers the one in between")
  func back() throws {
    let there = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/hit-rate"), in: source)
    let moved = LedgerOverlay(over: source, changes: there.changes)
    let back = try Rearrangement.moving(id("sales/hit-rate"), to: id("sales/win-rate"), in: moved)
    #expect(text(back, Self.rate)?.hasSuffix("was: [sales/hit-rate]\n") == true)
    #expect(text(back, "departments/sales/kpis/orders.yaml") == Self.files["departments/sales/kpis/orders.yaml"])
  }

  @Test("A department takes everything along: KPIs, actions that name them, reviews, closes, departments below it")
  func department() throws {
    let plan = try Rearrangement.moving(department: "sales", to: "us-sales", in: source)
    let result = LedgerOverlay(over: source, changes: plan.changes)
    #expect(!result.allPaths().contains { $0.hasPrefix("departments/sales/") })
    #expect(
      text(plan, "departments/us-sales/actions/hire.yaml")
        == "kpi: \"us-sales/win-rate\"  # first of all\nperiod: 2026-01\n")
    #expect(text(plan, "departments/us-sales/kpis/win-rate.yaml")?.contains("leads_to: [us-sales/orders]") == true)
    #expect(text(plan, "departments/us-sales/kpis/win-rate.yaml")?.contains("was: [sales/win-rate]") == true)
    #expect(text(plan, "departments/us-sales/reviews/2026-01.yaml") == "meaning: Fine\n")
    #expect(text(plan, "departments/emea-sales/department.yaml") == "name: EMEA\nparent: us-sales\n")
    #expect(text(plan, "closes/us-sales/2026-01.yaml") == "note: done\n")
    #expect(plan.changes["closes/sales/2026-01.yaml"] == .some(nil))
    #expect(plan.moved.map(\.to.description) == ["us-sales/orders", "us-sales/win-rate"])
    #expect(plan.left.isEmpty)
    let stillNamed = ["sales/win-rate", "sales/orders"].filter { old in
      result.allPaths().contains { path in
        guard !path.hasPrefix("proposals/"), let bytes = result.bytes(at: path), let id = KPIID(old) else {
          return false
        }
        return KPIMentions.has(id, in: bytes, path: path)
      }
    }
    #expect(stillNamed == [])
  }

  @Test("What cannot be is refused with what to do")
  func refused() throws {
    func fault(_ body: () throws -> Void) -> String? {
      do { try body() } catch { return (error as? EntryFault)?.message }
      return nil
    }
    let source = source
    #expect(
      fault { _ = try Rearrangement.moving(id("sales/win-rat"), to: id("sales/x"), in: source) }
        == "There is no KPI sales/win-rat. Did you mean \"sales/win-rate\"?")
    #expect(
      fault { _ = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/orders"), in: source) }
        == "sales/orders is taken by another KPI.")
    #expect(
      fault { _ = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/win-rate"), in: source) }
        == "sales/win-rate is called that already.")
    #expect(
      fault { _ = try Rearrangement.moving(department: "sale", to: "x", in: source) }
        == "There is no department 'sale'. Did you mean \"sales\"?")
    #expect(
      fault { _ = try Rearrangement.moving(department: "sales", to: "group", in: source) }
        == "There is a department group already.")
    let plan = try Rearrangement.moving(id("sales/win-rate"), to: id("sales/hit-rate"), in: source)
    let moved = LedgerOverlay(over: source, changes: plan.changes)
    #expect(
      fault { _ = try Rearrangement.moving(id("sales/orders"), to: id("sales/win-rate"), in: moved) }
        == "sales/hit-rate was called sales/win-rate before, so that no other KPI can be.")
  }

  @Test("A removal names the files that would name what is no more, none of its own")
  func removing() throws {
    let kpi = try Rearrangement.removing(id("sales/win-rate"), in: source)
    #expect(Set(kpi.changes.keys) == [Self.rate, "departments/sales/actuals/win-rate.csv"])
    #expect(
      kpi.mentions == [
        "departments/sales/kpis/orders.yaml", "departments/sales/actions/hire.yaml",
        "departments/emea-sales/kpis/win-rate.yaml", "departments/group/kpis/ratio.yaml",
      ])
    let all = try Rearrangement.removing(department: "sales", in: source)
    #expect(
      all.mentions == [
        "departments/emea-sales/department.yaml", "departments/emea-sales/kpis/win-rate.yaml",
        "departments/group/kpis/ratio.yaml",
      ])
    let left = LedgerOverlay(over: source, changes: all.changes).allPaths()
    #expect(!left.contains { $0.hasPrefix("departments/sales/") })
  }
}

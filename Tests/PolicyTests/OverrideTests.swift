import LedgerModel
import Policy
import Testing

@Suite("authority: in ledger.yaml")
struct OverrideTests {
  private func calculation(_ fields: String...) -> Subject {
    Subject(file: Company.winRate, key: "calculation", fields: fields)
  }

  @Test("A change needs it for each field that it changes")
  func eachField() {
    let company = Company().overriding(["formula": ["controller"]])
    #expect(company.whoMayChange(calculation("formula")) == "carl")
    #expect(company.whoMaySettle(calculation("formula")) == "carl")
    #expect(company.whoMayChange(calculation("bounds")) == "hana henk olga")
    #expect(company.whoMayChange(calculation("formula", "inputs")) == "")
    let more = Company().overriding(["formula": ["controller", "head-of-sales"]])
    #expect(more.whoMayChange(calculation("formula", "inputs")) == "hana henk")
  }

  @Test("It says who may for new definitions too, but not for drafts")
  func newDefinitions() {
    let company = Company().overriding(["targets": ["controller"]])
    let file = "departments/sales/kpis/new-orders.yaml"
    let target = Subject(file: file, key: "targets.2026", fields: ["targets"], isNewFile: true)
    #expect(company.whoMayChange(target) == "carl")
    var draft = target
    draft.isNewDraft = true
    #expect(company.whoMayChange(draft) == "hana henk mia")
  }

  @Test("Words stand for whoever has that part")
  func words() {
    #expect(Company().overriding(["goal": ["owner"]]).whoMayChange(.field("goal")) == "olga")
    #expect(Company().overriding(["goal": ["data_owner"]]).whoMayChange(.field("goal")) == "dirk")
    #expect(Company().overriding(["goal": ["head"]]).whoMayChange(.field("goal")) == "hana henk")
    #expect(Company().overriding(["goal": ["member"]]).whoMayChange(.field("goal")) == "hana henk mia")
    #expect(Company().overriding(["goal": ["owner", "head"]]).whoMayChange(.field("goal")) == "hana henk olga")
    #expect(Company().overriding(["goals": ["owner"]]).whoMayChange(Subject(file: "goals.yaml", key: "content")) == "")
  }

  @Test(
    "A kind of file",
    arguments: [
      ("actuals", Company.winRateActuals), ("definitions", Company.winRate), ("goals", "goals.yaml"),
      ("actions", "departments/sales/actions/a.yaml"), ("reviews", "departments/sales/reviews/2026-03.yaml"),
      ("rates", "rates/EUR-USD.csv"), ("closes", "closes/company/2026-03.yaml"), ("people", "people.yaml"),
      ("departments", "departments/sales/department.yaml"), ("settings", "ledger.yaml"),
    ])
  func kinds(kind: String, file: String) {
    let company = Company().overriding([kind: ["head-of-supply"]])
    for key in ["content", "file", "row 2026-03"] {
      #expect(company.whoMayChange(Subject(file: file, key: key)) == "saul")
      #expect(company.whoMaySettle(Subject(file: file, key: key)) == "carl saul")
    }
  }

  @Test("A field goes before the kind of file")
  func fieldBeforeKind() {
    let company = Company().overriding(["definitions": ["head-of-supply"], "formula": ["controller"]])
    #expect(company.whoMayChange(calculation("formula")) == "carl")
    #expect(company.whoMayChange(.field("owner")) == "saul")
    #expect(company.whoMayChange(Subject(file: Company.winRate, key: "content")) == "")
  }

  @Test("Where definitions are somebody else's, a move still needs both ends")
  func moves() {
    let company = Company().overriding(["definitions": ["head", "controller"]])
    let move = Subject(file: "departments/supply/kpis/win-rate.yaml", key: "place", movedFrom: Company.winRate)
    #expect(company.whoMayChange(move) == "carl")
    #expect(company.whoMayChange(.field("was has supply/turnover")) == "")
  }
}

import LedgerModel
import Policy
import Testing

/// DESIGN section 4's table. `ada` is administrator, `carl` controller, `hana` head of sales and `henk` her deputy,
/// `olga` owns the KPI and `dirk` its data, `mia` is a member of sales, `saul` heads supply, `pete` is nobody there.
@Suite("The table of who may change what")
struct TableTests {
  @Test(
    "Each key of a definition",
    arguments: [
      ("name", "hana henk olga", "carl hana henk olga"),
      ("targets.2026-Q3", "hana henk olga", "carl hana henk olga"),
      ("status", "hana henk olga", "carl hana henk olga"),
      ("leads_to has supply/turnover", "hana henk olga", "carl hana henk olga"),
      ("owner", "hana henk", "carl hana henk"),
      ("data_owner", "hana henk", "carl hana henk"),
      ("goal", "carl", "carl"),
      ("weight", "carl", "carl"),
    ])
  func definitionKeys(key: String, change: String, settle: String) {
    #expect(Company().whoMayChange(.field(key)) == change)
    #expect(Company().whoMaySettle(.field(key)) == settle)
  }

  @Test("The calculation is the owner's, the comment at the top too")
  func keysWithoutOneField() {
    let calculation = Subject(file: Company.winRate, key: "calculation", fields: ["formula", "inputs"])
    #expect(Company().whoMayChange(calculation) == "hana henk olga")
    #expect(Company().whoMayChange(Subject(file: Company.winRate, key: "comment at the top")) == "hana henk olga")
  }

  @Test("A definition that cannot be read key by key is the head's")
  func wholeDefinition() {
    #expect(Company().whoMayChange(Subject(file: Company.winRate, key: "content")) == "hana henk")
  }

  @Test("Removing a KPI or its actuals is the head's", arguments: [Company.winRate, Company.winRateActuals])
  func removal(file: String) {
    let removal = Subject(file: file, key: "file")
    #expect(Company().whoMayChange(removal) == "hana henk")
    #expect(Company().whoMaySettle(removal).contains("carl"))
  }

  @Test("A new KPI is the head's with all its fields; a member may make a draft")
  func newDefinition() {
    let file = "departments/sales/kpis/new-orders.yaml"
    for key in ["name", "owner", "goal", "weight", "calculation", "file"] {
      #expect(Company().whoMayChange(Subject(file: file, key: key, fields: [key], isNewFile: true)) == "hana henk")
      let draft = Subject(file: file, key: key, fields: [key], isNewFile: true, isNewDraft: true)
      #expect(Company().whoMayChange(draft) == "hana henk mia")
    }
  }

  @Test(
    "Recording actuals is for members and whoever answers for the KPI; settling is for fewer",
    arguments: [
      "row 2026-03", "note 2026-03", "column won",
    ])
  func actuals(key: String) {
    let subject = Subject(file: Company.winRateActuals, key: key)
    #expect(Company().whoMayChange(subject) == "carl dirk hana henk mia olga")
    #expect(Company().whoMaySettle(subject) == "carl dirk hana henk")
  }

  @Test(
    "Every other file",
    arguments: [
      ("ledger.yaml", "ada"), ("people.yaml", "ada"), ("departments/sales/department.yaml", "ada"),
      ("README.md", "ada"), ("departments/sales/notes.txt", "ada"), ("goals.yaml", "carl"),
      ("rates/EUR-USD.csv", "carl"),
      ("closes/company/2026-03.yaml", "carl"), ("closes/sales/2026-03.yaml", "carl"),
      ("departments/sales/actions/call-them.yaml", "hana henk mia"),
      ("departments/sales/reviews/2026-03.yaml", "hana henk"),
      ("proposals/goals.yaml/ab12.yaml", ""),
    ])
  func otherFiles(file: String, change: String) {
    for key in ["content", "file", "name"] {
      let subject = Subject(file: file, key: key, fields: key == "name" ? ["name"] : [])
      #expect(Company().whoMayChange(subject) == change)
      #expect(
        Set(Company().whoMaySettle(subject).split(separator: " ")) == Set((change + " carl").split(separator: " ")))
    }
  }

  @Test("A move needs the heads of both ends, and so does a former id")
  func moves() {
    let move = Subject(
      file: "departments/supply/kpis/win-rate.yaml", key: "place", movedFrom: Company.winRate)
    #expect(Company().whoMayChange(move) == "")
    var company = Company()
    company.people?.roles["head-of-supply"]?.deputy = "hana"
    #expect(company.whoMayChange(move) == "hana")
    let within = Subject(file: "departments/sales/kpis/won.yaml", key: "place", movedFrom: Company.winRate)
    #expect(Company().whoMayChange(within) == "hana henk")
    #expect(Company().whoMayChange(.field("was has sales/old-rate")) == "hana henk")
    #expect(Company().whoMayChange(.field("was has supply/turnover")) == "")
    #expect(company.whoMayChange(.field("was has supply/turnover")) == "hana")
  }

  @Test("A draft that says it was another KPI needs the head there")
  func draftWithFormerID() {
    let file = "departments/sales/kpis/new-orders.yaml"
    let former = Subject(
      file: file, key: "was has sales/win-rate", fields: ["was"], isNewFile: true, isNewDraft: true)
    #expect(Company().whoMayChange(former) == "hana henk")
  }

  @Test("The rights to a moved file's other keys are those at its old place")
  func editsOfMoved() {
    var subject = Subject.field("name", of: "departments/supply/kpis/win-rate.yaml")
    subject.movedFrom = Company.winRate
    #expect(Company().whoMayChange(subject) == "hana henk olga")
  }

  @Test("Whoever may change anything in a file is told so")
  func anything() {
    func anything(_ file: String, _ company: Company = Company()) -> String {
      let policy = company.policy
      return company.who { policy.mayChangeAnything(in: file, author: $0) }
    }
    #expect(anything(Company.winRate) == "")
    #expect(anything("departments/sales/kpis/new-orders.yaml") == "hana henk")
    #expect(anything(Company.winRateActuals) == "carl dirk hana henk mia olga")
    #expect(anything("people.yaml") == "ada")
    #expect(anything("proposals/goals.yaml/ab12.yaml") == "")
    let overridden = Company().overriding(["formula": ["controller"]])
    #expect(anything("departments/sales/kpis/new-orders.yaml", overridden) == "")
    var both = overridden
    both.people?.roles["controller"]?.deputy = "hana"
    #expect(anything("departments/sales/kpis/new-orders.yaml", both) == "hana")
    #expect(anything(Company.winRate, both) == "hana")
  }

  @Test("The owner is the KPI's; of actuals the data's")
  func owners() {
    let policy = Company().policy
    #expect(Company().who { policy.isOwner(of: .field("name"), author: $0) } == "olga")
    #expect(
      Company().who { policy.isOwner(of: Subject(file: Company.winRateActuals, key: "row 2026-03"), author: $0) }
        == "dirk")
    #expect(Company().who { policy.isOwner(of: Subject(file: "goals.yaml", key: "content"), author: $0) } == "")
    #expect(Company().who { policy.isController($0) } == "carl")
  }
}

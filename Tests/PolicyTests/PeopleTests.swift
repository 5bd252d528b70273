import Calculation
import LedgerModel
import Policy
import Testing

@Suite("Who people are to a policy")
struct PeopleTests {
  private func mayChange(_ company: Company, _ email: String) -> Bool {
    company.policy.mayChange(.field("name"), author: Author(name: "x", email: email))
  }

  @Test("An address is somebody's on the days between from and until, whatever its case")
  func addresses() {
    var company = Company()
    company.people?.people["hana"]?.emails = [
      .init(text: "Hana@Old.example.com", until: Period("2026-03-01")), .init(text: "hana@new.example.com"),
      .init(text: "hana@month.example.com", from: Period("2026-03"), until: Period("2026-03")),
      .init(text: "hana@next.example.com", from: Period("2026-03-03")),
    ]
    #expect(!mayChange(company, "hana@old.example.com"))
    #expect(mayChange(company, "HANA@new.example.com"))
    #expect(mayChange(company, "hana@month.example.com"))
    #expect(!mayChange(company, "hana@next.example.com"))
    company.day = UTCTime.day(1_772_445_060 - 86_400)
    #expect(mayChange(company, "hana@old.example.com"))
    company.day = UTCTime.day(1_772_445_060 + 86_400)
    #expect(mayChange(company, "hana@next.example.com"))
  }

  @Test("Several addresses are one person")
  func samePerson() {
    var company = Company()
    company.people?.people["hana"]?.emails.append(.init(text: "h.b@example.com"))
    let policy = company.policy
    let other = Author(name: "H. B.", email: "H.B@example.com")
    #expect(policy.isSamePerson(.of("hana"), other))
    #expect(!policy.isSamePerson(.of("henk"), other))
    #expect(policy.isSamePerson(.of("stranger"), .of("stranger")))
    #expect(!policy.isSamePerson(.of("stranger"), .of("another")))
  }

  @Test("Whoever is not in people.yaml may change nothing")
  func strangers() {
    #expect(!mayChange(Company(), "stranger@example.com"))
  }

  @Test("A head, with all that a head may, is a member too")
  func headIsMember() {
    let action = Subject(file: "departments/supply/actions/a.yaml", key: "content")
    #expect(Company().whoMayChange(action) == "saul")
  }

  @Test("Where nobody heads a department, the administrator stands in", arguments: ["empty", "unheard-of"])
  func standIn(department: String) {
    let subject = Subject(
      file: "departments/\(department)/kpis/first.yaml", key: "name", fields: ["name"], isNewFile: true)
    #expect(Company().whoMayChange(subject) == "ada")
    let row = Subject(file: "departments/empty/actuals/first.csv", key: "row 2026-03")
    #expect(Company().whoMayChange(row) == "ada carl mia")
  }

  @Test("In a ledger without roles everybody may everything and owns nothing")
  func withoutRoles() {
    var nobody = Company()
    nobody.people?.roles["administrator"]?.holder = nil
    var unreadable = Company()
    unreadable.people = nil
    var unreachable = Company()
    unreachable.people?.people["ada"]?.emails = []
    for company in [nobody, unreadable, unreachable] {
      let (policy, stranger) = (company.policy, Author.of("stranger"))
      #expect(policy.mayChange(.field("goal"), author: stranger))
      #expect(policy.maySettle(.field("goal"), author: stranger))
      #expect(policy.mayChangeAnything(in: "people.yaml", author: stranger))
      #expect(policy.isController(stranger))
      #expect(!policy.isOwner(of: .field("goal"), author: .of("olga")))
    }
  }

  @Test("An administrator whose address has run out does not open the ledger to everybody")
  func expiredAdministrator() {
    var company = Company()
    company.people?.people["ada"]?.emails = [.init(text: "ada@example.com", until: Period("2026-02"))]
    #expect(company.whoMayChange(Subject(file: "people.yaml", key: "content")) == "")
  }

  @Test("From its day on a role is held by whoever takes it over, and its deputy stays; until then by its holder")
  func handedOver() {
    var company = Company()
    company.people?.roles["head-of-sales"]?.next = Day("2026-03-03").map { Role.Next(holder: "saul", from: $0) }
    #expect(company.whoMayChange(.field("name")) == "hana henk olga")
    #expect(company.policy.whoMayChange(.field("owner")) == ["head-of-sales (Hana, Henk)"])
    company.day = UTCTime.day(1_772_445_060 + 86_400)
    #expect(company.whoMayChange(.field("name")) == "henk olga saul")
    #expect(company.policy.whoMayChange(.field("owner")) == ["head-of-sales (Saul, Henk)"])
    company.people?.roles["head-of-sales"]?.deputy = "saul"
    #expect(company.policy.whoMayChange(.field("owner")) == ["head-of-sales (Saul)"])
  }

  @Test("An administrator who is still to come keeps a ledger closed, with the present one out of reach")
  func administratorToCome() {
    var company = Company()
    company.people?.people["ada"]?.emails = []
    company.people?.roles["administrator"]?.next = Day("2026-05-01").map { Role.Next(holder: "saul", from: $0) }
    let people = Subject(file: "people.yaml", key: "content")
    #expect(company.whoMayChange(people) == "")
    company.day = Day("2026-05-01") ?? company.day
    #expect(company.whoMayChange(people) == "saul")
  }
}

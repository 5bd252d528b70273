import LedgerModel
import Policy
import Testing

@Suite("Who could, in words")
struct WordsTests {
  @Test("Roles with those who hold them, each once")
  func roles() {
    #expect(
      Company().policy.whoMayChange(.field("name")) == ["head-of-sales (Hana, Henk)", "account-owner (Olga)"])
    #expect(Company().policy.whoMayChange(.field("goal")) == ["controller (Carl)"])
    #expect(
      Company().policy.whoMayChange(Subject(file: "departments/sales/actions/a.yaml", key: "content"))
        == ["members of sales"])
  }

  @Test("Those that have to do it together are named together")
  func together() {
    let move = Subject(file: "departments/supply/kpis/win-rate.yaml", key: "place", movedFrom: Company.winRate)
    #expect(
      Company().policy.whoMayChange(move) == ["head-of-sales (Hana, Henk) together with head-of-supply (Saul)"])
  }

  @Test("A role that nobody holds is said to be free")
  func vacant() {
    #expect(
      Company().overriding(["goal": ["head-of-nobody"]]).policy.whoMayChange(.field("goal"))
        == ["head-of-nobody (nobody now)"])
  }
}

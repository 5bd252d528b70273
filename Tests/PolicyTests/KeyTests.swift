import Calculation
import LedgerModel
import Policy
import Testing

@Suite("Whose a key is to a policy")
struct KeyTests {
  private let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAA"

  private func company(_ keys: Person.Credential...) -> Company {
    var company = Company()
    company.people?.people["hana"]?.keys = keys
    return company
  }

  @Test("It is the person's at each of their addresses, and nobody else's")
  func owner() {
    var company = company(.init(text: key + " hana@laptop"))
    company.people?.people["hana"]?.emails.append(.init(text: "h.b@example.com"))
    #expect(company.who { company.policy.isKey(key, of: $0) } == "hana")
    #expect(company.policy.isKey(key, of: Author(name: "", email: "H.B@example.com")))
    #expect(!company.policy.isKey(key + "A", of: .of("hana")))
    #expect(!company.policy.isKey("", of: .of("hana")))
    #expect(!company.policy.isKey(key, of: .of("stranger")))
  }

  @Test("It is theirs from its first day to its last")
  func days() {
    #expect(company(.init(text: key, until: Period("2026-03-02"))).policy.isKey(key, of: .of("hana")))
    #expect(!company(.init(text: key, until: Period("2026-03-01"))).policy.isKey(key, of: .of("hana")))
    #expect(!company(.init(text: key, from: Period("2026-03-03"))).policy.isKey(key, of: .of("hana")))
  }

  @Test("A person is known with what is valid on the day")
  func person() throws {
    let company = company(.init(text: key, until: Period("2026-01")), .init(text: key + "B"))
    #expect(try #require(company.policy.person("hana")).keys.map(\.text) == [key + "B"])
    #expect(company.policy.person("nobody") == nil)
    #expect(company.policy.isPerson("hana", author: .of("hana")))
    #expect(!company.policy.isPerson("hana", author: .of("henk")))
    #expect(!company.policy.isPerson("nobody", author: .of("nobody")))
  }

  @Test("Where nobody has a role as yet anybody may be anybody, and no signature is asked for")
  func withoutRoles() {
    var company = Company()
    company.settings?.requireSignatures = true
    #expect(company.policy.requiresSignatures)
    company.people = nil
    #expect(!company.policy.requiresSignatures)
    #expect(company.policy.isPerson("hana", author: .of("henk")))
  }
}

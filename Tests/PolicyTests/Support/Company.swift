import Calculation
import LedgerModel
import Policy

/// A ledger with one person for each part of DESIGN section 4, on 2 March 2026.
struct Company: PolicyFiles {
  var day = UTCTime.day(1_772_445_060)
  var settings: LedgerSettings? = LedgerSettings(company: "Acme", currency: "EUR")
  var people: People?
  var departments: [String: Department]
  var definitions: [KPIID: Definition]

  static let winRate = "departments/sales/kpis/win-rate.yaml"
  static let winRateActuals = "departments/sales/actuals/win-rate.csv"

  init() {
    let ids = ["ada", "carl", "hana", "henk", "olga", "dirk", "mia", "pete", "saul"]
    var people = People()
    for id in ids {
      people.people[id] = Person(
        id: id, name: id.withCapital, emails: [.init(text: "\(id)@example.com")])
    }
    for (role, holder, deputy) in [
      ("administrator", "ada", nil), ("controller", "carl", nil), ("head-of-sales", "hana", "henk"),
      ("account-owner", "olga", nil), ("sales-operations", "dirk", nil), ("head-of-supply", "saul", nil),
      ("head-of-nobody", nil, nil),
    ] as [(String, String?, String?)] {
      people.roles[role] = Role(id: role, holder: holder, deputy: deputy)
    }
    self.people = people
    departments = [
      "sales": Department(id: "sales", name: "Sales", head: "head-of-sales", members: ["mia"]),
      "supply": Department(id: "supply", name: "Supply", head: "head-of-supply"),
      "empty": Department(id: "empty", name: "Empty", head: "head-of-nobody", members: ["mia"]),
    ]
    definitions = [:]
    if let id = KPIID("sales/win-rate") {
      var definition = Definition(
        id: id, name: "Win rate", calculation: KPICalculation())
      definition.owner = "account-owner"
      definition.dataOwner = "sales-operations"
      definitions[id] = definition
    }
  }

  func department(_ id: String) -> Department? { departments[id] }
  func definition(_ id: KPIID) -> Definition? { definitions[id] }
  func contains(_ path: String) -> Bool {
    switch LedgerPath(path) {
    case .definition(let id), .actuals(let id): definitions[id] != nil
    case .department(let id): departments[id] != nil
    default: true
    }
  }

  var policy: LedgerPolicy { LedgerPolicy(self) }

  /// The company with `authority:` in its settings.
  func overriding(_ authority: [String: [String]]) -> Company {
    var copy = self
    copy.settings?.authority = authority
    return copy
  }

  /// Who of the company may do something, by their ids.
  func who(_ may: (Author) -> Bool) -> String {
    let ids = people?.people.keys.sorted() ?? []
    return ids.filter { may(.of($0)) }.joined(separator: " ")
  }

  func whoMayChange(_ subject: Subject) -> String {
    let policy = policy
    return who { policy.mayChange(subject, author: $0) }
  }

  func whoMaySettle(_ subject: Subject) -> String {
    let policy = policy
    return who { policy.maySettle(subject, author: $0) }
  }
}

extension Author {
  static func of(_ id: String) -> Author { Author(name: id, email: "\(id)@example.com") }
}

extension String {
  fileprivate var withCapital: String { prefix(1).uppercased() + dropFirst() }
}

extension Subject {
  /// A field of a definition that the hub has.
  static func field(_ key: String, of file: String = Company.winRate) -> Subject {
    Subject(file: file, key: key, fields: [String(key.prefix { $0 != "." && $0 != " " })])
  }
}

public import Calculation

/// `departments/<dept>/department.yaml`
public struct Department: Hashable, Sendable {
  public var id: String
  public var name: String
  public var parent: String?
  /// The role that heads it.
  public var head: String?
  /// Ids of people.
  public var members: [String]

  public init(id: String, name: String, parent: String? = nil, head: String? = nil, members: [String] = []) {
    self.id = id
    self.name = name
    self.parent = parent
    self.head = head
    self.members = members
  }
}

/// A goal (KGI) of `goals.yaml`.
public struct Goal: Hashable, Sendable {
  /// How a goal's status follows from what is below it.
  public enum StatusRule: String, Hashable, Sendable, CaseIterable {
    case weighted
    case worstOf = "worst-of"
  }

  public var id: String
  public var name: String
  public var parent: String?
  /// Within its parent.
  public var weight: Quantity
  public var owner: String?
  public var status: StatusRule

  public init(
    id: String, name: String, parent: String? = nil, weight: Quantity = 1, owner: String? = nil,
    status: StatusRule = .weighted
  ) {
    self.id = id
    self.name = name
    self.parent = parent
    self.weight = weight
    self.owner = owner
    self.status = status
  }
}

/// `people.yaml`: who there is and who holds which role.
public struct People: Hashable, Sendable {
  public var people: [String: Person]
  public var roles: [String: Role]

  public init(people: [String: Person] = [:], roles: [String: Role] = [:]) {
    self.people = people
    self.roles = roles
  }
}

public struct Person: Hashable, Sendable {
  public var id: String
  public var name: String
  public var emails: [Credential]
  /// Public signing keys, in OpenSSH's one-line form.
  public var keys: [Credential]

  public init(id: String, name: String, emails: [Credential] = [], keys: [Credential] = []) {
    self.id = id
    self.name = name
    self.emails = emails
    self.keys = keys
  }

  /// The person with the addresses and keys that are valid on a day.
  public func asValid(on day: Day) -> Person {
    Person(
      id: id, name: name, emails: emails.filter { $0.isValid(on: day) }, keys: keys.filter { $0.isValid(on: day) })
  }

  /// A mail address or a key, with the days between which it is valid.
  public struct Credential: Hashable, Sendable {
    public var text: String
    public var from: Period?
    public var until: Period?

    public init(text: String, from: Period? = nil, until: Period? = nil) {
      self.text = text
      self.from = from
      self.until = until
    }

    /// Whether it is valid on a day: neither before the first day of `from` nor after the last of `until`.
    public func isValid(on day: Day) -> Bool {
      let calendar = FiscalCalendar()
      if let from, day < calendar.days(of: from).lowerBound { return false }
      if let until, day >= calendar.days(of: until).upperBound { return false }
      return true
    }
  }
}

/// A role has one holder, and may have a deputy and somebody who takes it over on a day to come.
public struct Role: Hashable, Sendable {
  public var id: String
  public var name: String?
  /// Who holds it, until `next` does.
  public var holder: String?
  public var deputy: String?
  public var next: Next?

  public init(
    id: String, name: String? = nil, holder: String? = nil, deputy: String? = nil, next: Next? = nil
  ) {
    self.id = id
    self.name = name
    self.holder = holder
    self.deputy = deputy
    self.next = next
  }

  /// Who takes a role over, and the first day on which they hold it.
  public struct Next: Hashable, Sendable {
    public var holder: String
    public var from: Day

    public init(holder: String, from: Day) {
      self.holder = holder
      self.from = from
    }
  }

  /// The id of the one who holds it on a day.
  public func holder(on day: Day) -> String? {
    if let next, day >= next.from { return next.holder }
    return holder
  }

  /// The ids of those who hold it on a day: the holder, then the deputy where that is somebody else.
  public func holders(on day: Day) -> [String] {
    let holder = holder(on: day)
    return [holder, deputy == holder ? nil : deputy].compactMap(\.self)
  }

  /// The roles that every ledger knows.
  public static let administrator = "administrator"
  public static let controller = "controller"
}

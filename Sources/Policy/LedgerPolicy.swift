public import LedgerModel

/// DESIGN section 4, as the tree of a merge's first parent has it. For one thread.
///
/// A ledger without a `people.yaml`, or in which nobody is an administrator, has no roles as yet: everybody may change
/// everything, and owns nothing.
public final class LedgerPolicy: Authority {
  private let files: any PolicyFiles
  private var standings: [String: WhoIs.Standing] = [:]
  private var heads: [String: String] = [:]
  private var departments: [DefinitionsOf: Bool] = [:]
  private var owners: [KPIID: (owner: String?, dataOwner: String?)] = [:]
  private lazy var whoIs = WhoIs(files.people ?? People(), on: files.day)
  private lazy var keyOwners = whoIs.keyOwners()
  private lazy var overrides = AuthorityOverrides(files.settings)
  private lazy var isWithoutRoles = !whoIs.isEverHeld(Role.administrator)

  /// The policy of a tree.
  public init(_ files: any PolicyFiles) { self.files = files }

  public func mayChange(_ subject: Subject, author: Author) -> Bool {
    isWithoutRoles || fulfils(overrides.needs(subject, settling: false), author)
  }

  public func mayChangeAnything(in file: String, author: Author) -> Bool {
    if isWithoutRoles { return true }
    guard case .definition(let id) = LedgerPath(file) else {
      return mayChange(Subject(file: file, key: "content"), author: author)
    }
    let isNew = !files.contains(file)
    if mayAll(of: DefinitionsOf(department: id.department, isNew: isNew, email: author.email), author) { return true }
    return (["name", "owner", "goal"] + overrides.fields).allSatisfy { field in
      mayChange(Subject(file: file, key: field, fields: [field], isNewFile: isNew), author: author)
    }
  }

  public func maySettle(_ subject: Subject, author: Author) -> Bool {
    isController(author) || fulfils(overrides.needs(subject, settling: true), author)
  }

  public func isOwner(of subject: Subject, author: Author) -> Bool {
    if isWithoutRoles { return false }
    switch LedgerPath(subject.movedFrom ?? subject.file) {
    case .definition(let id): return holds(.owner(id), standing(of: author))
    case .actuals(let id): return holds(.dataOwner(id), standing(of: author))
    default: return false
    }
  }

  public func isController(_ author: Author) -> Bool {
    isWithoutRoles || holds(.controller, standing(of: author))
  }

  public func isSamePerson(_ one: Author, _ other: Author) -> Bool {
    one.isSame(as: other) || !standing(of: one).people.isDisjoint(with: standing(of: other).people)
  }

  public func isPerson(_ id: String, author: Author) -> Bool {
    isWithoutRoles || standing(of: author).people.contains(id)
  }

  public func isKey(_ key: String, of author: Author) -> Bool {
    guard let people = keyOwners[PublicKeyText(key)] else { return false }
    return !people.isDisjoint(with: standing(of: author).people)
  }

  public var requiresSignatures: Bool { !isWithoutRoles && files.settings?.requireSignatures ?? false }

  public func person(_ id: String) -> Person? { whoIs.person(id) }

  public func whoMayChange(_ subject: Subject) -> [String] {
    if isWithoutRoles { return [] }
    return OfficeNames(whoIs: whoIs, resolve: role).text(of: overrides.needs(subject, settling: false))
  }

  /// The definitions of a department, as somebody may change them by an office that is of no KPI by itself.
  private struct DefinitionsOf: Hashable {
    let department: String
    let isNew: Bool
    let email: String
  }

  private func mayAll(of definitions: DefinitionsOf, _ author: Author) -> Bool {
    if let known = departments[definitions] { return known }
    let standing = standing(of: author)
    let file = "departments/\(definitions.department)/kpis/any.yaml"
    let may = (["name", "owner", "goal"] + overrides.fields).allSatisfy { field in
      let subject = Subject(file: file, key: field, fields: [field], isNewFile: definitions.isNew)
      return overrides.needs(subject, settling: false).allSatisfy { offices in
        offices.contains { !$0.isOfOneKPI && holds($0, standing) }
      }
    }
    departments[definitions] = may
    return may
  }

  public func whoMaySettle(_ subject: Subject) -> [String] {
    if isWithoutRoles { return [] }
    return OfficeNames(whoIs: whoIs, resolve: role).text(of: overrides.needs(subject, settling: true))
  }

  // MARK: Offices

  private func standing(of author: Author) -> WhoIs.Standing {
    if let known = standings[author.email] { return known }
    let standing = whoIs.standing(of: author)
    standings[author.email] = standing
    return standing
  }

  private func fulfils(_ needs: Needs, _ author: Author) -> Bool {
    let standing = standing(of: author)
    return needs.allSatisfy { offices in
      // Who answers for a KPI stands in its definition, which is read only where nothing else decides.
      offices.contains { !$0.isOfOneKPI && holds($0, standing) }
        || offices.contains { $0.isOfOneKPI && holds($0, standing) }
    }
  }

  private func holds(_ office: Office, _ standing: WhoIs.Standing) -> Bool {
    if let role = role(of: office), standing.roles.contains(role) { return true }
    guard case .members(let id) = office, let department = files.department(id) else { return false }
    return !standing.people.isDisjoint(with: department.members)
  }

  /// The role that an office comes with; of members, their head's.
  private func role(of office: Office) -> String? {
    switch office {
    case .role(let id): id
    case .head(let department), .members(let department): head(of: department)
    case .owner(let id): owners(of: id).owner
    case .dataOwner(let id): owners(of: id).dataOwner
    }
  }

  /// Where nobody heads a department, the administrator stands in, or nobody could begin one.
  private func head(of department: String) -> String? {
    if let known = heads[department] { return known }
    let named = files.department(department)?.head
    let role = named.flatMap { whoIs.holders(of: $0).isEmpty ? nil : $0 } ?? Role.administrator
    heads[department] = role
    return role
  }

  private func owners(of id: KPIID) -> (owner: String?, dataOwner: String?) {
    if let known = owners[id] { return known }
    let definition = files.definition(id)
    let found = (owner: definition?.owner, dataOwner: definition?.dataOwner)
    owners[id] = found
    return found
  }
}

import LedgerFiles
public import LedgerModel

/// The files that a new ledger begins with: settings, people and goals.
///
/// They are a person's first sight of a ledger's files, so each says in a comment what it is for.
public struct FirstFiles: Sendable {
  private let company: String
  private let currency: String
  private let admin: Author

  /// - Parameters:
  ///   - company: the company's name
  ///   - currency: its currency's code, as `EUR`
  ///   - admin: who holds the roles `administrator` and `controller`
  public init(company: String, currency: String, admin: Author) {
    self.company = company
    self.currency = currency
    self.admin = admin
  }

  /// The files by path.
  public var files: [String: [UInt8]] {
    ["ledger.yaml": settings, "people.yaml": people, "goals.yaml": goals].mapValues { Array($0.utf8) }
  }

  /// The id under which the administrator stands in `people.yaml`.
  public var adminID: String { Slug.suggested(for: admin.name) ?? "administrator" }

  var settings: String {
    """
    # What holds for the whole company. An administrator changes it.
    company: \(YAMLWriter.flow(.string(company)))
    currency: \(YAMLWriter.flow(.string(currency)))
    # What figures can be in besides currencies.
    units:
      percent: {symbol: "%", decimals: 1}
      count: {decimals: 0}
      days: {decimals: 1}
      hours: {decimals: 1}
    calendar:
      fiscal_year_starts: 1
      time_zone: UTC
      working_days: [mon, tue, wed, thu, fri]
    merge_rules: 1

    """
  }

  var people: String {
    """
    # Who there is, and which one person holds each role now. An administrator changes it.
    people:
      \(YAMLWriter.key(adminID)):
        name: \(YAMLWriter.flow(.string(admin.name)))
        emails: [\(YAMLWriter.flow(.string(admin.email)))]
    roles:
      administrator: {name: Administrator, holder: \(YAMLWriter.flow(.string(adminID)))}
      controller: {name: Controller, holder: \(YAMLWriter.flow(.string(adminID)))}

    """
  }

  var goals: String {
    """
    # What the company wants to reach. KPIs name the goal that they serve. A controller changes it. For example:
    #   grow-revenue: {name: Grow revenue, weight: 2, owner: controller}
    goals: {}

    """
  }

  /// Completes the files of a ledger that was kept elsewhere: whatever of the first files is missing is added, and
  /// the administrator becomes the holder of those of the two roles that nobody holds yet.
  public func completing(_ given: [String: [UInt8]]) -> [String: [UInt8]] {
    var all = files.merging(given) { $1 }
    if let people = given["people.yaml"] { all["people.yaml"] = withHolders(people) }
    return all
  }

  private func withHolders(_ bytes: [UInt8]) -> [UInt8] {
    guard case .people(let people)? = LedgerReader.decode(path: "people.yaml", bytes: bytes).content else {
      return bytes
    }
    let vacant = [Role.administrator, Role.controller].filter { people.roles[$0]?.holder == nil }
    guard !vacant.isEmpty else { return bytes }
    var editor = YAMLEditor(YAMLDocument(parsing: bytes))
    let known = people.people.values.filter { person in
      person.emails.contains { Author(name: "", email: $0.text).isSame(as: admin) }
    }
    let id = known.map(\.id).min() ?? unusedID(people)
    if known.isEmpty {
      editor.set(
        ["people", id], to: .map([("name", .string(admin.name)), ("emails", .list([.string(admin.email)]))]))
    }
    for role in vacant { editor.set(["roles", role, "holder"], to: .string(id)) }
    return editor.bytes
  }

  private func unusedID(_ people: People) -> String {
    var (id, number) = (adminID, 2)
    while people.people[id] != nil {
      id = "\(adminID)-\(number)"
      number += 1
    }
    return id
  }
}

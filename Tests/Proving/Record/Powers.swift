/// Who may change what by the files of one commit: DESIGN section 4, told again for the small world.
struct Powers {
  private let pages: Pages
  private var roles: [String: Set<Person>] = [:]

  init(_ pages: Pages) {
    self.pages = pages
    guard let page = pages["people.yaml"] else { return }
    for (key, value) in Sheet.of("people.yaml", page).values {
      let parts = key.split(separator: ".").map(String.init)
      guard parts.count == 3, parts[0] == "roles", let person = Person(rawValue: value.plain) else { continue }
      roles[parts[1], default: []].insert(person)
    }
  }

  func holds(_ role: String, _ person: Person) -> Bool { roles[role]?.contains(person) ?? false }

  /// Whether `people.yaml` has a person's key, which nobody else has.
  func hasKey(_ person: Person) -> Bool { pages["people.yaml"]?.text.contains(Keys.line(person)) ?? false }

  func isController(_ person: Person) -> Bool { holds("controller", person) }

  private func value(_ path: String, _ key: String) -> String? {
    pages[path].flatMap { Sheet.of(path, $0).values[key]?.plain }
  }

  func isHead(_ person: Person, of department: String) -> Bool {
    let named = value("departments/\(department)/department.yaml", "head")
    let role = named.flatMap { roles[$0]?.isEmpty == false ? $0 : nil } ?? "administrator"
    return holds(role, person)
  }

  func isMember(_ person: Person, of department: String) -> Bool {
    value("departments/\(department)/department.yaml", "members has \(person)") != nil || isHead(person, of: department)
  }

  /// Whether somebody holds the role that a definition names.
  private func answers(_ person: Person, _ field: String, _ path: String) -> Bool {
    guard let id = World.id(of: path), let role = value(World.definition(id), field) else { return false }
    return holds(role, person)
  }

  func isOwner(_ person: Person, of path: String) -> Bool {
    answers(person, World.isActuals(path) ? "data_owner" : "owner", path)
  }

  /// Where the hub has the file of a slot.
  private func place(_ change: Change) -> String? {
    if pages[change.path] != nil { return change.path }
    if change.isMaking { return nil }
    return World.paths(change.slot).first { pages[$0] != nil }
  }

  func mayChange(_ person: Person, _ change: Change) -> Bool { may(person, change, settling: false) }

  func maySettle(_ person: Person, _ change: Change) -> Bool {
    isController(person) || may(person, change, settling: true)
  }

  private func may(_ person: Person, _ change: Change, settling: Bool) -> Bool {
    let atHub = place(change)
    let path = atHub ?? change.path
    guard let department = World.department(path), !path.hasSuffix("department.yaml") else {
      if path == "goals.yaml" || path.hasPrefix("closes/") { return isController(person) }
      return holds("administrator", person)
    }
    let isHead = isHead(person, of: department)
    if change.key == "place" {
      let target = World.department(change.path) ?? department
      return isHead && self.isHead(person, of: target)
    }
    if World.isActuals(path) {
      if change.isRemovalOfFile && atHub != nil { return isHead }
      if settling { return isHead || answers(person, "data_owner", path) }
      return isMember(person, of: department) || answers(person, "data_owner", path) || answers(person, "owner", path)
        || isController(person)
    }
    return mayDefine(person, change, path, isHead, isNew: atHub == nil, department)
  }

  private func mayDefine(
    _ person: Person, _ change: Change, _ path: String, _ isHead: Bool, isNew: Bool, _ department: String
  ) -> Bool {
    let key = change.key.hasPrefix("# ") ? String(change.key.dropFirst(2)) : change.key
    if key.hasPrefix("was has ") {
      let former = World.department(World.definition(String(key.dropFirst(8)))) ?? department
      return isHead && self.isHead(person, of: former)
    }
    if key == "file" || key == "content" { return isHead }
    if isNew { return change.isDraft ? isMember(person, of: department) : isHead }
    switch key {
    case "goal", "weight": return isController(person)
    case "owner", "data_owner": return isHead
    default: return isHead || answers(person, "owner", path)
    }
  }
}

import LedgerModel

/// The table of DESIGN section 4: for each kind of file and each key, who may change it.
struct AuthorityTable {
  /// What a change of a subject needs. Nothing fulfils a need without offices.
  /// - Parameter settling: whether to settle a proposal of it; then recording is no authority.
  static func needs(_ subject: Subject, settling: Bool) -> Needs {
    let path = LedgerPath(subject.movedFrom ?? subject.file)
    switch path {
    case .settings, .people, .department, .other: return [[.administrator]]
    case .goals, .rates, .close: return [[.controller]]
    case .proposal: return [[]]
    case .action(let department, _): return [[.members(department)]]
    case .review(let department, _): return [[.head(department)]]
    case .actuals(let id): return actuals(id, subject, settling: settling)
    case .definition(let id): return definition(id, subject)
    }
  }

  private static func actuals(_ id: KPIID, _ subject: Subject, settling: Bool) -> Needs {
    if subject.isMove { return heads(subject) }
    if subject.isRemoval { return [[.head(id.department)]] }
    if settling { return [[.head(id.department), .dataOwner(id)]] }
    return [[.members(id.department), .dataOwner(id), .owner(id), .controller]]
  }

  private static func definition(_ id: KPIID, _ subject: Subject) -> Needs {
    if subject.isMove { return heads(subject) }
    let head = Office.head(id.department)
    // What cannot be read key by key is not valid: mending it is the head's, breaking it is for the check to hold.
    if subject.isRemoval || subject.key == "content" { return [[head]] }
    if let former = subject.formerID { return [[head], [.head(former.department)]] }
    if subject.isNewDraft { return [[.members(id.department)]] }
    if subject.isNewFile { return [[head]] }
    return subject.fields.isEmpty
      ? [[head, .owner(id)]] : Set(subject.fields.map { field(of: id, $0) })
  }

  /// A field of a definition that is there already.
  private static func field(of id: KPIID, _ field: String) -> [Office] {
    switch field {
    case "goal", "weight": [.controller]
    case "owner", "data_owner", "was": [.head(id.department)]
    default: [.head(id.department), .owner(id)]
    }
  }

  /// A move needs authority at both ends.
  private static func heads(_ subject: Subject) -> Needs {
    Set(
      [subject.file, subject.movedFrom ?? subject.file].map { path in
        LedgerPath(path).department.map { [.head($0)] } ?? [.administrator]
      })
  }
}

extension Subject {
  var isMove: Bool { key == "place" }

  /// Whether it is that the file exists at all, and the hub has it.
  var isRemoval: Bool { key == "file" && !isNewFile }

  /// The id that the change adds to or takes from a definition's `was`: whoever does says that the KPI is that one.
  var formerID: KPIID? {
    let prefix = "was has "
    return key.hasPrefix(prefix) ? KPIID(key.dropFirst(prefix.count)) : nil
  }
}

extension LedgerPath {
  /// The department in whose folder a file lies.
  var department: String? {
    switch self {
    case .department(let id): id
    case .definition(let id), .actuals(let id): id.department
    case .action(let department, _), .review(let department, _): department
    case .settings, .people, .goals, .rates, .proposal, .close, .other: nil
    }
  }
}

import LedgerModel

/// `authority:` of `ledger.yaml`: other offices than the table's, for a kind of file or a field of definitions.
struct AuthorityOverrides {
  private let roles: [String: [String]]
  /// The fields of definitions that it names.
  let fields: [String]

  init(_ settings: LedgerSettings?) {
    roles = settings?.authority ?? [:]
    fields = roles.keys.filter { AuthorityKind(rawValue: $0) == nil }.sorted()
  }

  /// What a change needs, where anything is said of it.
  func needs(_ subject: Subject, settling: Bool) -> Needs {
    let table = AuthorityTable.needs(subject, settling: settling)
    guard !roles.isEmpty, !subject.isNewDraft, let kind = AuthorityKind(LedgerPath(subject.file)) else { return table }
    if subject.isMove { return moved(subject, kind, table) }
    let path = LedgerPath(subject.movedFrom ?? subject.file)
    let whole = roles[kind.rawValue].map { offices($0, at: path) }
    let usual = whole.map { [$0] } ?? table
    guard kind == .definitions, !subject.isRemoval else { return usual }
    var needs: Needs = []
    let changed = subject.key == "content" ? fields : subject.fields
    var isPlain = subject.key == "content" || changed.isEmpty
    for field in changed {
      if let own = roles[field] { needs.insert(offices(own, at: path)) } else { isPlain = true }
    }
    if isPlain {
      var rest = subject
      rest.fields = subject.fields.filter { roles[$0] == nil }
      needs.formUnion(whole.map { [$0] } ?? AuthorityTable.needs(rest, settling: settling))
    }
    if subject.formerID != nil { needs.formUnion(table) }
    return needs
  }

  /// A move needs what the override says at both ends.
  private func moved(_ subject: Subject, _ kind: AuthorityKind, _ table: Needs) -> Needs {
    guard let names = roles[kind.rawValue] else { return table }
    return Set([subject.file, subject.movedFrom ?? subject.file].map { offices(names, at: LedgerPath($0)) })
  }

  /// The offices that an override's names stand for in a file.
  private func offices(_ names: [String], at path: LedgerPath) -> [Office] {
    names.compactMap { name in
      switch AuthorityWord(rawValue: name) {
      case nil: .role(name)
      case .owner: path.kpi.map { .owner($0) }
      case .dataOwner: path.kpi.map { .dataOwner($0) }
      case .head: path.department.map { .head($0) }
      case .member: path.department.map { .members($0) }
      }
    }
  }
}

extension AuthorityKind {
  /// The kind of a file; nil where nothing can be said of it.
  init?(_ path: LedgerPath) {
    switch path {
    case .settings: self = .settings
    case .people: self = .people
    case .goals: self = .goals
    case .rates: self = .rates
    case .department: self = .departments
    case .definition: self = .definitions
    case .actuals: self = .actuals
    case .action: self = .actions
    case .review: self = .reviews
    case .close: self = .closes
    case .proposal, .other: return nil
    }
  }
}

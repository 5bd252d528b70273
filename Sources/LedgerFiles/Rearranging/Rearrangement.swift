public import LedgerModel

/// Files to be changed because a KPI or a department goes somewhere else, or goes.
public struct Rearrangement {
  /// By path, the new bytes; nil where the file goes.
  public internal(set) var changes: [String: [UInt8]?] = [:]
  /// The KPIs that move: from, to.
  public internal(set) var moved: [(from: KPIID, to: KPIID)] = []
  /// Other files that name them and are changed along, or that stand in the way of a removal.
  public internal(set) var mentions: Set<String> = []
  /// KPIs that add up all KPIs of the old name, and so no longer this one.
  public internal(set) var left: Set<KPIID> = []
  /// KPIs that add up all KPIs of the new name, and so this one too.
  public internal(set) var joined: Set<KPIID> = []
  /// Where files that move will stand, by where they stand.
  public internal(set) var places: [String: String] = [:]
  let source: any LedgerSource

  private init(_ source: any LedgerSource) { self.source = source }

  /// A KPI under another id: its definition, which says what it was, its actuals, and every file that names it. Its
  /// proposals stay where they are: they are found through `was:`.
  /// - Throws: `EntryFault` where there is no such KPI, or the other id is not free.
  public static func moving(_ from: KPIID, to: KPIID, in source: any LedgerSource) throws(EntryFault) -> Rearrangement {
    guard from != to else { throw .same(from.description) }
    var plan = Rearrangement(source)
    try plan.move(from, to: to)
    if let other = LedgerView(source).claimant(of: to, besides: from) {
      throw EntryFault(
        "\(other) was called \(to) before, so that no other KPI can be.", hint: "Choose another id for \(from).")
    }
    plan.rename()
    return plan
  }

  /// A department under another id, with everything in it, its closes, and the departments below it.
  /// - Throws: `EntryFault` where there is no such department, or there is one of the other name.
  public static func moving(
    department from: String, to: String, in source: any LedgerSource
  ) throws(EntryFault) -> Rearrangement {
    guard source.names(in: "departments").contains(from + "/") else { throw .missing(department: from, in: source) }
    guard from != to else { throw .same(from) }
    guard !source.names(in: "departments").contains(to + "/") else {
      throw EntryFault(
        "There is a department \(to) already.", hint: "Move the KPIs one by one: kpi move \(from)/… \(to)/…")
    }
    var plan = Rearrangement(source)
    for id in kpis(of: from, in: source) {
      guard let new = KPIID(department: to, kpi: id.kpi) else { throw .badID(to) }
      try plan.move(id, to: new)
    }
    plan.moveFolder("departments/\(from)", to: "departments/\(to)")
    plan.moveFolder("closes/\(from)", to: "closes/\(to)")
    plan.renameParent(from, to: to)
    plan.rename()
    return plan
  }

  /// A KPI taken away, with its actuals; `mentions` are the files that would name what is no more.
  /// - Throws: `EntryFault` where there is no such KPI.
  public static func removing(_ id: KPIID, in source: any LedgerSource) throws(EntryFault) -> Rearrangement {
    guard source.contains(id.definitionPath) || source.contains(id.actualsPath) else { throw .missing(id, in: source) }
    var plan = Rearrangement(source)
    plan.remove([id])
    return plan
  }

  /// A department taken away, with everything in it.
  /// - Throws: `EntryFault` where there is no such department.
  public static func removing(department: String, in source: any LedgerSource) throws(EntryFault) -> Rearrangement {
    guard source.names(in: "departments").contains(department + "/") else {
      throw .missing(department: department, in: source)
    }
    var plan = Rearrangement(source)
    for path in paths(below: "departments/\(department)", in: source) { plan.changes[path] = .some(nil) }
    plan.remove(kpis(of: department, in: source))
    plan.mentions.formUnion(plan.otherDepartments(below: department))
    return plan
  }

  // MARK: Removing

  private mutating func remove(_ ids: [KPIID]) {
    for id in ids {
      for path in [id.definitionPath, id.actualsPath] where source.contains(path) { changes[path] = .some(nil) }
    }
    for path in Self.yamlFiles(in: source) where changes[path] == nil {
      guard let bytes = source.bytes(at: path), Self.mayName(ids, in: bytes),
        ids.contains(where: { KPIMentions.has($0, in: bytes, path: path) })
      else { continue }
      mentions.insert(path)
    }
  }

  // MARK: Files

  func otherDepartments(below department: String) -> [String] {
    source.names(in: "departments").filter { $0.hasSuffix("/") && $0 != department + "/" }.sorted().map {
      "departments/\($0)department.yaml"
    }.filter { path in
      source.bytes(at: path).map { YAMLDocument(parsing: $0).node(at: ["parent"])?.scalar?.text == department } ?? false
    }
  }

  /// Whether a file may name KPIs of one department: most do not, and are looked at no further.
  static func mayName(_ ids: [KPIID], in bytes: [UInt8]) -> Bool {
    ids.first.map { TextSearch.contains(Array("\($0.department)/".utf8), in: bytes) } ?? false
  }

  private static func kpis(of department: String, in source: any LedgerSource) -> [KPIID] {
    source.names(in: "departments/\(department)/kpis").sorted().compactMap {
      LedgerPath("departments/\(department)/kpis/\($0)").kpi
    }
  }

  static func yamlFiles(in source: any LedgerSource) -> [String] {
    source.names(in: "departments").filter { $0.hasSuffix("/") }.sorted().flatMap { department in
      ["kpis", "actions"].flatMap { kind in
        source.names(in: "departments/\(department)\(kind)").sorted().map { "departments/\(department)\(kind)/\($0)" }
      }
    }
  }

  static func paths(below folder: String, in source: any LedgerSource) -> [String] {
    source.names(in: folder).sorted().flatMap { name in
      name.hasSuffix("/") ? paths(below: "\(folder)/\(name.dropLast())", in: source) : ["\(folder)/\(name)"]
    }
  }
}

extension EntryFault {
  static func missing(_ id: KPIID, in source: any LedgerSource) -> EntryFault {
    let known = source.names(in: "departments").filter { $0.hasSuffix("/") }.flatMap { department in
      source.names(in: "departments/\(department)kpis").compactMap {
        LedgerPath("departments/\(department)kpis/\($0)").kpi?.description
      }
    }
    return EntryFault(
      "There is no KPI \(id)." + Suggestion.sentence(for: id.description, in: known), hint: "See them: kpi scorecard")
  }

  public static func missing(department: String, in source: any LedgerSource) -> EntryFault {
    let known = source.names(in: "departments").filter { $0.hasSuffix("/") }.map { String($0.dropLast()) }
    return EntryFault(
      "There is no department '\(department)'." + Suggestion.sentence(for: department, in: known),
      hint: known.isEmpty
        ? "Define a KPI in it first." : "Departments: \(known.sorted().prefix(20).joined(separator: ", "))")
  }

  static func same(_ id: String) -> EntryFault {
    EntryFault("\(id) is called that already.", hint: "Name the new id, as: kpi move sales/win-rate sales/hit-rate")
  }

  static func badID(_ text: String) -> EntryFault {
    EntryFault("'\(text)' is no id.", hint: "An id has small letters, digits and '-', as emea-sales.")
  }
}

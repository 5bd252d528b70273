public import LedgerModel

/// Files to be changed because a KPI or a department goes somewhere else, or goes.
public struct Rearrangement {
  /// By path, the new bytes; nil where the file goes.
  public private(set) var changes: [String: [UInt8]?] = [:]
  /// The KPIs that move: from, to.
  public private(set) var moved: [(from: KPIID, to: KPIID)] = []
  /// Other files that name them and are changed along, or that stand in the way of a removal.
  public private(set) var mentions: Set<String> = []
  private let source: any LedgerSource

  private init(_ source: any LedgerSource) { self.source = source }

  /// A KPI under another id: its definition, which says what it was, its actuals, and every file that names it. Its
  /// proposals stay where they are: they are found through `was:`.
  /// - Throws: `EntryFault` where there is no such KPI, or another one stands there.
  public static func moving(_ from: KPIID, to: KPIID, in source: any LedgerSource) throws(EntryFault) -> Rearrangement {
    var plan = Rearrangement(source)
    try plan.move(from, to: to)
    plan.rename(plan.moved)
    return plan
  }

  /// A department under another id, with everything in it, its closes, and the departments below it.
  /// - Throws: `EntryFault` where there is no such department, or there is one of the other name.
  public static func moving(
    department from: String, to: String, in source: any LedgerSource
  ) throws(EntryFault) -> Rearrangement {
    guard source.names(in: "departments").contains(from + "/") else { throw .missing(department: from, in: source) }
    guard !source.names(in: "departments").contains(to + "/") else {
      throw EntryFault(
        "There is a department \(to) already.", hint: "Move the KPIs one by one: kpi move \(from)/… \(to)/…")
    }
    var plan = Rearrangement(source)
    for id in Self.kpis(of: from, in: source) {
      guard let new = KPIID(department: to, kpi: id.kpi) else { throw .badID(to) }
      try plan.move(id, to: new)
    }
    for (folder, target) in [("departments/\(from)", "departments/\(to)"), ("closes/\(from)", "closes/\(to)")] {
      for path in Self.paths(below: folder, in: source) where plan.changes[path] == nil {
        guard let bytes = source.bytes(at: path) else { continue }
        plan.changes[path] = .some(nil)
        plan.changes[target + path.dropFirst(folder.count)] = bytes
      }
    }
    plan.renameParent(from, to: to)
    plan.rename(plan.moved)
    return plan
  }

  /// A KPI taken away, with its actuals; `mentions` are the files that would name what is no more.
  /// - Throws: `EntryFault` where there is no such KPI.
  public static func removing(_ id: KPIID, in source: any LedgerSource) throws(EntryFault) -> Rearrangement {
    var plan = Rearrangement(source)
    try plan.remove(id)
    return plan
  }

  /// A department taken away, with everything in it.
  /// - Throws: `EntryFault` where there is no such department.
  public static func removing(department: String, in source: any LedgerSource) throws(EntryFault) -> Rearrangement {
    guard source.names(in: "departments").contains(department + "/") else {
      throw .missing(department: department, in: source)
    }
    var plan = Rearrangement(source)
    for id in kpis(of: department, in: source) { try plan.remove(id) }
    for path in paths(below: "departments/\(department)", in: source) { plan.changes[path] = .some(nil) }
    for other in plan.otherDepartments(below: department) { plan.mentions.insert(other) }
    plan.mentions = plan.mentions.filter { plan.changes[$0] == nil }
    return plan
  }

  // MARK: Moving

  private mutating func move(_ from: KPIID, to: KPIID) throws(EntryFault) {
    guard let bytes = source.bytes(at: from.definitionPath) else { throw .missing(from, in: source) }
    guard !source.contains(to.definitionPath), !source.contains(to.actualsPath) else {
      throw EntryFault("\(to) is taken by another KPI.", hint: "Move or remove that one first, or choose another id.")
    }
    changes[from.definitionPath] = .some(nil)
    changes[to.definitionPath] = Self.saying(from, became: to, in: bytes)
    if let actuals = source.bytes(at: from.actualsPath) {
      changes[from.actualsPath] = .some(nil)
      changes[to.actualsPath] = actuals
    }
    moved.append((from, to))
  }

  /// The definition with the old id among its former ones, and without the new one, should it be going back.
  private static func saying(_ from: KPIID, became to: KPIID, in bytes: [UInt8]) -> [UInt8] {
    var editor = YAMLEditor(YAMLDocument(parsing: bytes))
    editor.removeItem(["was"], value: .string(to.description))
    if let items = editor.document.node(at: ["was"])?.items, !items.isEmpty {
      editor.insertItem(["was"], value: .string(from.description))
    } else {
      editor.set(["was"], to: .list([.string(from.description)]))
    }
    return editor.bytes
  }

  /// Puts the new ids into every file that names the old ones.
  private mutating func rename(_ moved: [(from: KPIID, to: KPIID)]) {
    for path in Self.yamlFiles(in: source) {
      let target = target(of: path)
      guard var bytes = changes[target] ?? source.bytes(at: path) else { continue }
      var isChanged = false
      for (from, to) in moved {
        guard let renamed = KPIMentions.replacing(from, with: to, in: bytes, path: path) else { continue }
        bytes = renamed
        isChanged = true
      }
      guard isChanged else { continue }
      changes[target] = bytes
      if target == path { mentions.insert(path) }
    }
  }

  /// Where a file will stand.
  private func target(of path: String) -> String {
    guard changes[path] == .some(nil), let id = LedgerPath(path).kpi,
      let new = moved.first(where: { $0.from == id })?.to
    else { return path }
    return path == id.definitionPath ? new.definitionPath : new.actualsPath
  }

  private mutating func renameParent(_ from: String, to: String) {
    for path in otherDepartments(below: from) {
      guard let bytes = source.bytes(at: path) else { continue }
      var editor = YAMLEditor(YAMLDocument(parsing: bytes))
      editor.set(["parent"], to: .string(to))
      changes[path] = editor.bytes
      mentions.insert(path)
    }
  }

  private func otherDepartments(below department: String) -> [String] {
    source.names(in: "departments").filter { $0.hasSuffix("/") && $0 != department + "/" }.sorted().map {
      "departments/\($0)department.yaml"
    }.filter { path in
      source.bytes(at: path).map { YAMLDocument(parsing: $0).node(at: ["parent"])?.scalar?.text == department } ?? false
    }
  }

  // MARK: Removing

  private mutating func remove(_ id: KPIID) throws(EntryFault) {
    guard source.contains(id.definitionPath) || source.contains(id.actualsPath) else { throw .missing(id, in: source) }
    for path in [id.definitionPath, id.actualsPath] where source.contains(path) { changes[path] = .some(nil) }
    for path in Self.yamlFiles(in: source) where path != id.definitionPath {
      guard let bytes = source.bytes(at: path), KPIMentions.has(id, in: bytes, path: path) else { continue }
      mentions.insert(path)
    }
  }

  // MARK: Files

  private static func kpis(of department: String, in source: any LedgerSource) -> [KPIID] {
    source.names(in: "departments/\(department)/kpis").sorted().compactMap {
      LedgerPath("departments/\(department)/kpis/\($0)").kpi
    }
  }

  private static func yamlFiles(in source: any LedgerSource) -> [String] {
    source.names(in: "departments").filter { $0.hasSuffix("/") }.sorted().flatMap { department in
      ["kpis", "actions"].flatMap { kind in
        source.names(in: "departments/\(department)\(kind)").sorted().map { "departments/\(department)\(kind)/\($0)" }
      }
    }
  }

  private static func paths(below folder: String, in source: any LedgerSource) -> [String] {
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

  static func missing(department: String, in source: any LedgerSource) -> EntryFault {
    let known = source.names(in: "departments").filter { $0.hasSuffix("/") }.map { String($0.dropLast()) }
    return EntryFault(
      "There is no department '\(department)'." + Suggestion.sentence(for: department, in: known),
      hint: known.isEmpty
        ? "Define a KPI in it first." : "Departments: \(known.sorted().prefix(20).joined(separator: ", "))")
  }

  static func badID(_ text: String) -> EntryFault {
    EntryFault("'\(text)' is no id.", hint: "An id has small letters, digits and '-', as emea-sales.")
  }
}

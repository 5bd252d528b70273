public import LedgerModel

/// What a check knows of a ledger: each file is read when it is first asked for, and once.
///
/// A view belongs to one thread; make one each to check in parallel.
public final class LedgerView {
  /// What became of something that was looked up.
  public enum Lookup<Value: Sendable>: Sendable {
    /// There is no such file.
    case absent
    /// There is a file, but it cannot be read.
    case unreadable
    case found(Value)

    /// What was found, or nil.
    public var value: Value? {
      if case .found(let value) = self { value } else { nil }
    }
  }

  public let source: any LedgerSource
  private var decoded: [String: Lookup<DecodedFile.Content>] = [:]
  private var folded: [String: [String: [String]]] = [:]
  private var departmentNames: [String]?
  private var sharing: [String: [KPIID]] = [:]

  /// A view of the files of a source.
  public init(_ source: any LedgerSource) { self.source = source }

  public var settings: Lookup<LedgerSettings> {
    look(at: "ledger.yaml") { if case .settings(let value) = $0 { value } else { nil } }
  }

  public var people: Lookup<People> {
    look(at: "people.yaml") { if case .people(let value) = $0 { value } else { nil } }
  }

  public var goals: Lookup<[String: Goal]> {
    look(at: "goals.yaml") { if case .goals(let value) = $0 { value } else { nil } }
  }

  /// A department by its id.
  public func department(_ id: String) -> Lookup<Department> {
    look(at: "departments/\(id)/department.yaml") { if case .department(let value) = $0 { value } else { nil } }
  }

  /// A definition by its id.
  public func definition(_ id: KPIID) -> Lookup<Definition> {
    look(at: id.definitionPath) { if case .definition(let value) = $0 { value } else { nil } }
  }

  /// Whether there is a definition of that id, readable or not.
  public func hasDefinition(_ id: KPIID) -> Bool {
    switch decoded[id.definitionPath] {
    case .found, .unreadable: true
    case .absent: false
    case nil: source.contains(id.definitionPath)
    }
  }

  /// The departments that have a folder, in order.
  public var departments: [String] {
    if let departmentNames { return departmentNames }
    let names = source.names(in: "departments").filter { $0.hasSuffix("/") }.map { String($0.dropLast()) }.sorted()
    departmentNames = names
    return names
  }

  /// The KPIs of one name in any department: what `"*/win-rate"` stands for.
  public func definitions(named kpi: String) -> [KPIID] {
    if let known = sharing[kpi] { return known }
    let found = departments.compactMap { KPIID(department: $0, kpi: kpi) }.filter { source.contains($0.definitionPath) }
    sharing[kpi] = found
    return found
  }

  /// The other names in a folder that some machines take for the given one.
  func namesLike(_ name: String, in folder: String) -> [String] {
    if folded[folder] == nil {
      let names = source.names(in: folder).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
      folded[folder] = Dictionary(grouping: names, by: FileName.folded)
    }
    let alike = folded[folder]?[FileName.folded(name)] ?? []
    return alike.filter { !$0.utf8.elementsEqual(name.utf8) }
  }

  /// Keeps what a file was found to mean, so that it is not read again.
  func remember(_ content: DecodedFile.Content?, at path: String) {
    decoded[path] = content.map { .found($0) } ?? .unreadable
  }

  private func look<Value: Sendable>(at path: String, as read: (DecodedFile.Content) -> Value?) -> Lookup<Value> {
    switch content(at: path) {
    case .absent: return .absent
    case .unreadable: return .unreadable
    case .found(let content): return read(content).map { .found($0) } ?? .unreadable
    }
  }

  private func content(at path: String) -> Lookup<DecodedFile.Content> {
    if let known = decoded[path] { return known }
    let kept = source.kept(path)
    if let kept, let known = kept.files.content(of: path, kept.content) {
      decoded[path] = known
      return known
    }
    guard let bytes = source.bytes(at: path) else {
      decoded[path] = .absent
      return .absent
    }
    remember(LedgerReader.decode(path: path, bytes: bytes).content, at: path)
    let content = decoded[path] ?? .unreadable
    if let kept { kept.files.keep(content, of: path, kept.content) }
    return content
  }
}

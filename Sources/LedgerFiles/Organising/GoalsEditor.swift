import Calculation
public import LedgerModel

/// Changes `goals.yaml`, and the goal that KPIs name, in place.
public struct GoalsEditor {
  /// Where the goals stand.
  public static let path = "goals.yaml"

  /// What the file says so far.
  public private(set) var goals: [String: Goal]
  private var editor: YAMLEditor
  private let view: LedgerView
  private var definitions: [String: [UInt8]] = [:]

  /// Begins with the file that a ledger has.
  /// - Throws: `EntryFault` where there is none that can be read.
  public init(_ view: LedgerView) throws(EntryFault) {
    guard let bytes = view.source.bytes(at: Self.path), let goals = view.goals.value else {
      throw EntryFault("goals.yaml is missing, or cannot be read.", hint: "See what is wrong: kpi check goals.yaml")
    }
    self.goals = goals
    self.view = view
    editor = YAMLEditor(YAMLDocument(parsing: bytes))
  }

  /// What is to be written, by path.
  public var files: [String: [UInt8]?] {
    var files: [String: [UInt8]?] = definitions.mapValues { $0 }
    files[Self.path] = editor.bytes
    return files
  }

  /// What is said of a goal; nil leaves a field as it is, an empty text clears it.
  public struct Fields: Sendable {
    public var name: String?
    public var parent: String?
    public var weight: String?
    public var owner: String?
    public var status: String?

    public init() {}
  }

  /// The goal of an id.
  /// - Throws: `EntryFault`, with the nearest id where there is one.
  public func goal(_ id: String) throws(EntryFault) -> Goal {
    if let goal = goals[id] { return goal }
    throw EntryFault(
      "There is no goal \"\(id)\" in goals.yaml." + Suggestion.sentence(for: id, in: goals.keys),
      hint: "See them: kpi goal. A new one: kpi goal add \(Slug.suggested(for: id) ?? "ID") --name …")
  }

  /// Adds a goal.
  public mutating func add(_ id: String, _ fields: Fields) throws(EntryFault) {
    guard Slug.isValid(id) else { throw .badID(id, of: "a goal") }
    guard goals[id] == nil else {
      throw EntryFault("There is a goal \(id) already.", hint: "Change it: kpi goal change \(id) …")
    }
    let values = try values(fields).filter { $0.value != nil }.map { ($0.name, $0.value ?? .null) }
    editor.set(["goals", id], to: .map(values))
    readAgain()
  }

  /// Changes fields of a goal.
  public mutating func change(_ id: String, _ fields: Fields) throws(EntryFault) {
    _ = try goal(id)
    var previous: String?
    for (name, value) in try values(fields) {
      if let value {
        editor.set(["goals", id, name], to: value, after: previous)
      } else {
        editor.remove(["goals", id, name])
      }
      if goals[id] != nil, value != nil { previous = name }
    }
    readAgain()
  }

  /// Takes a goal away. Its KPIs and the goals below it go to another one.
  /// - Parameter heir: the goal that gets them; nil where nothing is to be left over.
  /// - Throws: `EntryFault` that names what still serves it.
  public mutating func remove(_ id: String, heir: String?) throws(EntryFault) {
    _ = try goal(id)
    let (kpis, below) = (kpis(of: id), goals.values.filter { $0.parent == id }.map(\.id).sorted())
    if let heir {
      guard try goal(heir).id != id else {
        throw EntryFault("\(id) cannot hand its KPIs over to itself.", hint: "Name another goal: --move-to …")
      }
      for kpi in kpis { serve(heir, kpi) }
      let parent = Self.isBelow(heir, id, in: goals) ? goals[id]?.parent : heir
      for goal in below {
        let above = goal == heir ? goals[id]?.parent : parent == goal ? nil : heir
        if let above {
          editor.set(["goals", goal, "parent"], to: .string(above))
        } else {
          editor.remove(["goals", goal, "parent"])
        }
      }
    } else if !kpis.isEmpty || !below.isEmpty {
      let served = [
        Self.list(kpis.map(\.description), "KPI", "KPIs"), Self.list(below, "goal below it", "goals below it"),
      ].compactMap(\.self)
      throw EntryFault(
        "\(id) still has \(served.joined(separator: ", and ")).",
        hint: "Say which goal gets them: kpi goal remove \(id) --move-to GOAL")
    }
    editor.remove(["goals", id])
    readAgain()
  }

  /// The KPIs that serve a goal, in order.
  public func kpis(of goal: String) -> [KPIID] {
    view.kpis.filter { view.definition($0).value?.goal == goal }
  }

  /// The fields that are said, in the order in which they stand; a value of nil clears one.
  private func values(_ fields: Fields) throws(EntryFault) -> [(name: String, value: YAMLValue?)] {
    var values: [(name: String, value: YAMLValue?)] = []
    if let name = fields.name {
      guard name.contains(where: { !$0.isWhitespace }) else {
        throw EntryFault("A name is needed.", hint: "Say it: --name \"Grow revenue\"")
      }
      values.append(("name", .string(name)))
    }
    if let parent = fields.parent { values.append(("parent", parent.isEmpty ? nil : .string(try goal(parent).id))) }
    if let text = fields.weight {
      let weight = Quantity(text)
      guard text.isEmpty || weight.map({ $0 >= 0 }) == true else {
        throw EntryFault("'\(text)' is no weight.", hint: "A weight is a number from 0 up, as 2 or 0.5.")
      }
      values.append(("weight", weight.map(YAMLValue.number)))
    }
    if let owner = fields.owner {
      if let people = view.people.value, !owner.isEmpty, people.roles[owner] == nil {
        throw EntryFault(
          "There is no role \"\(owner)\" in people.yaml." + Suggestion.sentence(for: owner, in: people.roles.keys),
          hint: "See them: kpi people role. A new one: kpi people role add \(Slug.suggested(for: owner) ?? "ROLE") …")
      }
      values.append(("owner", owner.isEmpty ? nil : .string(owner)))
    }
    if let status = fields.status {
      guard status.isEmpty || Goal.StatusRule(rawValue: status) != nil else {
        throw EntryFault("'\(status)' is no way to make a goal's status.", hint: "It is weighted or worst-of.")
      }
      values.append(("status", status.isEmpty ? nil : .string(status)))
    }
    return values
  }

  private mutating func serve(_ goal: String, _ kpi: KPIID) {
    guard let bytes = view.source.bytes(at: kpi.definitionPath) else { return }
    var definition = YAMLEditor(YAMLDocument(parsing: bytes))
    definition.set(["goal"], to: .string(goal))
    definitions[kpi.definitionPath] = definition.bytes
  }

  private mutating func readAgain() {
    if case .goals(let read)? = LedgerReader.decode(path: Self.path, bytes: editor.bytes).content { goals = read }
  }

  /// Whether a goal lies below another one, at whatever depth.
  static func isBelow(_ goal: String, _ other: String, in goals: [String: Goal]) -> Bool {
    var (id, steps) = (goals[goal]?.parent, 0)
    while let above = id, steps <= goals.count {
      if above == other { return true }
      (id, steps) = (goals[above]?.parent, steps + 1)
    }
    return false
  }

  private static func list(_ names: [String], _ one: String, _ many: String) -> String? {
    guard !names.isEmpty else { return nil }
    return "\(names.count) \(names.count == 1 ? one : many) (\(names.prefix(5).joined(separator: ", "))"
      + (names.count > 5 ? " …)" : ")")
  }
}

import Calculation
import LedgerModel

/// `goals.yaml` to goals by id.
enum GoalsDecoder {
  private static let known = KnownFields(["goals"])
  private static let goalFields = KnownFields(["name", "parent", "weight", "owner", "status"])

  /// The goals that could be read; nil where the file is none at all.
  static func decode(_ reading: FileReading) -> [String: Goal]? {
    guard let fields = reading.root(of: "the goals", known: known) else { return nil }
    var goals: [String: Goal] = [:]
    for (entry, value) in fields.value("goals", missing: .error)?.group()?.members ?? [] {
      guard isID(entry, of: "a goal", reading) else { continue }
      goals[entry.key] = Goal(id: entry.key, name: entry.key)
      guard let fields = value.fields(goalFields) else { continue }
      let name = fields.value("name", missing: .error, hint: "what people call the goal")?.text()
      goals[entry.key] = Goal(
        id: entry.key, name: name ?? entry.key, parent: fields.value("parent")?.id(of: "a goal"),
        weight: fields.value("weight")?.number(from: 0) ?? 1, owner: fields.value("owner")?.id(of: "a role"),
        status: fields.value("status")?.choice(Goal.StatusRule.self) ?? .weighted)
    }
    return goals
  }
}

/// `departments/<dept>/department.yaml` to a `Department`.
enum DepartmentDecoder {
  private static let known = KnownFields(["name", "parent", "head", "members"])

  /// The department as far as it can be read; nil where the file is none at all.
  static func decode(_ reading: FileReading, id: String) -> Department? {
    guard let fields = reading.root(of: "a department", known: known) else { return nil }
    let name = fields.value("name", missing: .error, hint: "what people call the department")?.text()
    return Department(
      id: id, name: name ?? id, parent: fields.value("parent")?.id(of: "a department"),
      head: fields.value("head")?.id(of: "a role"),
      members: fields.value("members")?.list { $0.id(of: "a person") } ?? [])
  }
}

import LedgerModel

/// Changes a `department.yaml` in place, or begins one.
public struct DepartmentEditor {
  /// The department's id.
  public let id: String
  private let view: LedgerView
  private var editor: YAMLEditor

  /// Where the file stands.
  public var path: String { "departments/\(id)/department.yaml" }
  /// The file as changed so far.
  public var bytes: [UInt8] { editor.bytes }

  /// Begins with the file that a department has.
  /// - Throws: `EntryFault` where there is no such department, or its file cannot be read.
  public init(_ id: String, in view: LedgerView) throws(EntryFault) {
    let path = "departments/\(id)/department.yaml"
    guard view.departments.contains(id) else { throw .missing(department: id, in: view.source) }
    let bytes = view.source.bytes(at: path)
    if bytes != nil, view.department(id).value == nil {
      throw EntryFault("\(path) cannot be read.", hint: "See what is wrong: kpi check \(path)")
    }
    self.id = id
    self.view = view
    editor = YAMLEditor(YAMLDocument(parsing: bytes ?? Self.first(id)))
  }

  /// Begins a new department.
  /// - Throws: `EntryFault` where the id is no id, or taken.
  public init(new id: String, name: String, in view: LedgerView) throws(EntryFault) {
    guard Slug.isValid(id) else { throw .badID(id, of: "a department") }
    guard id != "company" else {
      throw EntryFault(
        "A department cannot be called company: that is what closes of the whole company are filed under.",
        hint: "Choose another id, as headquarters.")
    }
    guard view.source.bytes(at: "departments/\(id)/department.yaml") == nil else {
      throw EntryFault("There is a department \(id) already.", hint: "Change it: kpi department change \(id) …")
    }
    self.id = id
    self.view = view
    editor = YAMLEditor(YAMLDocument(parsing: []))
    try rename(to: name)
  }

  /// Gives it another name; the id stays.
  public mutating func rename(to name: String) throws(EntryFault) {
    guard name.contains(where: { !$0.isWhitespace }) else {
      throw EntryFault("A name is needed.", hint: "Say it: --name Sales")
    }
    editor.set(["name"], to: .string(name))
  }

  /// Puts it below another department; an empty text: below none.
  public mutating func setParent(_ parent: String) throws(EntryFault) {
    if parent.isEmpty { return editor.remove(["parent"]) }
    guard parent != id else {
      throw EntryFault("\(id) cannot lie below itself.", hint: "Name another department, or none: --parent \"\"")
    }
    guard view.departments.contains(parent) else { throw .missing(department: parent, in: view.source) }
    editor.set(["parent"], to: .string(parent), after: "name")
  }

  /// Names the role that heads it; an empty text: none, and the administrator stands in.
  public mutating func setHead(_ role: String) {
    if role.isEmpty { return editor.remove(["head"]) }
    editor.set(["head"], to: .string(role), after: editor.document.entry(at: ["parent"]) == nil ? "name" : "parent")
  }

  /// The ids of its members as they stand in the file.
  public var members: [String] {
    (editor.document.node(at: ["members"])?.items ?? []).compactMap { $0.value.scalar?.text }
  }

  /// Adds a member.
  /// - Returns: whether the person was none before.
  @discardableResult
  public mutating func addMember(_ person: String) -> Bool {
    guard !members.contains(person) else { return false }
    editor.insertItem(["members"], value: .string(person))
    return true
  }

  /// Takes a member away.
  /// - Returns: whether the person was one.
  @discardableResult
  public mutating func removeMember(_ person: String) -> Bool {
    let all = members
    guard all.contains(person) else { return false }
    for _ in all.filter({ $0 == person }) { editor.removeItem(["members"], value: .string(person)) }
    return true
  }

  private static func first(_ id: String) -> [UInt8] {
    let words = id.split(separator: "-").joined(separator: " ")
    return Array(YAMLWriter.text(.map([("name", .string(words.prefix(1).uppercased() + words.dropFirst()))])).utf8)
  }
}

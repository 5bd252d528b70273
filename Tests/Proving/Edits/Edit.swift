/// What somebody does to the files of a ledger, as one line says it. KPIs go by their first ids, wherever they are now.
enum Edit: Hashable, CustomStringConvertible {
  /// A top-level field of a definition.
  case field(String, String, String?)
  case target(String, String, String?)
  case element(String, String, Bool)
  case affected(String, String, String?)
  /// A comment behind a field.
  case comment(String, String, String?)
  /// The first two figures of a row.
  case row(String, String, String?)
  case note(String, String, String?)
  /// An input with its column: added with a figure in one row, renamed, removed.
  case addInput(String, String)
  case renameInput(String)
  case removeInput(String, String)
  /// A value in any YAML file.
  case value(String, [String], String?)
  case member(String, String, Bool)
  case cell(String, String?)
  case addColumn
  case renameColumn
  case removeColumn
  case remove(String)
  case make(String, isDraft: Bool)
  case makeActuals(String)
  case removeActuals(String)
  case removeDefinition(String)
  case move(String, to: String)
  case close(String, String)
  case reopen(String, String)
  case garble(String)
  /// A proposal made by hand.
  case forge(String, key: String, value: String, by: Person)

  var description: String {
    switch self {
    case .field(let kpi, let field, let value): "\(kpi) \(field) = \(value ?? "nothing")"
    case .target(let kpi, let period, let value): "\(kpi) targets.\(period) = \(value ?? "nothing")"
    case .element(let kpi, let id, let isThere): "\(kpi) leads_to \(isThere ? "has" : "has no") \(id)"
    case .affected(let kpi, let id, let ask): "\(kpi) affects.\(id) = \(ask ?? "nothing")"
    case .comment(let kpi, let field, let text): "\(kpi) comment of \(field) = \(text ?? "nothing")"
    case .row(let kpi, let period, let value): "\(kpi) row \(period) = \(value ?? "nothing")"
    case .note(let kpi, let period, let text): "\(kpi) note \(period) = \(text ?? "nothing")"
    case .addInput(let kpi, let figure): "\(kpi) has an input and column lost (\(figure))"
    case .renameInput(let kpi): "\(kpi) input and column won are called gained"
    case .removeInput(let kpi, let name): "\(kpi) input and column \(name) removed"
    case .value(let path, let key, let value): "\(path) \(key.joined(separator: ".")) = \(value ?? "nothing")"
    case .member(let department, let person, let isThere):
      "department \(department) has \(isThere ? "" : "no ")member \(person)"
    case .cell(let code, let value): "\(World.table) row \(code) = \(value ?? "nothing")"
    case .addColumn: "\(World.table) has a column extra"
    case .renameColumn: "\(World.table) column kind is called sort"
    case .removeColumn: "\(World.table) column extra removed"
    case .remove(let path): "remove \(path)"
    case .make(let id, let isDraft): "make \(isDraft ? "draft " : "")\(id)"
    case .makeActuals(let kpi): "make actuals of \(kpi)"
    case .removeActuals(let kpi): "remove actuals of \(kpi)"
    case .removeDefinition(let kpi): "remove definition of \(kpi)"
    case .move(let kpi, let id): "move \(kpi) to \(id)"
    case .close(let scope, let period): "close \(period) of \(scope)"
    case .reopen(let scope, let period): "reopen \(period) of \(scope)"
    case .garble(let path): "garble \(path)"
    case .forge(let path, let key, let value, let by): "forge a proposal of \(by): \(path) \(key) = \(value)"
    }
  }
}

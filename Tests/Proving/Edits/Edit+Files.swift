import LedgerFiles

extension Edit {
  /// Does it; false where it cannot be done.
  func apply(to pages: inout Pages, _ shelf: Shelf) -> Bool {
    switch self {
    case .field(let kpi, let field, let value):
      return yaml(definition(kpi, pages), &pages, shelf) { set(&$0, [field], value) }
    case .target(let kpi, let period, let value):
      return yaml(definition(kpi, pages), &pages, shelf) { set(&$0, ["targets", period], value) }
    case .element(let kpi, let id, let isThere):
      return yaml(definition(kpi, pages), &pages, shelf) { editor in
        editor.removeItem(["leads_to"], value: .string(id))
        if isThere { editor.insertItem(["leads_to"], value: .string(id)) }
      }
    case .affected(let kpi, let id, let ask):
      return yaml(definition(kpi, pages), &pages, shelf) { affect(&$0, id, ask) }
    case .comment(let kpi, let field, let text): return comment(definition(kpi, pages), field, text, &pages, shelf)
    case .row(let kpi, let period, let value): return row(kpi, period, value, &pages, shelf)
    case .note(let kpi, let period, let text):
      return table(actuals(kpi, pages), &pages, shelf) { table in
        guard let row = table.row(period), let column = table.column("note") else { return false }
        table.rows[row][column] = text ?? ""
        return true
      }
    case .addInput(let kpi, let figure): return addInput(kpi, figure, &pages, shelf)
    case .renameInput(let kpi): return renameInput(kpi, &pages, shelf)
    case .removeInput(let kpi, let name): return removeInput(kpi, name, &pages, shelf)
    case .value(let path, let key, let value): return yaml(path, &pages, shelf) { set(&$0, key, value) }
    case .member(let department, let person, let isThere):
      return yaml("departments/\(department)/department.yaml", &pages, shelf) { editor in
        editor.removeItem(["members"], value: .string(person))
        if isThere { editor.insertItem(["members"], value: .string(person)) }
      }
    case .cell(let code, let value): return cell(code, value, &pages, shelf)
    case .addColumn, .renameColumn, .removeColumn: return table(World.table, &pages, shelf, column)
    default: return applyToWhole(&pages, shelf)
    }
  }

  private func column(_ table: inout PlainTable) -> Bool {
    switch self {
    case .addColumn:
      guard table.column("extra") == nil else { return false }
      table.header.insert("extra", at: 1)
      for row in table.rows.indices { table.rows[row].insert("", at: 1) }
    case .renameColumn:
      guard let place = table.column("kind") else { return false }
      table.header[place] = "sort"
    default:
      guard let place = table.column("extra") else { return false }
      table.removeColumn(place)
    }
    return true
  }

  // MARK: Definitions

  /// Where a KPI's definition is now.
  func definition(_ kpi: String, _ pages: Pages) -> String? {
    World.ids[kpi, default: [kpi]].map(World.definition).first { pages[$0] != nil }
  }

  func actuals(_ kpi: String, _ pages: Pages) -> String? {
    World.ids[kpi, default: [kpi]].map(World.actuals).first { pages[$0] != nil }
  }

  func yaml(_ path: String?, _ pages: inout Pages, _ shelf: Shelf, _ edit: (inout YAMLEditor) -> Void) -> Bool {
    guard let path, let page = pages[path] else { return false }
    let document = YAMLDocument(parsing: page.bytes)
    guard document.root != nil, document.findings.isEmpty else { return false }
    var editor = YAMLEditor(document)
    edit(&editor)
    guard editor.bytes != page.bytes else { return false }
    pages[path] = shelf.page(editor.bytes)
    return true
  }

  func set(_ editor: inout YAMLEditor, _ path: [String], _ value: String?) {
    guard let value else { return editor.remove(path) }
    // A value is no map, and nothing stands below a value.
    for length in 1..<max(path.count, 1) where editor.document.node(at: Array(path.prefix(length))) == nil { return }
    let parsed = YAMLDocument(parsing: Array(value.utf8)).root.map { YAMLValue($0) }
    editor.set(path, to: parsed ?? .string(value))
  }

  private func affect(_ editor: inout YAMLEditor, _ id: String, _ ask: String?) {
    if case .list(let items)? = editor.document.node(at: ["affects"]).map({ YAMLValue($0) }),
      let old = items.first(where: { $0["kpi"] == .string(id) })
    {
      editor.removeItem(["affects"], value: old)
    }
    guard let ask else { return }
    editor.insertItem(
      ["affects"], value: .map([("kpi", .string(id)), ("when", .string("achievement > 110")), ("ask", .string(ask))]))
  }

  private func comment(
    _ path: String?, _ field: String, _ text: String?, _ pages: inout Pages, _ shelf: Shelf
  ) -> Bool {
    guard let path, let page = pages[path] else { return false }
    var isChanged = false
    let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard line.hasPrefix(field + ":") else { return String(line) }
      var kept = line.prefix { $0 != "#" }
      while kept.last == " " { kept.removeLast() }
      let new = text.map { "\(kept)  # \($0)" } ?? String(kept)
      if new != line { isChanged = true }
      return new
    }
    guard isChanged else { return false }
    pages[path] = shelf.page(Array(lines.joined(separator: "\n").utf8))
    return true
  }
}

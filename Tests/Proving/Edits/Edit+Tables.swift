import LedgerFiles

extension Edit {
  func table(
    _ path: String?, _ pages: inout Pages, _ shelf: Shelf, _ edit: (inout PlainTable) -> Bool
  ) -> Bool {
    guard let path, let page = pages[path], var table = PlainTable(page.bytes), edit(&table) else { return false }
    guard table.bytes != page.bytes else { return false }
    pages[path] = shelf.page(table.bytes)
    return true
  }

  func row(_ kpi: String, _ period: String, _ value: String?, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    table(actuals(kpi, pages), &pages, shelf) { table in
      let place = table.row(period)
      guard let value else {
        guard let place else { return false }
        table.rows.remove(at: place)
        return true
      }
      var row = place.map { table.rows[$0] } ?? [period] + table.header.dropFirst().map { _ in "" }
      let figures = value.split(separator: "/").map(String.init)
      let inputs = table.header.indices.dropFirst().filter {
        !["status", "note", "lost"].contains(table.header[$0])
      }
      for (column, figure) in zip(inputs, figures) { row[column] = figure }
      if let place { table.rows[place] = row } else { table.insert(row) }
      return true
    }
  }

  private var kinds: [String: String] { ["a": "x", "b": "x", "c": "y"] }

  func cell(_ code: String, _ value: String?, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    table(World.table, &pages, shelf) { table in
      guard let column = table.column("Value") else { return false }
      let place = table.row(code)
      if let place, let value {
        table.rows[place][column] = value
      } else if let place {
        table.rows.remove(at: place)
      } else if let value {
        let row = table.header.map {
          $0 == "code" ? code : $0 == "Value" ? value : $0 == "extra" ? "" : kinds[code] ?? "z"
        }
        table.insert(row)
      } else {
        return false
      }
      return true
    }
  }

  // MARK: Inputs and their columns

  func addInput(_ kpi: String, _ figure: String, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    let isAdded = table(actuals(kpi, pages), &pages, shelf) { table in
      guard table.column("lost") == nil, !table.rows.isEmpty, table.header.count > 2 else { return false }
      table.header.insert("lost", at: 2)
      for row in table.rows.indices { table.rows[row].insert(row == 0 ? figure : "", at: 2) }
      return true
    }
    guard isAdded else { return false }
    _ = yaml(definition(kpi, pages), &pages, shelf) { editor in
      editor.set(["inputs", "lost"], to: .map([("aggregate", .string("sum"))]))
    }
    return true
  }

  func renameInput(_ kpi: String, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    let isRenamed = table(actuals(kpi, pages), &pages, shelf) { table in
      guard let place = table.column("won") else { return false }
      table.header[place] = "gained"
      return true
    }
    guard isRenamed else { return false }
    _ = yaml(definition(kpi, pages), &pages, shelf) { editor in
      editor.remove(["inputs", "won"])
      editor.set(["inputs", "gained"], to: .map([("aggregate", .string("sum"))]))
      editor.set(["formula"], to: .string("gained / decided * 100"))
    }
    return true
  }

  func removeInput(_ kpi: String, _ name: String, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    let isRemoved = table(actuals(kpi, pages), &pages, shelf) { table in
      guard let place = table.column(name) else { return false }
      table.removeColumn(place)
      return true
    }
    guard isRemoved else { return false }
    _ = yaml(definition(kpi, pages), &pages, shelf) { $0.remove(["inputs", name]) }
    return true
  }
}

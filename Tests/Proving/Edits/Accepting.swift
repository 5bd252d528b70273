import LedgerFiles

/// What somebody does to the files who accepts a proposal.
enum Accepting {
  /// Puts what a proposal proposes into the files; false where it cannot be done or is there already.
  static func set(_ paper: Paper, in pages: inout Pages, _ shelf: Shelf) -> Bool {
    let path = World.paths(World.slot(paper.file)).first { pages[$0] != nil }
    if paper.key == "file" {
      guard let path, paper.value == nil else { return false }
      pages[path] = nil
      return true
    }
    if paper.key == "close" {
      guard path == nil, let proposed = paper.proposed, case .map = proposed else { return false }
      pages[paper.file] = shelf.page(Array((YAMLWriter.text(proposed) + "\n").utf8))
      return true
    }
    if paper.key == "place" {
      guard case .text(let id)? = paper.value, let first = World.id(of: World.slot(paper.file)),
        World.ids[first, default: []].contains(id)
      else { return false }
      return Edit.move(first, to: id).apply(to: &pages, shelf)
    }
    guard let path, let page = pages[path] else { return false }
    guard let bytes = bytes(paper, path, page), bytes != page.bytes else { return false }
    pages[path] = shelf.page(bytes)
    return true
  }

  private static func bytes(_ paper: Paper, _ path: String, _ page: Page) -> [UInt8]? {
    guard path.hasSuffix(".csv") else {
      return KeyEdit.setting(Key(paper.key), to: paper.proposed, in: page.bytes, path: path)
    }
    guard var table = PlainTable(page.bytes) else { return nil }
    if let name = paper.name(after: "note ") {
      guard let row = table.row(name), let column = table.column("note") else { return nil }
      table.rows[row][column] = paper.value?.plain ?? ""
      return table.bytes
    }
    guard let name = paper.name(after: "row ") else { return nil }
    let place = table.row(name)
    guard case .cells(let cells)? = paper.value else {
      guard let place else { return nil }
      table.rows.remove(at: place)
      return table.bytes
    }
    let old = place.map { table.rows[$0] }
    let row = table.header.enumerated().map { column, header -> String in
      if column == 0 { return name }
      if header == "note" { return old?[column] ?? "" }
      return cells[Sheet.column(header)] ?? (path == World.table && header != "Value" ? old?[column] ?? "" : "")
    }
    if let place { table.rows[place] = row } else { table.insert(row) }
    return table.bytes
  }
}

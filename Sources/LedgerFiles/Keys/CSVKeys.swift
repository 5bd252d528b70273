/// A CSV file as its keys: a column, a row's values and status together, a row's note.
public struct CSVKeys: KeyedDocument {
  /// The file as a table.
  public let table: CSVTable
  /// Which of its columns tell rows apart.
  public let layout: RowLayout
  /// The names that the columns had first, in the order of the header.
  public let columns: [String]
  /// The name by which each row goes, in the order of the rows: its key cells, numbered where one stands twice.
  public let rowNames: [String]
  /// The rows that have the key cells of one above them, with these cells.
  public let repeatedRows: [(row: Int, cells: String)]
  private let rowByName: [String: Int]
  private let reader: RowReader

  init(_ table: CSVTable, layout: RowLayout) {
    self.table = table
    self.layout = layout
    columns = table.header.map(layout.firstName)
    reader = RowReader(table: table, layout: layout, columns: columns)
    let found = reader.names()
    var names = found
    var places = [String: Int](minimumCapacity: found.count)
    var repeated: [String: Int] = [:]
    var repeatedRows: [(row: Int, cells: String)] = []
    for (row, name) in found.enumerated() {
      guard let first = places.updateValue(row, forKey: name) else { continue }
      places[name] = first
      var another = name
      while places[another] != nil {
        repeated[name, default: 1] += 1
        another = name + " (\(repeated[name] ?? 2))"
      }
      places[another] = row
      names[row] = another
      repeatedRows.append((row, name))
    }
    rowNames = names
    self.repeatedRows = repeatedRows
    rowByName = places
  }

  /// Reads bytes as a table; nil where they are none.
  public init?(_ bytes: [UInt8], layout: RowLayout, delimiter: UInt8) {
    let table = CSVTable(parsing: bytes, delimiter: delimiter)
    guard table.faults.isEmpty, table.headerRow != nil, !table.header.contains("") else { return nil }
    self.init(table, layout: layout)
  }

  public var bytes: [UInt8] { table.bytes }

  /// The place of a row by its name; nil where there is none.
  public func row(named name: String) -> Int? { rowByName[name] }

  public func keys(onLines lines: Set<Int>) -> [Key] {
    var keys = lines.contains(1) ? columns.map(Key.column) : []
    var (line, read) = (1, 0)
    for (row, name) in rowNames.enumerated() {
      let range = table.rows[row].range
      line += table.bytes[read..<range.lowerBound].count { $0 == 0x0A }
      read = range.lowerBound
      let last = line + table.bytes[range].dropLast().count { $0 == 0x0A }
      if lines.contains(where: { (line...last).contains($0) }) { keys += [.row(name), .note(name)] }
    }
    return keys
  }

  /// The place of a column, by the name that it had first.
  public func place(of column: String) -> Int? { columns.firstIndex(of: column) }

  /// What a row has in a column; nil where it is blank or there is no such row or column.
  public func cell(row name: String, column: String) -> YAMLValue? {
    guard let row = rowByName[name], let place = place(of: column) else { return nil }
    return reader.cell(row, place)
  }

  public var keys: [Key] {
    let rows = rowNames.enumerated().flatMap { row, name -> [Key] in
      reader.note(of: row).isEmpty ? [.row(name)] : [.row(name), .note(name)]
    }
    return columns.map(Key.column) + rows
  }

  public func value(_ key: Key) -> KeyValue? {
    if let name = key.row { return rowByName[name].map { KeyValue(.map(reader.cells(of: $0))) } }
    if let name = key.note {
      guard let row = rowByName[name] else { return nil }
      let note = reader.note(of: row)
      return note.isEmpty ? nil : KeyValue(.string(note))
    }
    guard let name = key.column, let place = place(of: name) else { return nil }
    return KeyValue(.string(table.header[place]))
  }

  /// Cells of a column that this version no longer has do not count: taking a column away is a change of the column,
  /// and the rows of somebody else must not be held for it.
  public func isSame(_ key: Key, as older: any KeyedDocument) -> Bool {
    guard let name = key.row, let other = older as? CSVKeys else { return value(key) == older.value(key) }
    guard let row = rowByName[name], let otherRow = other.rowByName[name] else {
      return rowByName[name] == nil && other.rowByName[name] == nil
    }
    return hasSameCells(row, as: otherRow, of: other)
  }

  private func hasSameCells(_ row: Int, as otherRow: Int, of other: CSVKeys) -> Bool {
    if isAlike(other), hasSameText(row, as: otherRow, of: other) { return true }
    let old =
      other.columns == columns ? other.cells(otherRow) : other.cells(otherRow).filter { columns.contains($0.key) }
    return YAMLValue.map(cells(row)) == YAMLValue.map(old)
  }

  private func cells(_ row: Int) -> [(key: String, value: YAMLValue)] { reader.cells(of: row) }

  /// Whether rows of the same text mean the same in both.
  private func isAlike(_ other: CSVKeys) -> Bool { table.header == other.table.header }

  private func hasSameText(_ row: Int, as otherRow: Int, of other: CSVKeys) -> Bool {
    bytes[table.rows[row].range] == other.bytes[other.table.rows[otherRow].range]
  }

  public func changedKeys(from older: any KeyedDocument) -> [Key] {
    guard let older = older as? CSVKeys else {
      return keys.filter { !isSame($0, as: older) } + older.keys.filter { value($0) == nil }
    }
    var changed = columns.map(Key.column).filter { !isSame($0, as: older) }
    var gone = older.columns.filter { place(of: $0) == nil }.map(Key.column)
    let isAlike = isAlike(older)
    for (row, name) in rowNames.enumerated() {
      let isAligned = row < older.rowNames.count && older.rowNames[row] == name
      guard let other = isAligned ? row : older.rowByName[name] else {
        changed.append(.row(name))
        if !reader.note(of: row).isEmpty { changed.append(.note(name)) }
        continue
      }
      if isAlike, hasSameText(row, as: other, of: older) { continue }
      if !hasSameCells(row, as: other, of: older) { changed.append(.row(name)) }
      let (note, oldNote) = (reader.note(of: row), older.reader.note(of: other))
      if note != oldNote {
        if note.isEmpty { gone.append(.note(name)) } else { changed.append(.note(name)) }
      }
    }
    for (row, name) in older.rowNames.enumerated() where rowByName[name] == nil {
      gone.append(.row(name))
      if !older.reader.note(of: row).isEmpty { gone.append(.note(name)) }
    }
    return changed + gone
  }

  public func inOrder(_ keys: [Key]) -> [Key] {
    let placed = keys.compactMap { key -> (place: Int, key: Key)? in
      if let name = key.row { return rowByName[name].map { (2 * $0, key) } }
      if let name = key.note { return rowByName[name].map { (2 * $0 + 1, key) } }
      return key.column.flatMap(place).map { ($0 - columns.count, key) }
    }
    return placed.sorted { $0.place < $1.place }.map(\.key)
  }

  public func read(_ bytes: [UInt8]) -> (any KeyedDocument)? {
    CSVKeys(bytes, layout: layout, delimiter: table.delimiter)
  }
}

/// Reads the cells of a row by what they mean.
private struct RowReader {
  let table: CSVTable
  let layout: RowLayout
  private let noteColumn: Int?
  private let keyColumns: [(index: Int, name: String)]
  private let valueColumns: [(index: Int, name: String)]

  init(table: CSVTable, layout: RowLayout, columns: [String]) {
    self.table = table
    self.layout = layout
    let all = columns.enumerated().map { (index: $0.offset, name: $0.element) }
    let note = layout.isActuals ? columns.firstIndex(of: "note") : nil
    noteColumn = note
    keyColumns =
      switch layout.key {
      case .named(let names): names.compactMap { name in all.first { $0.name == name } }
      case .allBut: all.filter { layout.isKey($0.name) }.sorted { $0.name < $1.name }
      }
    valueColumns = all.filter { !layout.isKey($0.name) && $0.index != note }
  }

  /// The key cells of each row, as `2026-03` or `2026-03,north`; with their columns' names where the file's kind does
  /// not say what its key is, blank cells left out, so that a column that somebody adds does not make other rows of all
  /// rows.
  func names() -> [String] {
    let tags = keyColumns.map { Array(($0.name + "=").utf8) }
    var name: [UInt8] = []
    return table.rows.map { row in
      name.removeAll(keepingCapacity: true)
      for (place, column) in keyColumns.enumerated() {
        let cell = column.index < row.fields.count ? keyCell(row.fields.lowerBound + column.index) : []
        if layout.isTagged && cell.isEmpty { continue }
        if layout.isTagged ? !name.isEmpty : place > 0 { name.append(UInt8(ascii: ",")) }
        if layout.isTagged { name += tags[place] }
        name += cell
      }
      return String(decoding: name, as: UTF8.self)
    }
  }

  /// A key cell as it stands in a name: trimmed, and in quotes where it has to be.
  private func keyCell(_ index: Int) -> ArraySlice<UInt8> {
    let field = table.fields[index]
    let bytes = table.bytes[field.content]
    guard let first = bytes.first, let last = bytes.last else { return bytes }
    let isPlain =
      first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80
      && bytes.allSatisfy { $0 != 0x2C && $0 != 0x22 && $0 != 0x0A && $0 != 0x0D }
    if isPlain { return bytes }
    let text = CSVText.trimmed(table.text(field))
    let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    return ArraySlice((needsQuotes ? CSVText.inQuotes(text) : text).utf8)
  }

  func cells(of row: Int) -> [(key: String, value: YAMLValue)] {
    valueColumns.compactMap { column in cell(row, column.index).map { (column.name, $0) } }
  }

  func cell(_ row: Int, _ column: Int) -> YAMLValue? {
    let text = trimmed(row, column)
    if text.isEmpty || layout.isActuals && text == "final" && table.header[column] == "status" { return nil }
    return CellMeaning.of(text)
  }

  func note(of row: Int) -> String { noteColumn.map { trimmed(row, $0) } ?? "" }

  private func trimmed(_ row: Int, _ column: Int) -> String {
    CSVText.trimmed(table.text(row: row, column: column))
  }
}

import LedgerFiles
import LedgerModel

/// What keys of one file need of each other to make a file at all: a note its row, a cell its column, a field no value
/// where another has fields. A change that would break it is held, whatever its own key's rule said.
extension MergeRun {
  func settleStructure(_ file: Int) throws {
    let target = files[file]
    guard !target.put.isEmpty else { return }
    if target.hub is CSVKeys || target.touches.contains(where: { $0.after is CSVKeys }) { try settleTable(file) }
    if target.hub is YAMLKeys || target.touches.contains(where: { $0.after is YAMLKeys }) { settlePaths(file) }
  }

  // MARK: CSV

  private func settleTable(_ file: Int) throws {
    let target = files[file]
    for key in target.put.keys.sorted() where key.note != nil { settleNote(file, key) }
    for key in target.put.keys.sorted() where key.row != nil { bringNote(file, key) }
    for key in target.put.keys.sorted() where key.column != nil && target.value(key) == nil {
      settleRemovedColumn(file, key)
    }
    try keepColumnsOfRows(file)
  }

  /// A note stands at its row: where one side removed the row and the other has a note there, the row stays if it was
  /// this merge that removed it, else the note is held.
  private func settleNote(_ file: Int, _ key: Key) {
    let target = files[file]
    guard let name = key.note, target.value(key) != nil, target.value(.row(name)) == nil else { return }
    hold(file, target.put[.row(name)] != nil ? .row(name) : key, because: .removedButChanged)
  }

  /// A row that comes back to the hub comes with its note.
  private func bringNote(_ file: Int, _ key: Key) {
    let target = files[file]
    guard let name = key.row, target.hubValue(key) == nil, let put = target.put[key], target.put[.note(name)] == nil,
      let touch = target.touches.first(where: { $0.commit == put.commit }), touch.value(.note(name)) != nil
    else { return }
    target.putInForce(.note(name), of: touch)
  }

  /// The removal of a column is held when the other side has changed a cell in it.
  private func settleRemovedColumn(_ file: Int, _ key: Key) {
    let target = files[file]
    guard let name = key.column, let commit = target.put[key]?.commit,
      let fork = target.touches.first(where: { $0.commit == commit })?.fork as? CSVKeys
    else { return }
    var rows = Set(target.put.keys.compactMap(\.row))
    if let hub = target.hub as? CSVKeys { rows.formUnion(hub.rowNames) }
    let isNeeded = rows.contains { row in
      guard let cell = (target.source(of: .row(row)) as? CSVKeys)?.cell(row: row, column: name) else { return false }
      return fork.cell(row: row, column: name) != cell
    }
    if isNeeded { hold(file, key, because: .removedButChanged) }
  }

  /// A column that was removed comes back with a row that has a changed cell in it, and the removal is held.
  private func keepColumnsOfRows(_ file: Int) throws {
    let target = files[file]
    for (key, put) in target.put.sorted(by: { $0.key < $1.key }) {
      guard let name = key.row ?? key.note, let source = put.source as? CSVKeys,
        let touch = target.touches.first(where: { $0.commit == put.commit })
      else { continue }
      for column in source.columns where target.value(.column(column)) == nil {
        let cell = source.cell(row: name, column: column)
        if cell != nil, cell != (touch.fork as? CSVKeys)?.cell(row: name, column: column) {
          try bringBack(.column(column), file, with: touch)
        }
      }
    }
  }

  private func bringBack(_ column: Key, _ file: Int, with touch: FileLine.Touch) throws {
    let target = files[file]
    if target.put[column] != nil { hold(file, column, because: .removedButChanged) }
    guard target.value(column) == nil else { return }
    if touch.forkValue(column) == nil || target.hub == nil {
      target.putInForce(column, of: touch)
    } else {
      try displace(file, column, because: .removedButChanged)
      target.revive(column, of: touch)
    }
  }

  // MARK: YAML

  /// Where one side made a value of a field and the other made fields below it, the hub's stands.
  private func settlePaths(_ file: Int) {
    let target = files[file]
    while let clash = firstClash(in: target) {
      if target.value(clash.above)?.meaning.isEmptyCollection == true {
        target.fill(clash.above)
      } else {
        hold(file, target.put[clash.above] != nil ? clash.above : clash.below, because: .changedOnBothSides)
      }
    }
  }

  private func firstClash(in target: FileLine) -> (above: Key, below: Key)? {
    let hubsKeys = target.hub?.keys ?? []
    let keys = Set(hubsKeys).union(target.put.keys).filter { target.value($0) != nil }
    for key in keys.sorted() {
      for above in key.holders where keys.contains(above) && (target.put[above] != nil || target.put[key] != nil) {
        return (above, key)
      }
    }
    return nil
  }
}

extension Key {
  /// The keys of the fields in which this one stands, the nearest first: of `targets.2026` and of `leads_to has a/b`
  /// these are `targets` and `leads_to`.
  var holders: [Key] {
    var ends: [String.Index] = []
    var isQuoted = false
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if character == "\"" && !isEscaped { isQuoted.toggle() }
      isEscaped = character == "\\" && !isEscaped
      guard !isQuoted else { continue }
      if character == "." { ends.append(index) }
      if character == " " {
        if text[index...].hasPrefix(" has ") { ends.append(index) }
        break
      }
    }
    return ends.reversed().map { Key(String(text[..<$0])) }
  }
}

import LedgerFiles
import LedgerModel

/// What keys of one file need of each other to make a file at all: a note its row, a cell its column, a field no value
/// where another has fields. A change that would break it is held, whatever its own key's rule said.
extension MergeRun {
  func settleStructure(_ file: Int) {
    settleRows(file)
    settlePaths(file)
  }

  // MARK: CSV

  private func settleRows(_ file: Int) {
    let target = files[file]
    guard target.hub is CSVKeys || target.touches.contains(where: { $0.after is CSVKeys }) else { return }
    for key in target.put.keys.sorted() {
      if let name = key.rest(of: "note ") { settleNote(file, key, name) }
    }
    for key in target.put.keys.sorted() where key.rest(of: "column ") != nil && target.value(key) == nil {
      settleRemovedColumn(file, key)
    }
    keepColumnsOfRows(file)
  }

  /// A note stands at its row: where one side removed the row and the other has a note there, the row stays if it was
  /// this merge that removed it, else the note is held.
  private func settleNote(_ file: Int, _ key: Key, _ name: String) {
    let target = files[file]
    let row = Key.row(name)
    guard target.value(key) != nil, target.value(row) == nil else { return }
    hold(file, target.put[row] != nil ? row : key, because: .removedButChanged)
  }

  /// The removal of a column is held when the other side has changed a cell in it.
  private func settleRemovedColumn(_ file: Int, _ key: Key) {
    let target = files[file]
    guard let name = key.rest(of: "column "), let commit = target.put[key]?.commit,
      let fork = target.touches.first(where: { $0.commit == commit })?.fork as? CSVKeys
    else { return }
    let rows = Set(target.hub?.keys ?? []).union(target.put.keys).filter { $0.rest(of: "row ") != nil }
    let isNeeded = rows.contains { row in
      guard let cell = target.value(row)?.meaning[name] else { return false }
      return fork.values[row]?.meaning[name] != cell
    }
    if isNeeded { hold(file, key, because: .removedButChanged) }
  }

  /// A column that the hub removed comes back with a row that has a value in it.
  private func keepColumnsOfRows(_ file: Int) {
    let target = files[file]
    for (row, put) in target.put.sorted(by: { $0.key < $1.key }) where row.rest(of: "row ") != nil {
      guard case .map(let cells)? = target.value(row)?.meaning else { continue }
      for cell in cells where target.value(.column(cell.key)) == nil {
        guard let touch = target.touches.first(where: { $0.commit == put.commit }) else { continue }
        if target.put[.column(cell.key)] != nil { target.takeBack(.column(cell.key)) }
        if target.value(.column(cell.key)) == nil { target.putInForce(.column(cell.key), of: touch) }
      }
    }
    for note in target.put.keys where note.rest(of: "note ") != nil && target.value(note) != nil {
      guard target.value(.column("note")) == nil, let commit = target.put[note]?.commit,
        let touch = target.touches.first(where: { $0.commit == commit })
      else { continue }
      target.putInForce(.column("note"), of: touch)
    }
  }

  // MARK: YAML

  /// Where one side made a value of a field and the other made fields below it, the hub's stands.
  private func settlePaths(_ file: Int) {
    let target = files[file]
    guard target.hub is YAMLKeys || target.touches.contains(where: { $0.after is YAMLKeys }) else { return }
    while let clash = firstClash(in: target) {
      if target.put[clash.above] != nil || isEmpty(target.value(clash.above)) {
        drop(file, clash.above)
      } else {
        hold(file, clash.below, because: .changedOnBothSides)
      }
    }
  }

  private func firstClash(in target: FileLine) -> (above: Key, below: Key)? {
    guard target.put.contains(where: { target.hubValue($0.key) == nil }) || target.hub == nil else { return nil }
    let keys = Set(target.hub?.keys ?? []).union(target.put.keys).filter { target.value($0) != nil }
    for key in keys.sorted() {
      var text = key.text[...]
      while let dot = text.lastIndex(of: ".") {
        text = text[..<dot]
        let above = Key(String(text))
        if keys.contains(above), target.put[above] != nil || target.put[key] != nil { return (above, key) }
      }
    }
    return nil
  }

  private func isEmpty(_ value: KeyValue?) -> Bool {
    switch value?.meaning {
    case .map(let fields)?: fields.isEmpty
    case .null?: true
    default: false
    }
  }

  /// Takes an emptied map away where fields are, or holds the value that stands in their place.
  private func drop(_ file: Int, _ key: Key) {
    let target = files[file]
    if isEmpty(target.value(key)) {
      target.putNothing(key)
    } else {
      hold(file, key, because: .changedOnBothSides)
    }
  }
}

import Chance

/// A CSV text of unknown kind made up for a test, with values in its last column, of which a copy can be edited: rows,
/// cells and columns, by people who do not always look whether a row is there already.
struct GeneratedTable {
  var columns: [String]
  var rows: [[String: String]]
  var endsWithBreak = true

  private static let regions = ["North", "South", "Port, east", "Old \"town\"", ""]
  private static let units = ["Percent", "Trips"]

  static func make(_ dice: inout Dice) -> GeneratedTable {
    var table = GeneratedTable(columns: ["Year", "Region", "Units", "Value"], rows: [])
    for year in 2020..<(2021 + dice.below(4)) {
      for region in regions where dice.chance(0.6) { table.rows.append(row(year, region, &dice)) }
    }
    table.endsWithBreak = dice.chance(0.8)
    return table
  }

  private static func row(_ year: Int, _ region: String, _ dice: inout Dice) -> [String: String] {
    ["Year": "\(year)", "Region": region, "Units": dice.pick(units), "Value": "\(dice.below(900)).\(dice.below(9))"]
  }

  func edited(_ dice: inout Dice) -> GeneratedTable {
    var copy = self
    for _ in 0..<dice.below(6) { copy.editRows(&dice) }
    if dice.chance(0.4) { copy.editColumns(&dice) }
    return copy
  }

  private mutating func editRows(_ dice: inout Dice) {
    let index = rows.isEmpty ? 0 : dice.below(rows.count)
    switch dice.below(8) {
    case 0..<3 where !rows.isEmpty: rows[index]["Value"] = dice.chance(0.9) ? "\(dice.below(9000))" : ""
    case 3 where !rows.isEmpty: rows[index][dice.pick(columns)] = dice.pick(["Trips", "2020", "late", "1.0"])
    case 4 where !rows.isEmpty: rows.remove(at: index)
    case 5: rows.append(Self.row(2024 + dice.below(2), dice.pick(Self.regions), &dice))
    case 6: rows.insert(Self.row(2021, dice.pick(Self.regions), &dice), at: index)
    case 7 where !rows.isEmpty && dice.chance(0.3): rows.append(rows[index])
    default: break
    }
  }

  private mutating func editColumns(_ dice: inout Dice) {
    let index = dice.below(columns.count)
    switch dice.below(5) {
    case 0:
      let name = dice.pick(["Age", "Sex", "Note"])
      columns.insert(name, at: dice.below(columns.count + 1))
      for row in rows.indices where dice.chance(0.5) { rows[row][name] = dice.pick(["18+", "all", "(e)"]) }
    case 1 where columns.count > 2: columns.remove(at: index)
    case 2: rename(columns[index], to: columns[index] + dice.pick(["s", " (new)"]))
    case 3: columns.shuffle(using: &dice)
    default: columns.swapAt(index, columns.count - 1)
    }
  }

  private mutating func rename(_ old: String, to new: String) {
    columns = columns.map { $0 == old ? new : $0 }
    for row in rows.indices { rows[row][new] = rows[row].removeValue(forKey: old) }
  }

  var bytes: [UInt8] {
    let lines = [columns] + rows.map { row in columns.map { row[$0] ?? "" } }
    return Array((lines.map { $0.map(cell).joined(separator: ",") }.joined(separator: "\n") + end).utf8)
  }

  private var end: String { endsWithBreak ? "\n" : "" }

  private func cell(_ text: String) -> String {
    guard text.contains(where: { ",\"".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

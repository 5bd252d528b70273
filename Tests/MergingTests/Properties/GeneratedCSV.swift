import Chance

/// A CSV text made up for a test: actuals with a dimension now and then, of which a copy can be edited.
struct GeneratedCSV {
  var columns: [String]
  var rows: [[String: String]]
  var isWindows = false
  var isQuoted = false
  var endsWithBreak = true

  static func make(_ dice: inout Dice) -> GeneratedCSV {
    var columns = ["period", "won", "decided"]
    if dice.chance(0.6) { columns += ["status", "note"] }
    var rows: [[String: String]] = []
    for month in 1...12 where dice.chance(0.6) {
      rows.append(row("2026-" + (month < 10 ? "0" : "") + "\(month)", &dice))
    }
    return GeneratedCSV(
      columns: columns, rows: rows, isWindows: dice.chance(0.2), isQuoted: dice.chance(0.2),
      endsWithBreak: dice.chance(0.9))
  }

  private static func row(_ period: String, _ dice: inout Dice) -> [String: String] {
    [
      "period": period, "won": "\(dice.below(900))", "decided": dice.chance(0.9) ? "\(dice.below(900))" : "",
      "status": dice.pick(["", "", "provisional", "estimated"]),
      "note": dice.pick(["", "", "", "late, again", "see \"A\""]),
      "lost": "\(dice.below(90))",
    ]
  }

  func edited(_ dice: inout Dice) -> GeneratedCSV {
    var copy = self
    for _ in 0..<dice.below(5) { copy.editOnce(&dice) }
    if dice.chance(0.1) { copy.isQuoted.toggle() }
    if dice.chance(0.1) { copy.isWindows.toggle() }
    if dice.chance(0.1) { copy.columns = ["period"] + copy.columns.dropFirst().shuffled(using: &dice) }
    return copy
  }

  private mutating func editOnce(_ dice: inout Dice) {
    let index = rows.isEmpty ? 0 : dice.below(rows.count)
    switch dice.below(10) {
    case 0..<4 where !rows.isEmpty: rows[index][dice.pick(["won", "decided", "status"])] = "\(dice.below(9000))"
    case 4 where !rows.isEmpty: rows[index]["note"] = "note \(dice.below(1000))"
    case 5 where !rows.isEmpty: rows.remove(at: index)
    case 6, 7:
      let month = 1 + dice.below(12)
      let period = "2027-" + (month < 10 ? "0" : "") + "\(month)"
      guard !rows.contains(where: { $0["period"] == period }) else { return }
      rows.append(Self.row(period, &dice))
    case 8 where !columns.contains("lost"): columns.insert("lost", at: 1 + dice.below(columns.count))
    case 9 where dice.chance(0.3): columns.removeAll { $0 == dice.pick(["decided", "status"]) }
    default: break
    }
  }

  var bytes: [UInt8] {
    let lines = [columns] + rows.map { row in columns.map { row[$0] ?? "" } }
    var text = lines.map { $0.map(cell).joined(separator: ",") }.joined(separator: isWindows ? "\r\n" : "\n")
    if endsWithBreak { text += isWindows ? "\r\n" : "\n" }
    return Array(text.utf8)
  }

  private func cell(_ text: String) -> String {
    guard isQuoted && !text.isEmpty || text.contains(where: { ",\"".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

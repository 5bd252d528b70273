import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel

/// Rows that were recorded under an earlier definition, in words for whoever answers for the data.
enum EarlierText {
  /// How many are named.
  private static let most = 20

  static func line(_ row: EarlierRecording) -> String {
    let changed = row.changed.map { "\($0.by.name) changed the calculation on \(TimeText.date($0.at.seconds))" }
    return "\(name(row)) was recorded under an earlier definition: \(row.recorded.by.name) entered it on "
      + "\(TimeText.date(row.recorded.at.seconds)), and \(changed ?? "the calculation was changed") without having "
      + "seen it. If it holds under the new one, the data owner confirms it: \(command(row))"
  }

  /// What a sync has to say of the rows that met another calculation.
  static func printMet(_ rows: [EarlierRecording]) {
    guard !rows.isEmpty else { return }
    let what = rows.count == 1 ? "1 row was" : "\(rows.count) rows were"
    Console.print("\(what) recorded under an earlier definition; the calculation was changed meanwhile:")
    for row in rows.prefix(most) {
      let changed = row.changed.map { ", \($0.by.name) changed the calculation" } ?? ""
      Console.print("  \(row.kpi), \(name(row)): recorded by \(row.recorded.by.name)\(changed)")
    }
    if rows.count > most { Console.print("  and \(rows.count - most) more; 'kpi show' lists those of a KPI") }
    Console.print(
      "Each counts, and stays marked until the data owner records it again, or confirms it: \(command(rows[0]))")
  }

  static func write(_ row: EarlierRecording, to json: inout JSONWriter) {
    json.object { json in
      json.field("row", row.row)
      json.field("by", row.recorded.by.description)
      json.field("at", TimeText.utc(row.recorded.at.seconds))
      json.field("commit", row.recorded.commit.description)
      json.field("changed_by", row.changed?.by.description)
      json.field("changed_in", row.changed?.commit.description)
    }
  }

  private static func name(_ row: EarlierRecording) -> String {
    row.row.split(separator: ",").joined(separator: " ")
  }

  private static func command(_ row: EarlierRecording) -> String {
    let dimensions = row.dimensions.map { dimension in
      let pair = "\(dimension.name)=\(dimension.value)"
      return " " + (pair.contains(" ") ? "'\(pair)'" : pair)
    }.joined()
    return "kpi record \(row.kpi) \(row.period)\(dimensions) --confirm"
  }
}

import Foundation
import Testing

/// One of the twelve versions of a district council's KPIs.
///
/// It has a quarter and the one before it, and the year before; the last version is a quarter later. A version is all
/// there is, so that what it leaves blank is taken away.
struct HartVersion {
  /// What a column means: a KPI's value in a period, or its target.
  struct Cell: Hashable {
    let code: String
    let period: String
    var isTarget = false

    /// The KPI's id in its department: the year before is a KPI of its own.
    var kpi: String {
      let code = code.lowercased()
      return period == "2013" ? code.replacing(/[0-9]+/) { "-year-\($0.output)" } : code
    }
  }

  let path: String
  let rows: [[String: Any]]
  let columns: [(name: String, period: String, isTarget: Bool)]

  init(_ path: String) throws {
    self.path = path
    let data = try Data(contentsOf: URL(filePath: path))
    rows = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    let isLater = path.contains("2014-11")
    columns = [
      ("last_year", "2013", false), ("last_quarter", isLater ? "2014-Q1" : "2013-Q4", false),
      ("this_quarter", isLater ? "2014-Q2" : "2014-Q1", false), ("target", "2014", true),
    ]
  }

  /// The day on which it was published, as its name says.
  var day: String { String((path.split(separator: "/").last ?? "").dropFirst("kpis_".count).prefix(10)) }

  /// What it says; nil where it is blank.
  var cells: [Cell: Double?] {
    var cells: [Cell: Double?] = [:]
    for row in rows {
      for column in columns {
        let cell = Cell(code: row["code"] as? String ?? "", period: column.period, isTarget: column.isTarget)
        cells[cell] = .some(row[column.name] as? Double)
      }
    }
    return cells
  }

  /// The map of the quarters, or of the year before, which are KPIs of their own.
  func map(ofYear: Bool) -> String {
    let wide = columns.filter { ($0.name == "last_year") == ofYear }.map { column in
      "  - {columns: \(column.name), holds: \(column.isTarget ? "target" : "value"), period: \(column.period)}\n"
    }
    let departments = Set(rows.compactMap { $0["department"] as? String }).sorted().map { name in
      let words = name.lowercased().split { !$0.isLetter }
      return "  \"\(name)\": \(words.joined(separator: "-"))\n"
    }
    let families = Set(rows.compactMap { ($0["code"] as? String)?.prefix { $0.isLetter } }).sorted()
    let replaced = families.map { "\"\($0)\": \"\($0) year \"" }.joined(separator: ", ")
    return "columns: {department: department, kpi: code, name: name}\nwide:\n" + wide.joined() + "departments:\n"
      + departments.joined() + (ofYear ? "kpis: {replace: {\(replaced)}}\n" : "")
      + "blank_cells: clear\nnumbers: point\n"
      + "set: {inputs: {value: {aggregate: mean}}, profile: snapshot}\n"
  }
}

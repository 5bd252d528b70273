import Calculation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

@testable import History

extension Past {
  /// The restatement triangle of a KPI, by a walk over the history.
  func triangle(
    _ tip: ObjectID, of id: KPIID = WinRate.id, hub: ObjectID? = nil, _ measure: RestatementTriangle.Measure = .figure
  ) throws -> RestatementTriangle {
    let view = LedgerView(TreeSource(objects, tree: try objects.commit(tip).tree))
    let reader = TriangleReader(objects) { kpis in try self.audit(tip, hub: hub) { $0.kpis = kpis } }
    return try reader.triangle(of: id, formerly: view.definition(id).value?.was ?? [], measure, endingAt: tip)
  }
}

extension RestatementTriangle {
  /// A line a row, as `2026-01: 30 | 35* | -`: `p` and `e` behind what is not final.
  var lines: [String] {
    rows.map { row in
      let cells = vintages.indices.map { vintage -> String in
        let sign = cell(row, in: vintage)?.status.sign ?? ""
        let mark = revision(of: row, in: vintage)?.isOfValue ?? false ? "*" : ""
        return (cell(row, in: vintage)?.value.description ?? "-") + sign + mark
      }
      return "\(row.title): " + cells.joined(separator: " | ")
    }
  }

  /// As `2026-01 30 -> 35 by Ana: booked late`, a line a restatement.
  var told: [String] {
    restatements.map { change in
      let who = change.entry.map { "\($0.by.name.prefix(3)): \($0.message)" } ?? "nobody"
      return
        "\(change.row.title) \(change.from?.value.description ?? "-") -> \(change.to?.value.description ?? "-") by \(who)"
    }
  }
}

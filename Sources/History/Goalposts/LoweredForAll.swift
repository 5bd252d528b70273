import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// The thresholds of a whole ledger across one commit of the main line, and how many KPIs they had been red by.
struct LoweredForAll {
  let old: Thresholds
  let new: Thresholds
  private let place: SyncPlace
  private let objects: ObjectDatabase

  init(_ place: SyncPlace, _ objects: ObjectDatabase) {
    func thresholds(_ tree: ObjectID) -> Thresholds {
      LedgerView(TreeSource(objects, tree: tree)).settings.value?.thresholds ?? .standard
    }
    (old, new) = (thresholds(place.oldTree), thresholds(place.tree))
    (self.place, self.objects) = (place, objects)
  }

  var isLowered: Bool { new.green < old.green || new.amber < old.amber }

  /// The KPIs without thresholds of their own that were red in the period that was running, else in the one before it.
  /// Reads the whole ledger.
  func redCount() throws -> Int {
    let ledger = try LedgerTree(place.oldTree, in: objects).ledger
    let concerned = ledger.definitions.values.filter { $0.kind == .kpi && $0.status == .active && $0.thresholds == nil }
    var red = 0
    for (kind, definitions) in Dictionary(grouping: concerned, by: \.calculation.period) {
      let running = ledger.settings.calendar.period(kind, containing: place.day)
      var lines = [running, running.previous].map { KPILines(of: ledger, for: $0, asOf: place.day) }
      red += definitions.count { definition in
        lines.indices.contains { index in
          lines[index].line(of: definition.id).map { PeriodFigures($0).isRed } ?? false
        }
      }
    }
    return red
  }
}

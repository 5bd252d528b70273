import Calculation
import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// What decisions about proposals do to the scores, against the files as they are in the folder.
struct SettlingImpact {
  private let desk: LedgerDesk
  private let impact: Impact

  init(_ desk: LedgerDesk, limits: Impact.Limits) {
    self.desk = desk
    impact = ImpactText.impact(in: desk.clone, limits: limits)
  }

  /// What changing these files does; nil where that cannot be found out.
  /// - Parameter files: by path, the new bytes; nil deletes
  func outcome(of files: [String: [UInt8]?]) -> Impact.Outcome? {
    let clone = desk.clone
    guard let tip = try? LedgerVersion.newest(of: clone).commit.tree else { return nil }
    let now = files.keys.reduce(into: [String: FileVersion]()) { now, path in
      now[path] = desk.bytes(path).map { .bytes($0) } ?? .removed
    }
    let then = files.mapValues { $0.map { FileVersion.bytes($0) } ?? .removed }
    let objects = clone.repository.objects
    guard let before = try? TreeEdits.write(now, onto: tip, to: objects),
      let after = try? TreeEdits.write(then, onto: before, to: objects)
    else { return nil }
    return try? impact.between(before, after)
  }

  /// What accepting a proposal would do; nil where it cannot be accepted by itself.
  func accepting(_ waiting: WaitingProposal) -> Impact.Outcome? {
    var settled = SettledFiles(desk, deciding: [waiting])
    guard (try? settled.take(waiting, .some(waiting.proposed))) != nil else { return nil }
    return outcome(of: settled.files)
  }
}

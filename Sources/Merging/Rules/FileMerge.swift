import LedgerFiles
import LedgerModel
import Policy

/// DESIGN section 5 on three versions of one file that are in no repository, as if everybody had authority:
/// `kpi merge-file`.
public struct FileMerge {
  /// The merged file.
  public let bytes: [UInt8]
  /// What the merge could not put in force.
  public let held: [HeldChange]

  /// Merges what `local` made of `base` onto `hub`.
  /// - Parameters:
  ///   - path: where the file stands in a ledger, or any name: its ending says how it is read.
  ///   - key: for CSV, the columns that tell rows apart; nil takes what the path says, else all but `Value`.
  public init(path: String, base: [UInt8], hub: [UInt8], local: [UInt8], key: [String]? = nil) throws {
    let history = MemoryHistory()
    let nobody = Author(name: "", email: "")
    let fork = history.add([path: base], parents: [], author: nobody)
    let theirs = history.add([path: hub], parents: [fork], author: nobody)
    let ours = history.add([path: local], parents: [fork], author: nobody)
    let merge = Merge(
      history: history, authority: { _ in EverybodysAuthority() }, rowShape: key.map { .keyed($0) })
    let outcome = try merge.outcome(hub: theirs, local: ours)
    held = outcome?.held ?? []
    switch outcome?.files[path] {
    case .bytes(let merged)?: bytes = merged
    case .content(let id)?: bytes = try history.bytes(of: id)
    case .removed?: bytes = []
    case nil: bytes = hub
    }
  }
}

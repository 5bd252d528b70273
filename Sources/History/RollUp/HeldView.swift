import Consolidation
import Git
import LedgerFiles
import LedgerModel

/// What is held in a version, read once for each state of the folder `proposals`.
struct HeldView {
  let tree: ObjectID
  let objects: ObjectDatabase

  func held(_ store: RollUpStore) throws -> HeldChanges {
    guard let folder = try objects.entry(at: "proposals", in: tree), folder.mode.isTree else { return HeldChanges([]) }
    let key = "held|" + folder.id.description
    if let known = try store.read({ try RollUpStore.view(HeldChanges.self, key, in: $0) }) { return known.state }
    let paths = try objects.files(in: folder.id)
    let proposals: [Proposal] = try paths.compactMap { path, entry in
      guard entry.mode.isBlob else { return nil }
      let file = LedgerReader.decode(path: "proposals/" + path, bytes: try objects.blob(entry.id))
      if case .proposal(let proposal) = file.content { return proposal }
      return nil
    }
    let held = HeldChanges(proposals)
    return try store.change { database in
      _ = try RollUpStore.keep(key, tree: folder.id.description, state: held, in: database)
      return held
    }
  }
}

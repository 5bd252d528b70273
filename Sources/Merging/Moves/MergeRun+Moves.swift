import LedgerFiles
import LedgerModel

extension MergeRun {
  /// Where a file of the merge is to stand: of a KPI that moved where its place now is.
  func outputPath(_ file: Int) -> String {
    let target = files[file]
    guard let moved = target.moved, let id = id(of: moved) else { return target.path }
    switch LedgerPath(target.path) {
    case .definition: return id.definitionPath
    case .actuals: return id.actualsPath
    default: return target.path
    }
  }

  /// Holds what is new where, as the merge stands, a KPI has not left.
  func holdWhatIsInTheWay() {
    let kept = Set(files.indices.filter { files[$0].hub != nil && files[$0].exists }.map(outputPath))
    for file in files.indices where files[file].hub == nil && kept.contains(outputPath(file)) {
      _ = holdAll(file, because: .changedOnBothSides)
    }
  }

  /// The actuals that nobody touched and that go where their KPI went: from, to.
  var movedAlong: [(from: String, to: String)] {
    files.compactMap { file in
      guard let moved = file.moved, case .definition(let old) = LedgerPath(file.path), file.hub != nil,
        let new = id(of: moved), new != old,
        !files.contains(where: { $0.moved === moved && LedgerPath($0.path).isActuals })
      else { return nil }
      return (old.actualsPath, new.actualsPath)
    }
  }

  /// The id that a KPI has as the merge stands.
  private func id(of moved: MovedKPI) -> KPIID? {
    let definition = files.first { file in
      if case .definition = LedgerPath(file.path) { file.moved === moved } else { false }
    }
    guard let definition else { return (try? moved.id(in: hub)) ?? nil }
    guard case .string(let text)? = definition.value(.place)?.meaning else { return nil }
    return KPIID(text)
  }
}

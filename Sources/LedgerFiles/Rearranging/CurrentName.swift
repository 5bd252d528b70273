import LedgerModel

extension LedgerView {
  /// Where a KPI's file stands now, if it has been moved since it went by this path; else the same path.
  public func currentPath(of path: String) -> String {
    guard let id = LedgerPath(path).kpi, !hasDefinition(id), let new = claimant(of: id, besides: id) else {
      return path
    }
    return path == id.definitionPath ? new.definitionPath : new.actualsPath
  }
}

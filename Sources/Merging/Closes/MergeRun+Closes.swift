import Calculation
import LedgerFiles
import LedgerModel
import Policy

extension MergeRun {
  // MARK: M1, closed periods

  /// Whether a change is of a closed period, at the hub or in a parent of its commit; nil where it is of none. True
  /// where its author may make it even so: a controller who saw the close.
  func mayChangeClosed(_ file: Int, _ key: Key, _ touch: FileLine.Touch) throws -> Bool? {
    guard parts.contains(.closedIsClosed), hasCloses, let department = LedgerPath(files[file].path).kpi?.department,
      let matter = ClosedMatter(files[file], key, touch)
    else { return nil }
    let commit = line.commits[touch.commit]
    let atHub = try closes.covering(matter, of: department)
    let inParent =
      try parts.contains(.closedInParent)
      && commit.parents.contains { try closes.isClosed(matter, of: department, in: $0) }
    guard !atHub.isEmpty || inParent else { return nil }
    guard !atHub.isEmpty, authority.isController(commit.author) else { return false }
    if inParent { return true }
    return try atHub.allSatisfy { try history.isAncestor(provenance.entered(.close, of: $0).id, of: commit.id) }
  }

  // MARK: Closes, each judged by itself

  /// Whether the rows that a close covers are, as the merge stands, those of the tree that it was made in.
  func seesItsRows(_ file: Int, _ commit: Int) throws -> Bool {
    guard parts.contains(.closesSeeRows), case .close(let scope, let text) = LedgerPath(files[file].path),
      let period = Period(text)
    else { return true }
    let made = line.commits[commit].id
    let merged = files.filter { $0.moved == nil && LedgerPath($0.path).isActuals }.map(\.path)
    let paths = Set(try history.differing(made, hub) + merged + taken.keys)
    return try paths.allSatisfy { path in
      guard case .actuals(let id) = LedgerPath(path), scope == "company" || scope == id.department else { return true }
      return try hasSameRows(path, as: made, closedBy: period)
    } && movedHaveSameRows(as: made, scope, period)
  }

  private func hasSameRows(_ path: String, as made: ContentID, closedBy period: Period) throws -> Bool {
    // What moved is compared under its new name.
    guard !files.contains(where: { $0.moved != nil && $0.names.contains(path) }) else { return true }
    let then = try history.content(of: path, in: made)
    let known = files.first { $0.path == path }
    let now: ContentID? =
      switch taken[path] {
      case .content(let id)?: id
      case .removed?: nil
      case .bytes?, nil: try history.content(of: path, in: hub)
      }
    if known == nil && then == now { return true }
    let read = try documents.read(path, [then, now], steps: [(0, 1)])
    return isSame(read[0], read[1], known, closedBy: period)
  }

  private func movedHaveSameRows(as made: ContentID, _ scope: String, _ period: Period) throws -> Bool {
    try files.allSatisfy { file in
      guard let moved = file.moved, case .actuals(let id) = LedgerPath(file.path), let then = try moved.id(in: made),
        scope == "company" || [id.department, then.department].contains(scope)
      else { return true }
      let content = try history.content(of: then.actualsPath, in: made)
      return isSame(
        try content.map { try documents.document(file.path, $0) }, file.hub, file, closedBy: period)
    }
  }

  /// - Parameter merged: the file in this merge; nil where it has the version `now`.
  private func isSame(
    _ then: (any KeyedDocument)?, _ now: (any KeyedDocument)?, _ merged: FileLine?, closedBy period: Period
  ) -> Bool {
    var rows = closes.rows(of: then as? CSVKeys, closedBy: period)
    rows.formUnion(closes.rows(of: now as? CSVKeys, closedBy: period))
    for touch in merged?.touches ?? [] { rows.formUnion(closes.rows(of: touch.after as? CSVKeys, closedBy: period)) }
    return rows.allSatisfy { row in
      let value = merged.map { $0.value(.row(row)) } ?? now?.value(.row(row))
      return value?.meaning == then?.value(.row(row))?.meaning && !hasMoreCells(row, merged, than: then)
    }
  }

  /// Whether a row has figures as the merge stands in columns that the table did not have when it was closed.
  private func hasMoreCells(_ row: String, _ merged: FileLine?, than then: (any KeyedDocument)?) -> Bool {
    guard let merged, let hub = merged.hub as? CSVKeys, let then = then as? CSVKeys else { return false }
    return hub.columns.contains { column in
      !then.columns.contains(column) && column != "note" && merged.value(.column(column)) != nil
        && hub.cell(row: row, column: column) != nil
    }
  }

  /// Whether a close is gone by a reopening on top of a commit.
  func isReopened(_ file: Int, after commit: Int) throws -> Bool {
    guard isClose(file), !files[file].exists else { return false }
    return try remaining(file, .file).contains { later in
      try later.removesFile && line.descends(later.commit, from: commit) && isAuthorised(file, .file, later.commit)
    }
  }

  /// Holds the closes whose rows are no more what they were made on.
  /// - Returns: whether there were any.
  func holdOvertakenCloses() throws -> Bool {
    var isChanged = false
    for file in files.indices where isClose(file) {
      for (key, put) in files[file].put.sorted(by: { $0.key < $1.key })
      where try put.source != nil && !seesItsRows(file, put.commit) {
        hold(file, key, because: .changedOnBothSides)
        isChanged = true
      }
    }
    return isChanged
  }
}

import Calculation
public import LedgerFiles
public import LedgerModel
public import Policy

/// Who may change what in a ledger, as a commit's own files say.
public enum LedgerAuthority {
  /// The authority of a commit's files; read from them is only what is asked for.
  public static func at(_ commit: ContentID, in history: any LedgerHistory) throws -> any Authority {
    let day = UTCTime.day(try history.commit(commit).committedAt)
    return LedgerPolicy(CommittedFiles(view: LedgerView(try history.source(of: commit)), day: day))
  }
}

private struct CommittedFiles: PolicyFiles {
  let view: LedgerView
  let day: Day

  var settings: LedgerSettings? { view.settings.value }
  var people: People? { view.people.value }
  func department(_ id: String) -> Department? { view.department(id).value }
  func definition(_ id: KPIID) -> Definition? { view.definition(id).value }
  func contains(_ path: String) -> Bool { view.source.contains(path) }
}

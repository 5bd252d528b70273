public import Git
public import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging

/// Whose a commit is, by the rules of merging: for audits.
public enum AuthorProofs {
  /// Makes, for each thread, what says it by the commits and files in some objects.
  public static func maker(_ objects: ObjectDatabase) -> @Sendable () -> AuthorProof {
    {
      let history = GitHistory(objects)
      let speakers = Speakers(history)
      return { commit, sync in
        let sync = try history.commit(ContentID(sync))
        return try speakers.isAuthors(
          history.commit(ContentID(commit)), broughtBy: sync.committer, onto: sync.parents.first)
      }
    }
  }
}

import Clibgit2

/// Something that the `git` program has begun in a work tree and that waits for the person to end it.
public enum Unfinished: Hashable, Sendable {
  case merge
  case revert
  case cherryPick
  case rebase
  /// `git am`
  case patches
  case bisect
}

extension Repository {
  /// What was begun here with the `git` program and not ended; nil where nothing was.
  public var unfinished: Unfinished? {
    switch git_repository_state_t(UInt32(bitPattern: git_repository_state(handle))) {
    case GIT_REPOSITORY_STATE_MERGE: .merge
    case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: .revert
    case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: .cherryPick
    case GIT_REPOSITORY_STATE_REBASE, GIT_REPOSITORY_STATE_REBASE_INTERACTIVE, GIT_REPOSITORY_STATE_REBASE_MERGE:
      .rebase
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX, GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE: .patches
    case GIT_REPOSITORY_STATE_BISECT: .bisect
    default: nil
    }
  }
}

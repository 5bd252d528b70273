import LedgerModel
import Synchronization

/// What the files that everything else is held against mean (settings, people, goals, departments), by content, so that
/// many versions of a ledger do not decode the same file again and again.
///
/// What a file means follows from its path and its bytes, so nothing kept is ever out of date. Any threads may share one.
public final class DecodedFiles: Sendable {
  private struct Place: Hashable {
    let path: String
    let content: ContentID
  }

  /// How many are kept; then it begins anew.
  private static let limit = 256
  private let kept = Mutex<[Place: LedgerView.Lookup<DecodedFile.Content>]>([:])

  public init() {}

  func content(of path: String, _ id: ContentID) -> LedgerView.Lookup<DecodedFile.Content>? {
    kept.withLock { $0[Place(path: path, content: id)] }
  }

  func keep(_ content: LedgerView.Lookup<DecodedFile.Content>, of path: String, _ id: ContentID) {
    switch LedgerPath(path) {
    case .settings, .people, .goals, .department: break
    default: return
    }
    kept.withLock { kept in
      if kept.count >= Self.limit { kept = [:] }
      kept[Place(path: path, content: id)] = content
    }
  }
}

import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// What is closed, since when and by whom.
enum ClosedListing {
  private struct Closed {
    let scope: String
    let period: Period
    let commit: CommitRecord?
    let note: String?
  }

  static func text(in clone: LedgerClone, as format: OutputFormat) -> String {
    let closed = all(in: clone)
    if closed.isEmpty && format == .table { return "Nothing is closed.\n" }
    return listing.text(closed, as: format)
  }

  private static var listing: Listing<Closed> {
    Listing(
      fields: [
        .init("scope") { $0.scope }, .init("period") { $0.period.description },
        .init("at") { $0.commit.map { TimeText.utc($0.authoredAt) } },
        .init("by") { $0.commit?.author.description }, .init("note") { $0.note },
      ],
      columns: [
        .init("period") { $0.period.description }, .init("for") { $0.scope },
        .init("since") { $0.commit.map { TimeText.date($0.authoredAt) } ?? "not committed" },
        .init("by") { $0.commit?.author.name ?? "" }, .init("note", wraps: true) { $0.note ?? "" },
      ])
  }

  private static func all(in clone: LedgerClone) -> [Closed] {
    let source = FolderSource(clone.folder)
    let history = GitHistory(clone.repository.objects)
    let tip = (try? clone.tip()) ?? nil
    return source.names(in: "closes").filter { $0.hasSuffix("/") }.sorted().flatMap { scope in
      source.names(in: "closes/\(scope)").compactMap { name -> Closed? in
        let path = "closes/\(scope)\(name)"
        guard case .close(let scope, let text) = LedgerPath(path), let period = Period(text) else { return nil }
        let note = source.bytes(at: path).flatMap { YAMLDocument(parsing: $0).node(at: ["note"])?.scalar?.text }
        return Closed(
          scope: scope, period: period, commit: tip.flatMap { entered(path, ContentID($0), history) }, note: note)
      }
    }.sorted { ($0.period.kind, $0.period, $0.scope) < ($1.period.kind, $1.period, $1.scope) }
  }

  /// The commit in which somebody made the close.
  private static func entered(_ path: String, _ tip: ContentID, _ history: GitHistory) -> CommitRecord? {
    guard var line = try? history.mainLine(endingAt: tip, changing: path), let id = line.next(),
      let sync = try? history.commit(id)
    else { return nil }
    guard sync.parents.count == 2,
      let brought = try? history.unsent(hub: sync.parents[0], local: sync.parents[1])
    else { return sync }
    return brought.last { commit in
      (try? history.changes(of: commit.id))?.contains { $0.path == path && $0.after != nil } ?? false
    } ?? sync
  }
}

import Git
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps fetches from a hub fast: what came in one by one is put into few packs with bitmaps, and the graph of commits is
/// brought up to date with which files each changed.
///
/// One at a time; pushes and fetches go on meanwhile. Nothing is dropped: what no branch names any more, as after a rewound
/// hub, stays in loose files and packs.
public struct HubMaintenance: Sendable {
  private let hub: String
  private let git: GitProgram

  /// What came of it.
  public enum Outcome: Hashable, Sendable {
    case done
    /// Too little has come in since the last time.
    case notDue
    /// Another process is at it.
    case leftToAnother
  }

  /// So many loose objects, counted by a sample, make it due.
  static let mostLoose = 2000
  /// So many packs make it due.
  static let mostPacks = 12

  /// A hub at a path; `environment` is what the `git` program sees.
  public init(hub: String, environment: [String: String]) {
    self.hub = hub
    git = GitProgram(folder: hub, environment: environment)
  }

  /// Does what is due.
  /// - Parameters:
  ///   - always: whether it is due or not
  ///   - now: seconds since 1970
  /// - Throws: `HubFault.git` where git could not do it; nothing is lost then
  public func run(always: Bool, at now: Int64) async throws -> Outcome {
    let hub = try LedgerHub(at: hub)
    let objects = hub.repository.commonPath + "objects/"
    guard always || Self.isDue(objects) else { return .notDue }
    try HubFiles.makeFolder(hub.notesFolder)
    let lock = try HubFiles.openLock(hub.notesFolder + "maintain.lock")
    defer { close(lock) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return .leftToAnother }
    Self.removeAbandoned(objects, at: now)
    let steps = [
      ["repack", "-d", "-l", "-q", "--geometric=2", "--write-midx", "--write-bitmap-index"],
      ["commit-graph", "write", "--reachable", "--changed-paths", "--no-progress"],
      ["pack-refs", "--all"],
    ]
    for step in steps {
      let result = try await git.run(["-c", "commitGraph.generationVersion=1"] + step)
      guard result.isDone else { throw HubFault.git(result.reason) }
    }
    return .done
  }

  /// As git estimates it: a 256th of the loose objects lies in each folder.
  static func isDue(_ objects: String) -> Bool {
    let sample = ["17", "a3", "e8"].map { HubFiles.names(in: objects + $0).count }.reduce(0, +)
    let packs = HubFiles.names(in: objects + "pack").count { $0.hasSuffix(".pack") }
    return sample * 256 / 3 > mostLoose || packs > mostPacks
  }

  /// Removes drafts of objects and packs that killed processes left more than a day ago.
  private static func removeAbandoned(_ objects: String, at now: Int64) {
    for folder in HubFiles.names(in: objects) where folder.utf8.count == 2 || folder == "pack" {
      for name in HubFiles.names(in: objects + folder)
      where ["tmp_obj_", "tmp_pack_", "tmp_idx_", "pack_git2_"].contains(where: name.hasPrefix) {
        let path = "\(objects)\(folder)/\(name)"
        if let age = HubFiles.age(of: path, at: now), age > 86_400 { HubFiles.remove(path) }
      }
    }
  }
}

public import Git

/// Backs a hub up: one file, git's own bundle of the ledger and of what was published, read back before it gets its name.
///
/// Pushes may come in meanwhile: what is in the file is one state of the hub. Not in it are the hub's secrets (tokens), its
/// log of who moved the branch, and what can be made anew.
public struct HubBackup: Sendable {
  private let hub: String
  private let git: GitProgram

  /// What a backup holds.
  public struct Report: Hashable, Sendable {
    /// Where it is.
    public let file: String
    /// The branches, by name.
    public let tips: [String: ObjectID]
    /// How many older backups were removed.
    public let removed: Int
  }

  /// A hub at a path; `environment` is what the `git` program sees.
  public init(hub: String, environment: [String: String]) {
    self.hub = hub
    git = GitProgram(folder: hub, environment: environment)
  }

  /// Writes a backup.
  /// - Parameters:
  ///   - file: where to; in place of one that is there only when the new one is whole
  ///   - scratch: an empty folder to read it back in
  /// - Throws: `HubFault`, and then nothing was replaced
  public func write(to file: String, scratch: String) async throws -> Report {
    let branches = try self.branches()
    let draft = "\(file).new-\(HubFiles.processID)"
    defer { HubFiles.remove(draft) }
    let made = try await git.run(["bundle", "create", "--quiet", HubFiles.absolute(draft)] + branches)
    guard made.isDone else { throw HubFault.git(made.reason) }
    let tips = try await HubBundle(HubFiles.absolute(draft), environment: git.environment).readBack(in: scratch)
    guard Set(tips.keys) == Set(branches) else { throw HubFault.noBackup("a branch is missing in it") }
    try HubFiles.flush(draft)
    try HubFiles.move(draft, to: file)
    return Report(file: file, tips: tips, removed: 0)
  }

  /// Writes a backup into a folder, named after the moment, and removes the oldest of those in it.
  /// - Parameters:
  ///   - keeping: so many stay, the new one included; nil: all
  ///   - now: seconds since 1970
  public func write(intoFolder folder: String, keeping: Int?, at now: Int64, scratch: String) async throws -> Report {
    let name = Self.prefix + HubFiles.stamp(now) + Self.ending
    let report = try await write(to: folder + "/" + name, scratch: scratch)
    let all = HubFiles.names(in: folder).filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(Self.ending) }.sorted()
    let old = keeping.map { all.dropLast(max(1, $0)) } ?? []
    for name in old { HubFiles.remove(folder + "/" + name) }
    return Report(file: report.file, tips: report.tips, removed: old.count)
  }

  private static let prefix = "ledger-"
  private static let ending = ".bundle"

  private func branches() throws -> [String] {
    let hub = try LedgerHub(at: hub)
    guard try hub.tip() != nil else { throw HubFault.empty }
    return try [LedgerHub.branch] + (hub.published() == nil ? [] : [LedgerHub.scorecardBranch])
  }
}

/// A backup's file.
struct HubBundle {
  private let file: String
  private let environment: [String: String]

  init(_ file: String, environment: [String: String]) {
    self.file = file
    self.environment = environment
  }

  /// Reads everything into a repository that is made in an empty folder: every object is checked, and that none is missing.
  /// - Returns: the branches
  func readBack(in folder: String) async throws -> [String: ObjectID] {
    let repository = try Repository.initialise(folder, bare: true)
    let git = GitProgram(folder: folder, environment: environment)
    let fetched = try await git.run(
      ["-c", "fetch.fsckObjects=true", "fetch", "--quiet", "--no-tags", "--", file, "+refs/heads/*:refs/heads/*"])
    guard fetched.isDone else { throw HubFault.noBackup(fetched.reason) }
    let listed = try await git.run(["bundle", "list-heads", "--", file])
    var tips: [String: ObjectID] = [:]
    for line in listed.output {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let id = ObjectID(parts[0]), parts[1].hasPrefix("refs/heads/") else { continue }
      tips[String(parts[1])] = id
    }
    guard tips[LedgerHub.branch] != nil else { throw HubFault.noBackup("it has no branch 'main'") }
    for (name, id) in tips where try repository.target(of: name) != id {
      throw HubFault.noBackup("\(name) did not come back as it is")
    }
    return tips
  }
}

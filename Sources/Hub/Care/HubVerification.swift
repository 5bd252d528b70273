public import Git

/// The auditor's proof of a hub, or of a clone of one: that nothing in it is damaged, missing, rewritten or forged.
///
/// Everything is read and made anew; nothing that was kept is believed. Objects go through `git fsck`; every commit of the
/// main line is judged as if it was pushed now, so that every merge is made again; every published scorecard is made again;
/// every signature is verified; and the log of who moved the branch has to lead to where it is.
public struct HubVerification: Sendable {
  private let path: String
  private let version: String
  private let scratch: String
  private let git: GitProgram
  private let progress: @Sendable (String) -> Void

  /// What was proven, and what was not.
  public struct Report: Sendable {
    /// Commits of the main line.
    public var syncs = 0
    /// Published scorecards.
    public var editions = 0
    /// Commits with a signature that verifies.
    public var signatures = 0
    public var findings: [VerificationFinding] = []

    /// Whether something is forged or damaged.
    public var isForged: Bool { findings.contains { $0.severity == .forged } }
  }

  /// - Parameters:
  ///   - path: the hub, or a clone
  ///   - version: the version of this program: a scorecard of another one may come out otherwise
  ///   - scratch: an empty folder for merges that are made again
  ///   - environment: what the `git` program sees
  ///   - progress: called with what is being done
  public init(
    path: String, version: String, scratch: String, environment: [String: String],
    progress: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.version = version
    self.scratch = scratch
    self.progress = progress
    git = GitProgram(folder: path, environment: environment)
  }

  /// Proves everything, or what came after a commit of the main line.
  /// - Parameters:
  ///   - since: that commit; nil: from the beginning
  ///   - now: seconds since 1970
  /// - Throws: `HubFault` where there is no hub, or no ledger in it
  public func run(since: ObjectID?, at now: Int64) async throws -> Report {
    let real = try LedgerHub(at: path)
    guard !real.repository.isShallow else { throw HubFault.shallow }
    var report = Report()
    progress("Every object: git fsck")
    report.findings += try await damages()
    let hub = try LedgerHub(path, objectDirectory: scratch, alternates: [real.repository.commonPath + "objects"])
    let names = BranchNames(of: hub.repository)
    guard let tip = try hub.repository.target(of: names.main) else { throw HubFault.empty }
    let line: MainLineOrder
    do {
      line = try MainLineOrder(tip: tip, in: hub.repository.objects)
    } catch let error as GitError {
      report.findings.append(VerificationFinding("damaged", commit: tip, "The main line ends: \(error.message)."))
      return report
    }
    if let since, line.place(of: since) == nil { throw HubFault.notASync(since) }
    report.syncs = line.commits(after: since).count
    report.findings += SyncProof(line: line, objects: hub.repository.objects, now: now, progress: progress).findings(
      since)
    let signatures = SignatureProof(line: line, objects: hub.repository.objects, progress: progress)
    report.findings += signatures.findings(since, count: &report.signatures)
    let editions = EditionProof(line: line, objects: hub.repository.objects, version: version, progress: progress)
    report.findings += try editions.findings(
      hub.repository.target(of: names.scorecard), since, count: &report.editions)
    report.findings += try LogProof(line: line, repository: hub.repository, names: names).findings()
    return report
  }

  /// What `git fsck` says of objects that are damaged or missing.
  private func damages() async throws -> [VerificationFinding] {
    let result = try await git.run(["fsck", "--full", "--strict", "--no-dangling", "--no-progress"])
    let bad = (result.errors + result.output).filter { line in
      ["error", "missing", "broken", "fatal", "bad"].contains(where: line.hasPrefix)
    }
    let findings = bad.prefix(100).map { line in
      let id = line.split { !$0.isHexDigit }.lazy.compactMap { ObjectID($0) }.first
      return VerificationFinding("damaged", commit: id, "git says: \(line)")
    }
    if findings.isEmpty, !result.isDone { return [VerificationFinding("damaged", "git says: \(result.reason)")] }
    return findings
  }
}

/// What the branches are called: in a clone the hub's, as it was last seen.
struct BranchNames {
  let main: String
  let scorecard: String
  /// Whether this is a clone.
  let isClone: Bool

  init(of repository: Repository) {
    let remote = "refs/remotes/origin/"
    isClone = !repository.isBare && (try? repository.target(of: remote + "main")) ?? nil != nil
    main = isClone ? remote + "main" : LedgerHub.branch
    let hasOwn = (try? repository.target(of: remote + "scorecard")) ?? nil != nil
    scorecard = isClone && hasOwn ? remote + "scorecard" : LedgerHub.scorecardBranch
  }
}

/// The commits of the main line in their order.
struct MainLineOrder {
  /// Oldest first.
  let commits: [ObjectID]
  private let places: [ObjectID: Int]

  init(tip: ObjectID, in objects: ObjectDatabase) throws {
    commits = try RevWalk(objects).firstParents(from: tip).reversed()
    places = Dictionary(commits.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var tip: ObjectID? { commits.last }
  func place(of id: ObjectID) -> Int? { places[id] }

  /// Those after one of them; all without one.
  func commits(after id: ObjectID?) -> ArraySlice<ObjectID> {
    guard let id, let place = places[id] else { return commits[...] }
    return commits[(place + 1)...]
  }

  /// The one before.
  func parent(of id: ObjectID) -> ObjectID? {
    guard let place = places[id], place > 0 else { return nil }
    return commits[place - 1]
  }
}

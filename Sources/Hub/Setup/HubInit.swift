import Calculation
public import Git
import LedgerFiles
public import LedgerModel

/// Makes a hub: a bare repository with a first commit, configured so that nothing gets lost in it, and with the
/// scripts that ask `kpi` about each push. A hub is never empty.
///
/// ```swift
/// var plan = HubInit(path: "/srv/ledger.git", admin: Author(name: "Ana Ruiz", email: "ana@example.com"))
/// plan.company = "Acme"
/// let report = try plan.run(at: now)
/// ```
public struct HubInit: Sendable {
  /// Where the hub goes: a path at which nothing is, or an empty folder.
  public var path: String
  /// Who makes the first commit, and holds the roles `administrator` and `controller` where nobody does.
  public var admin: Author
  /// The company's name; nil: the folder's.
  public var company: String?
  /// The company's currency.
  public var currency = "USD"
  /// A ledger's folder to begin with; nil: an empty ledger.
  public var importing: String?
  /// The `kpi` that the hub's hooks call; nil: the one that they find.
  public var program: String?

  /// What was made.
  public struct Report: Sendable {
    /// The first commit.
    public let commit: ObjectID
    /// The files of the ledger in it, in order.
    public let files: [String]
    /// Files of the imported folder that are none of a ledger's, and were left out.
    public let leftOut: [String]
    /// What is doubtful in the ledger; errors are not among them.
    public let warnings: [Finding]
    /// Who administrates it, as `Ana Ruiz <ana@example.com>`.
    public let administrators: [String]
  }

  /// A hub at that path, administrated by that person.
  public init(path: String, admin: Author) {
    self.path = path
    self.admin = admin
  }

  /// Makes the hub: beside its place, and then puts it there in one step, so that whatever happens meanwhile there is
  /// nothing, or a whole hub.
  ///
  /// Where nothing can be made beside it, in its place: the scripts come first, and the branch last, so that nothing
  /// gets into it unchecked.
  /// - Throws: `HubFault` where the path is taken, the administrator's name or address cannot be used, or the ledger to
  ///   import has errors, and then nothing was made; `HubFault.system` or `GitError` where the repository cannot be
  ///   written.
  public func run(at now: GitTime) throws -> Report {
    if let fault = Author.fault(ofName: admin.name) ?? Author.fault(ofEmail: admin.email) {
      throw HubFault.unusable(fault)
    }
    guard HubFiles.isFree(path) else { throw HubFault.occupied(path) }
    let folder = try importing.map { try LedgerFolder($0) }
    let first = FirstFiles(company: company ?? folderName, currency: currency, admin: admin)
    let files = folder.map { first.completing($0.files) } ?? first.files
    let findings = (folder?.findings ?? []) + LedgerCheck.findings(in: LedgerView(FilesInMemory(files)))
    let errors = findings.filter { $0.severity == .error }
    guard errors.isEmpty else { throw HubFault.doesNotValidate(errors) }
    let commit = try make(files, at: now)
    let made = LedgerReader.decode(path: "people.yaml", bytes: files["people.yaml"] ?? []).content
    return Report(
      commit: commit, files: files.keys.sorted(), leftOut: folder?.others ?? [],
      warnings: findings.filter { $0.severity == .warning }, administrators: Self.administrators(made, at: now))
  }

  /// The names of those who administrate from now on.
  private static func administrators(_ content: DecodedFile.Content?, at now: GitTime) -> [String] {
    guard case .people(let people)? = content else { return [] }
    return people.roles[Role.administrator]?.holders(on: UTCTime.day(now.seconds)).compactMap { id in
      people.people[id].map { person in
        person.emails.first.map { "\(Author(name: person.name, email: $0.text))" } ?? person.name
      }
    } ?? []
  }

  private func make(_ files: [String: [UInt8]], at now: GitTime) throws -> ObjectID {
    guard let place = try HubFiles.makePlace(beside: path) else { return try fill(path, with: files, at: now) }
    do {
      let commit = try fill(place, with: files, at: now)
      try HubFiles.put(place, at: path)
      return commit
    } catch {
      HubFiles.removeFolder(place)
      throw error
    }
  }

  private func fill(_ place: String, with files: [String: [UInt8]], at now: GitTime) throws -> ObjectID {
    try HubFiles.makeFolders(place)
    try HubFiles.installHooks(in: place + "/")
    let repository = try Repository.initialise(place, bare: true)
    try HubConfiguration.apply(to: repository, program: program)
    return try commit(files, in: repository, at: now)
  }

  /// `ledger` of `/srv/ledger.git`.
  private var folderName: String {
    let name = path.split(separator: "/").last { $0 != "." } ?? "ledger"
    return name.hasSuffix(".git") && name.count > 4 ? String(name.dropLast(4)) : String(name)
  }

  private func commit(_ files: [String: [UInt8]], in repository: Repository, at now: GitTime) throws -> ObjectID {
    let objects = repository.objects
    let entries = try files.mapValues { Optional(TreeEntry(id: try objects.writeBlob($0))) }
    let tree = try TreeWriter.write(base: nil, changes: entries, to: objects)
    let signature = Signature(name: admin.name, email: admin.email, time: now)
    let commit = try objects.writeCommit(
      tree: tree, parents: [], author: signature, committer: signature,
      message: importing == nil ? "Begin the ledger" : "Begin the ledger with what was kept elsewhere")
    try repository.setReflogAuthor(signature)
    try repository.updateReference(LedgerHub.branch, to: commit, from: nil, message: "kpi hub init")
    return commit
  }
}

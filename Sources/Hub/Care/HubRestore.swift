public import Git

/// Makes a hub from a backup, where there is none: with hooks and configuration, in one step.
public struct HubRestore: Sendable {
  /// The backup.
  public var file: String
  /// Where the hub goes: a path at which nothing is, or an empty folder.
  public var path: String
  /// The `kpi` that the hub's hooks call; nil: the one that they find.
  public var program: String?

  /// The restoring of a backup to a path.
  public init(file: String, path: String, program: String?) {
    self.file = file
    self.path = path
    self.program = program
  }

  /// Restores it.
  /// - Returns: the branches
  /// - Throws: `HubFault`, and then nothing is at the path
  public func run(environment: [String: String]) async throws -> [String: ObjectID] {
    guard HubFiles.isFree(path) else { throw HubFault.occupied(path) }
    let draft = "\(path).restoring-\(HubFiles.processID)"
    defer { HubFiles.removeFolder(draft) }
    let tips = try await HubBundle(HubFiles.absolute(file), environment: environment).readBack(in: draft)
    let repository = try Repository.open(draft)
    try HubConfiguration.apply(to: repository, program: program)
    try HubFiles.installHooks(in: repository.path)
    try HubFiles.move(draft, to: path)
    return tips
  }
}

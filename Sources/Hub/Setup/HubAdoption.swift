import Git

/// Makes a hub of a bare repository that is there already, as one made by `git init --bare` or by gitolite: configured
/// and with the hooks. Done again it brings hooks and settings up to date.
public struct HubAdoption: Sendable {
  /// The bare repository.
  public var path: String
  /// The `kpi` that the hub's hooks call; nil: the one that they find.
  public var program: String?

  /// The adoption of a repository.
  public init(path: String, program: String?) {
    self.path = path
    self.program = program
  }

  /// Installs the hooks. What is in the repository is not looked at: `kpi hub check` does that.
  /// - Returns: whether it has a ledger already
  /// - Throws: `HubFault.noHub`, `.notBare`, `.foreignHook` where somebody else's hook is in the way, and then nothing was
  ///   changed
  public func run() throws -> Bool {
    let hub = try LedgerHub(at: path)
    guard hub.repository.isBare else { throw HubFault.notBare(path) }
    for name in HookScripts.all.keys.sorted() {
      if HubFiles.hasForeignHook(name, in: hub.repository.path) { throw HubFault.foreignHook(name) }
    }
    try HubConfiguration.apply(to: hub.repository, program: program)
    let tip = try hub.tip()
    // A clone of a hub whose HEAD names another branch would begin with nothing.
    try hub.repository.setSymbolicReference("HEAD", to: LedgerHub.branch, message: "kpi hub adopt")
    try HubFiles.installHooks(in: hub.repository.path)
    return tip != nil
  }
}

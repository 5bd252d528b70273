import Clibgit2

/// The library as a whole: started once, never shut down, with the settings that hold for the process.
public enum LibGit2 {
  /// Starts libgit2 with the first use. Every way to a handle goes through here.
  static let started: Bool = {
    let code = git_libgit2_init()
    // git itself hashes what it receives (index-pack) and what it checks (fsck), not what it reads; nor do we.
    kpi_git_set_strict_hash_verification(0)
    return code > 0
  }()

  static func start() throws(GitError) {
    guard started else { throw GitError(.generic, "libgit2 could not be started") }
  }

  /// Lets the whole process remember small blobs that it has read, up to some hundred megabytes: for a walk over the
  /// history, in which each version of a file is met twice.
  public static func rememberSmallBlobs() throws(GitError) {
    try start()
    try check(kpi_git_remember_blobs(4096))
  }

  /// libgit2's version as it runs, as "1.5.1".
  public static var version: String {
    var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
    git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }

  /// Says where the configuration of the user and of the machine is looked for, for the whole process.
  ///
  /// libgit2 would read `HOME` from the environment and knows nothing of `GIT_CONFIG_GLOBAL` and
  /// `GIT_CONFIG_NOSYSTEM`; whoever honours those calls this first, before any repository is opened.
  /// - Parameters:
  ///   - home: the folder of `.gitconfig`; "" for none, nil to leave libgit2's own search as it is
  ///   - xdg: the folder of `config` (by default `~/.config/git`); "" for none, nil to leave it
  ///   - system: the folder of `gitconfig` (by default `/etc`); "" for none, nil to leave it
  public static func searchConfiguration(home: String?, xdg: String?, system: String?) throws(GitError) {
    try start()
    if let home { try check(kpi_git_set_search_path(GIT_CONFIG_LEVEL_GLOBAL, home)) }
    if let xdg { try check(kpi_git_set_search_path(GIT_CONFIG_LEVEL_XDG, xdg)) }
    if let system { try check(kpi_git_set_search_path(GIT_CONFIG_LEVEL_SYSTEM, system)) }
  }

  /// The folders in which configuration of these levels is looked for.
  static func configurationFolders(_ levels: [git_config_level_t]) -> [String] {
    levels.flatMap { level -> [String] in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      guard kpi_git_get_search_path(level, &buffer) == 0, let text = buffer.ptr else { return [] }
      return String(cString: text).split(separator: ":").map(String.init)
    }
  }
}

import Clibgit2

/// A repository's configuration, with the user's and the machine's behind it.
extension Repository {
  /// The value of a variable such as `user.name` as text; nil when it is not set anywhere.
  public func configuration(_ name: String) throws(GitError) -> String? {
    var config: OpaquePointer?
    try check(git_repository_config_snapshot(&config, handle), "configuration")
    defer { git_config_free(config) }
    var text: UnsafePointer<CChar>?
    let code = git_config_get_string(&text, config, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try check(code, "configuration \(name)")
    return text.map { String(cString: $0) }
  }

  /// A variable as git reads a yes or no: `true`, `yes`, `on`, a number; nil when it is not set or is no such thing.
  public func configurationFlag(_ name: String) throws(GitError) -> Bool? {
    guard let text = try configuration(name) else { return nil }
    var value: Int32 = 0
    guard git_config_parse_bool(&value, text) == 0 else { return nil }
    return value != 0
  }

  /// Sets a variable in the repository's own configuration file; nil removes it.
  public func setConfiguration(_ name: String, to value: String?) throws(GitError) {
    var (config, local): (OpaquePointer?, OpaquePointer?) = (nil, nil)
    try check(git_repository_config(&config, handle), "configuration")
    defer { git_config_free(config) }
    try check(git_config_open_level(&local, config, GIT_CONFIG_LEVEL_LOCAL), "configuration")
    defer { git_config_free(local) }
    guard let value else {
      let code = git_config_delete_entry(local, name)
      if code != GIT_ENOTFOUND.rawValue { try check(code, "configuration \(name)") }
      return
    }
    try check(git_config_set_string(local, name, value), "configuration \(name)")
  }
}

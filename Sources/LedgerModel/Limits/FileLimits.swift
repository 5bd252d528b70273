/// What a file in a ledger may be, whatever it holds: its name, depth, size and mode.
///
/// The limits are the same for every ledger. The hub applies them to each new object of a push; `kpi check` and
/// `kpi sync` apply them before anything is committed.
public struct FileLimits: Hashable, Sendable {
  /// UTF-8 bytes of a whole path.
  public var pathBytes = 400
  /// UTF-8 bytes of one name in a path.
  public var nameBytes = 200
  /// Names in a path: a proposal for a definition has six.
  public var depth = 10
  /// Bytes of a YAML file: 1 MB.
  public var yamlBytes = 1 << 20
  /// Bytes of a CSV file: 16 MB.
  public var csvBytes = 16 << 20
  /// Bytes of any other file: 16 MB.
  public var otherBytes = 16 << 20
  /// Bytes of a commit with its message: 1 MB.
  public var commitBytes = 1 << 20

  public init() {}

  /// The limits that every command and every hub keeps.
  public static let standard = FileLimits()

  /// The mode that git gives a regular file, the only one a ledger holds.
  public static let regularMode: UInt32 = 0o100644

  /// The most bytes that the file may have, by what its name ends in.
  public func bytes(of path: String) -> Int {
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return yamlBytes }
    return path.hasSuffix(".csv") ? csvBytes : otherBytes
  }

  /// What breaks the limits, as errors at the file's start; empty where nothing does.
  ///
  /// Rules: `path-too-long`, `path-too-deep`, `bad-file-name`, `lock-file`, `file-too-large`, `bad-mode`. Give the size
  /// in bytes and git's mode where they are known.
  public func findings(for path: String, size: Int? = nil, mode: UInt32? = nil) -> [Finding] {
    findings(forNameOf: path)
      + [size.flatMap { sizeFinding(path, $0) }, mode.flatMap { modeFinding(path, $0) }].compactMap { $0 }
  }

  /// What is wrong with the path itself.
  public func findings(forNameOf path: String) -> [Finding] {
    func error(_ rule: String, _ message: String) -> Finding {
      Finding(.error, rule: rule, file: path, message)
    }
    var found: [Finding] = []
    if path.utf8.count > pathBytes {
      found.append(
        error("path-too-long", "The path has \(path.utf8.count) bytes, more than \(pathBytes): shorten a name in it."))
    }
    let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if names.count > depth {
      found.append(error("path-too-deep", "The file lies \(names.count) levels deep, more than \(depth): move it up."))
    }
    for name in names {
      guard let name = String(name), let problem = FileName.problem(of: name, limit: nameBytes) else { continue }
      found.append(error("bad-file-name", problem))
      break
    }
    if let last = names.last.flatMap({ String($0) }), FileName.isLock(last) {
      found.append(
        error("lock-file", "A spreadsheet program left this file as a lock: close the spreadsheet, then delete it."))
    }
    return found
  }

  private func sizeFinding(_ path: String, _ size: Int) -> Finding? {
    let limit = bytes(of: path)
    guard size > limit else { return nil }
    return Finding(
      .error, rule: "file-too-large", file: path,
      "The file has \(size) bytes; a file of its kind may have \(limit). Split it, or keep it outside the ledger.")
  }

  private func modeFinding(_ path: String, _ mode: UInt32) -> Finding? {
    guard mode != Self.regularMode else { return nil }
    let what =
      switch mode {
      case 0o100755: "is marked as a program: take the mark away (chmod -x)"
      case 0o120000: "is a link: put the file itself in its place"
      case 0o160000: "is another repository: a ledger holds plain files only"
      default: "is not a plain file"
      }
    return Finding(.error, rule: "bad-mode", file: path, "The file \(what).")
  }
}

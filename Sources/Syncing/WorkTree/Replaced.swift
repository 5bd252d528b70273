import Git

/// What syncs have replaced in this work tree lately, by path: the content that was there and the commit that had it.
///
/// A spreadsheet that was open meanwhile still has it and would put it back when it is saved; see `PutBack`.
struct Replaced {
  struct Version: Hashable {
    let content: ObjectID
    let commit: ObjectID
    /// Seconds since 1970.
    let at: Int64
  }

  /// How long a version is remembered: 60 days.
  static let memory: Int64 = 60 * 86_400

  private(set) var versions: [String: [Version]] = [:]
  private let path: String

  init(_ clone: LedgerClone) {
    path = clone.notesFolder + "replaced"
    for fields in Notes.read(path) {
      guard fields.count == 4, let at = Int64(fields[0]), let content = ObjectID(fields[1]),
        let commit = ObjectID(fields[2])
      else { continue }
      versions[fields[3], default: []].append(Version(content: content, commit: commit, at: at))
    }
  }

  mutating func note(_ path: String, _ version: Version) {
    versions[path, default: []].removeAll { $0.content == version.content }
    versions[path, default: []].append(version)
  }

  func write(now: Int64) throws {
    let lines = versions.sorted { $0.key < $1.key }.flatMap { path, versions in
      versions.filter { $0.at + Self.memory > now }.map {
        ["\($0.at)", $0.content.description, $0.commit.description, path]
      }
    }
    try Notes.write(lines, to: self.path)
  }
}

/// What differs between many pairs of trees, found by the program `git` in one go: it remembers more of a pack than
/// libgit2 does, which counts from some hundred pairs on.
///
/// The answer is that of ``TreeDiff``. Whoever asks has to do without where the program is missing or refuses.
public struct TreePairs: Sendable {
  private let folder: String
  private let environment: [String]

  /// - Parameters:
  ///   - folder: the repository, or its work tree
  ///   - environment: of this process, by name: git looks there for its settings
  public init(folder: String, environment: [String: String]) {
    self.folder = folder
    let kept = ["PATH", "HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"]
    self.environment =
      kept.compactMap { name in environment[name].map { "\(name)=\($0)" } }
      + ["LC_ALL=C.UTF-8", "GIT_NO_REPLACE_OBJECTS=1", "GIT_OPTIONAL_LOCKS=0"]
  }

  /// Of each pair the paths in which the trees differ, folders themselves excluded.
  /// - Throws: ``GitError`` with code `.program` where git cannot be run or says something else
  public func changes(_ pairs: [(old: ObjectID, new: ObjectID)]) throws(GitError) -> [[TreeChange]] {
    guard !pairs.isEmpty else { return [] }
    let input = pairs.map { "\($0.old) \($0.new)\n" }.joined()
    let git = ChildProgram(places: ["git"], environment: environment, seconds: 600)
    let arguments = ["-C", folder, "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "--no-renames"]
    let (status, output) = try git.output(of: arguments, input: Array(input.utf8))
    guard status == 0, let changes = output.withUnsafeBytes({ Self.read($0, pairs) }) else {
      throw GitError(.program, "git diff-tree ended with status \(status)")
    }
    return changes
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, _ pairs: [(old: ObjectID, new: ObjectID)]
  ) -> [[TreeChange]]? {
    var all: [[TreeChange]] = []
    all.reserveCapacity(pairs.count)
    var rest = bytes[...]
    for pair in pairs {
      // `OLD NEW\n`, then each change.
      guard rest.count > 81, id(rest, 0) == pair.old, id(rest, 41) == pair.new else { return nil }
      rest = rest.dropFirst(82)
      var changes: [TreeChange] = []
      while rest.first == UInt8(ascii: ":") {
        guard let change = change(&rest) else { return nil }
        changes.append(change)
      }
      // git prints a file that became a folder in an order of its own.
      all.append(changes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
    }
    return rest.isEmpty ? all : nil
  }

  /// `:100644 100644 OLD NEW M\0path\0`
  private static func change(_ rest: inout Slice<UnsafeRawBufferPointer>) -> TreeChange? {
    guard rest.count > 100, let oldMode = mode(rest, 1), let newMode = mode(rest, 8), let old = id(rest, 15),
      let new = id(rest, 56)
    else { return nil }
    let named = rest.dropFirst(97)
    guard let start = named.firstIndex(of: 0), let end = named[(start + 1)...].firstIndex(of: 0) else { return nil }
    let path = String(decoding: named[(start + 1)..<end], as: UTF8.self)
    rest = rest[(end + 1)...]
    return TreeChange(path: path, old: entry(old, oldMode), new: entry(new, newMode))
  }

  private static func entry(_ id: ObjectID, _ mode: UInt32) -> TreeEntry? {
    mode == 0 ? nil : TreeEntry(id: id, mode: FileMode(rawValue: mode))
  }

  private static func id(_ bytes: Slice<UnsafeRawBufferPointer>, _ offset: Int) -> ObjectID? {
    let digits = bytes.dropFirst(offset).prefix(2 * ObjectID.byteCount)
    return ObjectID(hex: UnsafeRawBufferPointer(rebasing: digits))
  }

  private static func mode(_ bytes: Slice<UnsafeRawBufferPointer>, _ offset: Int) -> UInt32? {
    var mode: UInt32 = 0
    for digit in bytes.dropFirst(offset).prefix(6) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { return nil }
      mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
    }
    return mode
  }
}

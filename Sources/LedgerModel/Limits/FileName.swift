/// What one name in a path may be, so that every ledger can be checked out on Linux, macOS and Windows alike.
public enum FileName {
  /// Whether a spreadsheet program left the file while a table was open: `~$rows.xlsx`, `.~lock.rows.csv#`.
  public static func isLock(_ name: some StringProtocol) -> Bool {
    name.hasPrefix("~$") || (name.hasPrefix(".~lock.") && name.hasSuffix("#"))
  }

  /// What is wrong with the name and what to do, as a sentence; nil where nothing is.
  public static func problem(of name: String, limit: Int = FileLimits.standard.nameBytes) -> String? {
    if name.isEmpty || name == "." || name == ".." {
      return "The path has an empty name, \".\" or \"..\" in it: write it out."
    }
    if name.utf8.count > limit { return "A name in the path has more than \(limit) bytes: shorten it." }
    if let bad = name.unicodeScalars.first(where: isForbidden) {
      return "The name \(quoted(name)) has the character \(described(bad)) in it: rename it."
    }
    if isGitFolder(name) { return "The name \(quoted(name)) is reserved for the repository itself: rename it." }
    if name.hasSuffix(".") || name.hasSuffix(" ") {
      return "The name \(quoted(name)) ends with a dot or a blank, which Windows cannot store: rename it."
    }
    if isReservedOnWindows(name) { return "Windows cannot store a file named \(quoted(name)): rename it." }
    return nil
  }

  /// How two names are compared where a file system does not tell upper from lower case.
  ///
  /// Swift compares strings by canonical equivalence, so that composed and decomposed accents collide too.
  public static func folded(_ name: some StringProtocol) -> String { name.lowercased() }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: return true
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFFD: return true
    default: return "\\:*?\"<>|".unicodeScalars.contains(scalar)
    }
  }

  /// `.git` in any case, also as file systems may read it: `.git.`, `.git `, `git~1`.
  private static func isGitFolder(_ name: String) -> Bool {
    var name = name.lowercased()
    while name.hasSuffix(".") || name.hasSuffix(" ") { name.removeLast() }
    return name == ".git" || name == "git~1"
  }

  private static func isReservedOnWindows(_ name: String) -> Bool {
    let stem = name.prefix { $0 != "." }.lowercased()
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    guard stem.utf8.count == 4, stem.hasPrefix("com") || stem.hasPrefix("lpt") else { return false }
    return stem.last.map { ("1"..."9").contains($0) } ?? false
  }

  private static func described(_ scalar: Unicode.Scalar) -> String {
    let isVisible = scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F
    return isVisible ? "\(scalar)" : "U+" + String(scalar.value, radix: 16, uppercase: true)
  }

  private static func quoted(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars { text.unicodeScalars.append(isForbidden(scalar) ? "?" : scalar) }
    return "\"\(text)\""
  }
}

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
    if instructsGit(name) {
      return "\(quoted(name)) tells git to show or store other files otherwise than they are, which a ledger has no "
        + "use for: delete it."
    }
    if isShortName(name) {
      return "Windows may take \(quoted(name)) for the short name of another file: rename it."
    }
    if name.hasSuffix(".") || name.hasSuffix(" ") {
      return "The name \(quoted(name)) ends with a dot or a blank, which Windows cannot store: rename it."
    }
    if isReservedOnWindows(name) { return "Windows cannot store a file named \(quoted(name)): rename it." }
    return nil
  }

  /// How two names are compared where a file system does not tell upper from lower case.
  ///
  /// Swift compares strings by canonical equivalence, so that composed and decomposed accents collide too. Capitals come
  /// first, as some letters share one: ß and SS, ſ and S.
  public static func folded(_ name: some StringProtocol) -> String {
    name.utf8.allSatisfy { $0 < 0x80 } ? name.lowercased() : name.uppercased().lowercased()
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: return true
    // What is invisible, or turns the order of what stands beside it.
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFD: return true
    case 0xFE00...0xFE0F, 0xE0000...0xE0FFF: return true
    default: return "\\:*?\"<>|".unicodeScalars.contains(scalar)
    }
  }

  /// `.git` in any case, also as file systems may read it: `.git.`, `.git `, `git~1`.
  private static func isGitFolder(_ name: String) -> Bool {
    [".git", "git~1"].contains(bare(name))
  }

  /// Files by which a repository changes how git shows or stores the others: content that is turned into something else
  /// on the way to the disk, authors that are shown under another name, other repositories. No ledger needs one, and
  /// nobody would see what it did, so nobody may bring one.
  private static func instructsGit(_ name: String) -> Bool {
    [".gitattributes", ".gitmodules", ".mailmap"].contains(bare(name))
  }

  /// A name without what file systems overlook: capitals, and dots and blanks at its end.
  private static func bare(_ name: String) -> String {
    var name = folded(name)
    while name.hasSuffix(".") || name.hasSuffix(" ") { name.removeLast() }
    return name
  }

  /// `GITATT~1`: as Windows calls a file with a long name besides, so that it is reached under both.
  private static func isShortName(_ name: String) -> Bool {
    let stem = name.utf8.prefix { $0 != UInt8(ascii: ".") }
    guard stem.count <= 8, let tilde = stem.lastIndex(of: UInt8(ascii: "~")), tilde != stem.startIndex else {
      return false
    }
    let digits = stem[stem.index(after: tilde)...]
    return !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
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

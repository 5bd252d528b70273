import LedgerModel

/// The check of a file's name and place, and of its size and mode.
struct LayoutCheck {
  let path: String
  let view: LedgerView
  var isNameKnown = false

  func findings(size: Int?, mode: UInt32?) -> [Finding] {
    var found = FileLimits.standard.findings(for: path, size: size, mode: mode).map { finding in
      finding.rule == "lock-file" ? softened(finding) : finding
    }
    guard !isNameKnown else { return found }
    if let collision = collision() { found.append(collision) }
    if found.isEmpty, let misplaced = misplaced() { found.append(misplaced) }
    return found
  }

  /// In a work tree a lock file is only a sign that a table is open; it is never committed.
  private func softened(_ finding: Finding) -> Finding {
    Finding(
      .warning, rule: finding.rule, file: finding.file,
      "A spreadsheet program has a table of this folder open: save and close it before the next sync. "
        + "This file itself is not synced.")
  }

  /// Another name beside one of the path's that is the same on a machine which does not tell upper from lower case.
  private func collision() -> Finding? {
    var folder = ""
    for name in path.split(separator: "/").map(String.init) {
      if let other = view.namesLike(name, in: folder).sorted().first {
        return Finding(
          .error, rule: "case-collision", file: path,
          "\"\(name)\" and \"\(other)\" differ in capitals or accents only, and are one file on some machines: rename one."
        )
      }
      folder = folder.isEmpty ? name : folder + "/" + name
    }
    return nil
  }

  /// A file that lies where the ledger's files lie but is none of them, so that nobody would miss it.
  private func misplaced() -> Finding? {
    guard !LedgerPath(path).isInLayout else { return nil }
    let parts = path.split(separator: "/").map(String.init)
    guard let first = parts.first, let last = parts.last, !last.hasPrefix(".") else { return nil }
    if parts.count == 1 { return misspeltAtTop(first) }
    guard ["departments", "rates", "closes", "proposals"].contains(first.lowercased()) else { return nil }
    return badID(parts) ?? outside(advice(parts))
  }

  private func misspeltAtTop(_ name: String) -> Finding? {
    for known in ["ledger", "people", "goals"] where stem(name).lowercased() == known {
      guard name.lowercased().hasSuffix(".yml") || name.lowercased().hasSuffix(".yaml") else { continue }
      return outside("The ledger reads \(known).yaml, not \(name): rename it.")
    }
    return nil
  }

  /// A department's or file's name that would be in the layout if it were an id.
  private func badID(_ parts: [String]) -> Finding? {
    guard parts[0] == "departments", parts.count >= 3 else { return nil }
    var repaired = parts
    var wrong: String?
    for index in 1..<parts.count where index == 1 || index == 3 {
      let stem = stem(parts[index])
      guard !Slug.isValid(stem), let id = Slug.suggested(for: stem) else { continue }
      wrong = wrong ?? stem
      repaired[index] = id + parts[index].dropFirst(stem.count)
    }
    let better = repaired.joined(separator: "/")
    guard let wrong, LedgerPath(better).isInLayout else { return nil }
    return Finding(
      .error, rule: "bad-id", file: path,
      "The name \"\(wrong)\" is no id: use small letters, digits and hyphens, as \(better).")
  }

  private func advice(_ parts: [String]) -> String {
    if let last = parts.last, last.hasSuffix(".yml") { return "The ledger reads .yaml, not .yml: rename it." }
    return "The ledger has no place for this file here, so it is not synced: rename or move it."
  }

  private func outside(_ message: String) -> Finding {
    Finding(.warning, rule: "outside-layout", file: path, message)
  }

  private func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}

import LedgerFiles
import LedgerModel
import LedgerStore

/// A folder of ledger files on the disk, to be imported into a new hub.
struct LedgerFolder {
  /// The files of a ledger's layout, by path.
  private(set) var files: [String: [UInt8]] = [:]
  /// Everything else that is there, by path: not imported.
  private(set) var others: [String] = []
  /// What is in the way of an import: files that are too large, or that cannot be read.
  private(set) var findings: [Finding] = []

  /// Reads a folder. Links are not followed, and names that begin with a dot, as `.git`, are not looked at.
  /// - Throws: `HubFault.noLedger` where there is no such folder, or no `ledger.yaml` in it.
  init(_ folder: String) throws(HubFault) {
    let source = FolderSource(folder)
    guard source.contains("ledger.yaml") else { throw .noLedger(folder) }
    for path in source.allPaths() {
      guard LedgerPath(path).isInLayout else {
        others.append(path)
        continue
      }
      let limits = FileLimits.standard.findings(for: path, size: source.size(of: path))
      findings += limits
      guard limits.isEmpty else { continue }
      if let bytes = source.bytes(at: path) {
        files[path] = bytes
      } else {
        findings.append(
          Finding(
            .error, rule: "unreadable-file", file: path,
            "This is a link, or you may not read it: put the file itself in its place, or change its permissions."))
      }
    }
  }
}

import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// The check of edited files before they are committed.
struct EditCheck {
  let clone: LedgerClone
  /// The tree of the branch's tip.
  let tree: ObjectID

  /// The errors that edits bring, by the edited file that is to blame. An error in a file that nobody edited, as when
  /// a role was taken away that a definition names, is laid to the edits together.
  func newErrors(in edits: [WorkEdits.Edit]) -> [String: [Finding]] {
    guard !edits.isEmpty else { return [:] }
    let objects = clone.repository.objects
    let before = LedgerView(TreeSource(objects, tree: tree))
    let over = Dictionary(edits.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
    let after = LedgerView(LedgerOverlay(over: TreeSource(objects, tree: tree), changes: over))
    let paths = Set(edits.map(\.path))
    var errors: [String: [Finding]] = [:]
    for finding in LedgerCheck.findings(changing: paths, from: before, to: after) where finding.severity == .error {
      if paths.contains(finding.file) {
        errors[finding.file, default: []].append(finding)
      } else {
        for path in paths where !LedgerPath(path).isFigures { errors[path, default: []].append(finding) }
      }
    }
    return errors
  }
}

extension LedgerPath {
  /// Whether the file holds nothing but figures, which no other file refers to.
  var isFigures: Bool {
    switch self {
    case .actuals, .rates: true
    default: false
    }
  }
}

import Calculation
import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Syncing

/// The files that a check looks at: those in the folder, or those of a version.
struct CheckedFiles {
  /// The files, and below the folders, that were asked for; all where nothing was.
  let files: [String]
  private let named: [String]
  private let source: @Sendable () -> any LedgerSource
  private let clone: LedgerClone?
  /// The newest commit that the files are held against.
  private let tip: ObjectID?
  private let folder: String
  private let isPast: Bool

  /// The files in a folder, sent or not.
  /// - Throws: `Failure` where there is no ledger, or no such file
  init(in path: String, _ paths: [String]) throws {
    let folder = try LedgerFolderPath(containing: path)
    let root = folder.root
    self.folder = root
    named = try paths.map(folder.path)
    source = { FolderSource(root) }
    files = SourceCheck(source).files(below: named)
    clone = Self.clone(folder)
    tip = try clone?.tip()
    isPast = false
  }

  /// The files of a version that somebody asks for.
  /// - Throws: `Failure` where there is none such, or no such file
  init(_ past: PastOption, of clone: LedgerClone, _ paths: [String]) throws {
    let version = try past.version(in: clone)
    let (objects, tree) = (clone.repository.objects, version.commit.tree)
    folder = clone.folder
    source = { TreeSource(objects, tree: tree) }
    named = try paths.map { try LedgerFolderPath(containing: clone.folder).past($0) }
    files = SourceCheck(source).files(below: named)
    for (name, typed) in zip(named, paths)
    where !name.isEmpty && !files.contains(name) && !files.contains(where: { $0.hasPrefix(name + "/") }) {
      throw Failure("There was no file \(typed) then.")
    }
    self.clone = clone
    tip = version.commit.id
    isPast = true
  }

  /// Puts the form of the files in the folder right.
  /// - Returns: the files that were rewritten
  func fix() throws -> [String] { try FolderForm(folder).fix(files) }

  /// What is wrong and what is doubtful in the files: by themselves and, in a clone, against what they were before.
  /// - Parameter day: also what does not fit this day
  func findings(on day: Day?) throws -> [Finding] {
    let check = SourceCheck(source)
    let own = named.isEmpty ? try check.findings() : try check.findings(in: files + named)
    return try own + check.doubts(in: files + named, on: day) + againstThePast()
  }

  /// What would become of changes in the folder; nil where it is no clone of a hub, or the files are a version's.
  var predicted: CloneStatus? { isPast ? nil : clone.flatMap { try? CloneStatus.of($0, now: Ambient.now) } }

  /// The changes to the files that a sync would hold.
  func wouldBeHeld(by status: CloneStatus?) -> [Finding] {
    let held = status?.wouldBeHeld.filter { named.isEmpty || files.contains($0.file) || named.contains($0.file) }
    return (held ?? []).map(Finding.init(wouldBeHeld:))
  }

  private func againstThePast() throws -> [Finding] {
    guard let clone, let tip else { return [] }
    let calendar = LedgerView(source()).settings.value?.calendar ?? FiscalCalendar()
    let past = PastDoubts(clone.repository.objects, tip: tip) { LedgerDay.day(of: $0, in: calendar) }
    return try past.findings(for: files + named, now: source)
  }

  private static func clone(_ folder: LedgerFolderPath) -> LedgerClone? {
    guard let clone = try? LedgerClone(containing: folder.root), clone.folder == folder.root else { return nil }
    return clone
  }
}

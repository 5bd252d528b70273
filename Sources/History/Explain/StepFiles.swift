import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// The files with which a commit of the main line may have moved a score, as it left them.
struct StepFiles: Sendable {
  let step: MainLineStep
  /// By path, in their order; nil where a file is gone.
  let files: [(path: String, bytes: [UInt8]?)]

  /// Those of some steps, in the order of these, read on all processors.
  /// - Parameter paths: files and folders that alone are looked at; nil for all
  static func read(_ steps: [MainLineStep], _ paths: [String]?, in objects: ObjectDatabase) throws -> [StepFiles] {
    let found = try Parallel.map(Array(steps.enumerated()), tools: { Reader(objects, paths) }) {
      item, reader, results in
      results.append((item.offset, try reader.files(of: item.element)))
    }
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Reads what steps changed. For one thread.
  private final class Reader {
    private let objects: ObjectDatabase
    private let watch: PathWatch?
    private let trees: RecentTrees

    init(_ objects: ObjectDatabase, _ paths: [String]?) {
      self.objects = objects
      watch = paths.map { PathWatch($0, in: objects) }
      trees = RecentTrees(objects)
    }

    func files(of step: MainLineStep) throws -> StepFiles {
      let files = try changes(of: step).filter { Self.matters($0.path) }.map { change in
        (path: change.path, bytes: try change.new.flatMap { try bytes(of: $0) })
      }
      return StepFiles(step: step, files: files)
    }

    private func changes(of step: MainLineStep) throws -> [TreeChange] {
      if let watch { return try watch.changes(step.oldTree, step.tree) }
      let folders: [[StaticString]] = [["departments", "rates"], [], ["actuals", "kpis"]]
      return try TreeDiff.between(step.oldTree, step.tree, in: "", remembering: trees) { depth, name in
        guard depth < folders.count else { return false }
        return folders[depth].isEmpty || folders[depth].contains { $0.isSame(as: name) }
      }
    }

    /// As `LedgerTree` reads a file: links are none.
    private func bytes(of entry: TreeEntry) throws -> [UInt8]? {
      entry.mode.isBlob && entry.mode != .symbolicLink ? try objects.blob(entry.id) : nil
    }

    private static func matters(_ path: String) -> Bool {
      switch LedgerPath(path) {
      case .settings, .goals, .rates, .department, .definition, .actuals: true
      default: false
      }
    }
  }
}

extension StaticString {
  fileprivate func isSame(as name: UnsafeRawBufferPointer) -> Bool {
    name.elementsEqual(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
  }
}

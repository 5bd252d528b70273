import LedgerFiles
import LedgerModel

/// Finds out which change is to blame for a broken rule, by leaving changes out.
struct Blame {
  /// How many keys of a file are tried one by one.
  static let mostTried = 40

  let check: any MergeCheck
  let hub: ContentID

  /// What a merge's files break; nil where they are in order.
  func broken(by files: [String: FileVersion]) throws -> BrokenRules? {
    let broken = try check.broken(by: files, hub: hub)
    return broken.isEmpty ? nil : broken
  }

  /// Whether some files have no errors with these changes.
  func isInOrder(_ paths: Set<String>, in files: [String: FileVersion]) throws -> Bool {
    let broken = try check.broken(by: files, hub: hub)
    return paths.allSatisfy { broken.lines[$0] == nil && !broken.elsewhere.contains($0) }
  }

  /// Whether some files have no errors once one file is as the hub has it.
  func mends(_ paths: Set<String>, in files: [String: FileVersion], without path: String) throws -> Bool {
    var others = files
    others[path] = nil
    return try isInOrder(paths, in: others)
  }

  /// Whether other files may name what is in a file, so that its change can break them.
  static func mayBeReferredTo(_ path: String) -> Bool {
    switch LedgerPath(path) {
    case .settings, .people, .goals, .department, .definition: true
    default: false
    }
  }
}

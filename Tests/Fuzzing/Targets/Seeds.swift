import Foundation
import LedgerFiles

/// The project's fixtures, from which fuzzing begins.
enum Seeds {
  private static let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Each file below a folder of the tests, by its path in there.
  static func files(_ folder: String) -> [(path: String, bytes: [UInt8])] {
    let root = tests.appending(path: folder).path
    let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return paths.sorted().compactMap { path in
      FileManager.default.contents(atPath: root + "/" + path).map { (path, Array($0)) }
    }
  }

  /// The files of the ledgers that the check is tested with, each with its path in its ledger.
  static let ledgerFiles: [(path: String, bytes: [UInt8])] =
    (files("LedgerFilesTests/Fixtures/valid") + files("LedgerFilesTests/Fixtures/invalid")).compactMap { file in
      let path = file.path.split(separator: "/").dropFirst().joined(separator: "/")
      return path == "expected.json" || path.isEmpty || file.bytes.isEmpty ? nil : (path, file.bytes)
    }

  /// A small ledger without a fault.
  static let ledger = FilesInMemory(
    Dictionary(
      files("LedgerFilesTests/Fixtures/valid/base").filter { $0.path != "expected.json" && !$0.bytes.isEmpty },
      uniquingKeysWith: { $1 }))

  /// The versions of the files that merging is tested with: base, hub and local.
  static let merges: [(kind: String, versions: [[UInt8]])] = {
    var cases: [String: [String: [UInt8]]] = [:]
    for file in files("MergingTests/Fixtures") {
      let parts = file.path.split(separator: "/").map(String.init)
      guard parts.count == 3, let version = parts[2].split(separator: ".").first else { continue }
      cases[parts[0] + "/" + parts[1], default: [:]][String(version)] = file.bytes
    }
    return cases.sorted { $0.key < $1.key }.compactMap { name, versions in
      guard let base = versions["base"], let hub = versions["hub"], let local = versions["local"] else { return nil }
      return (String(name.prefix { $0 != "/" }), [base, hub, local])
    }
  }()
}

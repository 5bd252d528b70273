import Foundation
import LedgerFiles
import LedgerModel
import Testing

/// The project's own folders, wherever the tests are built.
enum Places {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let example = root.appending(path: "Examples/mta")
  static let fixtures = root.appending(path: "Tests/LedgerFilesTests/Fixtures/importing")
  /// Real data beside the project; not everybody has it.
  static let shared = SharedData.folder.appending(path: "mta")

  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

  /// The files of the example ledger, those of its layout.
  static func exampleFiles() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let names = FileManager.default.enumerator(atPath: example.path)
    while let name = names?.nextObject() as? String {
      if LedgerPath(name).isInLayout { files[name] = try bytes(example.appending(path: name)) }
    }
    return files
  }
}

/// A small ledger, and what is imported into it.
enum Imported {
  static let ledger: [String: String] = [
    "ledger.yaml": "company: Northwind\ncurrency: EUR\nunits:\n  percent: {decimals: 1}\n  orders: {decimals: 0}\n",
    "people.yaml": "people:\n  desk: {name: Desk}\nroles:\n  administrator: {holder: desk}\n  head: {holder: desk}\n",
    "goals.yaml": "goals:\n  grow: {name: Grow, owner: head}\n",
    "departments/sales/department.yaml": "name: Sales\nhead: head\n",
    "departments/sales/kpis/orders.yaml": """
    name: Orders   # as booked
    unit: orders
    direction: higher
    period: month
    # agreed in December
    targets: {2026: 1200, 2026-02: 90}
    status: draft

    """,
    "departments/sales/actuals/orders.csv": "period,value,status,note\n2026-01,80,provisional,late\n2026-02,95,,\n",
  ]

  static func source(_ changes: [String: String] = [:]) -> FilesInMemory {
    FilesInMemory(ledger.merging(changes) { $1 }.mapValues { Array($0.utf8) })
  }

  static func plan(
    _ text: String, map: String? = nil, file: String = "in.csv", onto source: FilesInMemory = source()
  ) -> ImportPlan {
    let mapping = map.map { ImportMap.decode(Array($0.utf8), file: "map.yaml") }
    #expect(mapping?.findings.isEmpty ?? true, "\(mapping?.findings ?? [])")
    return ImportPlan(ImportTable(reading: Array(text.utf8), file: file), map: mapping?.map, onto: source)
  }
}

extension ImportPlan {
  func text(_ path: String) -> String? { files[path].map { String(decoding: $0, as: UTF8.self) } }

  /// `rule file:line:column`
  var places: [String] {
    findings.map { "\($0.rule) \($0.file):\($0.position.line):\($0.position.column)" }
  }

  /// The ledger after the import.
  func applied(to source: FilesInMemory) -> FilesInMemory {
    FilesInMemory(source.files.merging(files) { $1 })
  }
}

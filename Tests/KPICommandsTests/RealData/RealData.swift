import Foundation
import Testing

/// The real data beside the project, `../shared/data`: stories about it skip, and say so, where it is missing.
enum RealData {
  static let project = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let folder = project.deletingLastPathComponent().appending(path: "shared/data")
  static let isHere = FileManager.default.fileExists(atPath: folder.path)
  static let missing: Comment = "needs ../shared/data, which is not here"

  static let mta = folder.appending(path: "mta/agencies-2008-2011.csv").path
  static let laterMTA = folder.appending(path: "mta/nyct-2008-2018-as-found.csv").path
  static let newYork = folder.appending(path: "nyc-mmr/tidy_indicator_level_data.csv").path

  /// Hart's versions in the order of their names, which begin with the day.
  static func hart() throws -> [String] {
    let path = folder.appending(path: "hart-dc").path
    return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted()
      .map { path + "/" + $0 }
  }
}

/// Some columns of a table as found, read without any of the project's own code.
struct RawTable {
  /// A row is its cells by the column's name.
  let rows: [[String: String]]

  init(_ path: String, _ columns: String...) throws { try self.init(path, columns: columns) }

  init(_ path: String, columns: [String]) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var lines: [[[UInt8]]] = []
    var (line, field, isQuoted): ([[UInt8]], [UInt8], Bool) = ([], [], false)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        line.append(field)
        field = []
      case UInt8(ascii: "\n") where !isQuoted:
        lines.append(line + [field])
        (line, field) = ([], [])
      default: field.append(byte)
      }
    }
    let header = try #require(lines.first).map(Self.text)
    let places = try columns.map { name in (name, try #require(header.firstIndex { $0.hasSuffix(name) })) }
    rows = lines.dropFirst().filter { $0.count >= header.count }.map { line in
      Dictionary(uniqueKeysWithValues: places.map { ($0, Self.text(line[$1])) })
    }
  }

  /// UTF-8, or else Latin-1.
  private static func text(_ bytes: [UInt8]) -> String {
    let text =
      String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension Workplace {
  /// Makes a folder a ledger of its own: what is in it is its first commit.
  func keep(_ place: String) throws {
    try git("init", "-q", "-b", "main", in: place)
    try git("config", "user.name", "Ana Ruiz", in: place)
    try git("config", "user.email", "ana@example.org", in: place)
    try git("add", "-A", in: place)
    try git("commit", "-q", "-m", "The ledger", in: place)
  }

  /// What a command prints as JSON.
  func json<Value>(_ arguments: String..., in place: String, as: Value.Type = Value.self) throws -> Value {
    let text = try kpi(arguments + ["--format", "json"], in: place).output
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? Value)
  }
}

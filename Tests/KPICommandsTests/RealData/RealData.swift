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

/// A table as found, read without any of the project's own code: a row is its cells by the column's name.
struct RawTable {
  let rows: [[String: String]]

  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(filePath: path))
    let text = try #require(String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1))
    let lines = Self.records(text)
    let header = try #require(lines.first)
    rows = lines.dropFirst().filter { $0.count >= header.count }.map { line in
      Dictionary(zip(header, line), uniquingKeysWith: { first, _ in first })
    }
  }

  private static func records(_ text: String) -> [[String]] {
    var (records, record, field): ([[String]], [String], String) = ([], [], "")
    var isQuoted = false
    for character in text.unicodeScalars where character != "\r" && character != "\u{FEFF}" {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        record.append(trimmed(field))
        field = ""
      case "\n" where !isQuoted:
        records.append(record + [trimmed(field)])
        (record, field) = ([], "")
      default: field.unicodeScalars.append(character)
      }
    }
    return field.isEmpty && record.isEmpty ? records : records + [record + [trimmed(field)]]
  }

  private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
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

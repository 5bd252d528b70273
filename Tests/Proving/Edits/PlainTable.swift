/// A table without quotes, as the edits and the record read and write it.
struct PlainTable {
  var header: [String]
  var rows: [[String]]

  /// Nil where rows and header do not fit.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first, lines.allSatisfy({ $0.count == header.count }) else { return nil }
    self.header = header
    rows = Array(lines.dropFirst())
  }

  var bytes: [UInt8] {
    Array(([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }

  func column(_ name: String) -> Int? { header.firstIndex(of: name) }
  func row(_ name: String) -> Int? { rows.firstIndex { $0[0] == name } }

  mutating func removeColumn(_ place: Int) {
    header.remove(at: place)
    for row in rows.indices { rows[row].remove(at: place) }
  }

  /// Puts a row where it belongs by its first cell.
  mutating func insert(_ row: [String]) {
    let place = rows.firstIndex { $0[0] > row[0] } ?? rows.count
    rows.insert(row, at: place)
  }
}

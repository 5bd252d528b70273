import Calculation
import Git
import LedgerModel

/// Restatements as text, to be kept and gone on with: authors, commits and KPIs are written once.
///
///     kpi-restatements 1 <the commit they were scanned through>
///     a  Ana Ruiz  ana@example.com
///     k  sales/win-rate
///     c  <commit>  1298713200  0
///     r  2010-03  value  1234  1250
///
/// The parts of a line are separated by tabs. A row belongs to the KPI and the commit above it.
extension Restatements {
  private static let format = "kpi-restatements 1"

  /// The text that `init(decoding:)` reads.
  public var encoded: [UInt8] {
    var lines = [Self.format + (through.map { " \($0)" } ?? "")]
    var authors: [Author: Int] = [:]
    for (kpi, entries) in byKPI.sorted(by: { $0.key < $1.key }) {
      lines.append("k\t\(kpi)")
      var change: Restatement.Change?
      for entry in entries {
        if entry.change != change {
          change = entry.change
          let known = authors.count
          let author = authors[entry.change.by] ?? known
          if author == known {
            authors[entry.change.by] = known
            lines.append("a\t\(Self.plain(entry.change.by.name))\t\(Self.plain(entry.change.by.email))")
          }
          lines.append("c\t\(entry.change.commit)\t\(entry.change.seconds)\t\(author)")
        }
        let to = entry.to?.description ?? ""
        let parts = [entry.period.description, entry.input, entry.from.description, to] + entry.dimensions
        lines.append("r\t" + parts.map(Self.plain).joined(separator: "\t"))
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Reads what `encoded` gave; nil for anything else, as that of another version: then they are to be scanned anew.
  public init?(decoding bytes: [UInt8]) {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard let first = lines.popFirst(), first.hasPrefix(Self.format), lines.popLast()?.isEmpty == true else {
      return nil
    }
    self.init()
    through = ObjectID(first.dropFirst(Self.format.count + 1))
    guard first == Self.format + (through.map { " \($0)" } ?? "") else { return nil }
    var (authors, kpi, change): ([Author], KPIID?, Restatement.Change?) = ([], nil, nil)
    for line in lines {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch (parts.first, parts.count) {
      case ("a", 3): authors.append(Author(name: parts[1], email: parts[2]))
      case ("k", 2): (kpi, change) = (KPIID(parts[1]), nil)
      case ("c", 4):
        guard let commit = ObjectID(parts[1]), let seconds = Int64(parts[2]), let author = Int(parts[3]),
          authors.indices.contains(author)
        else { return nil }
        change = Restatement.Change(commit: commit, seconds: seconds, by: authors[author])
      case ("r", 5...):
        guard let kpi, let change, let row = Restatement(kpi: kpi, parts, change) else { return nil }
        byKPI[kpi, default: []].append(row)
      default: return nil
      }
    }
  }

  /// A text without what separates lines and parts.
  private static func plain(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }
}

extension Restatement {
  /// The parts of a line: `r`, period, input, before, after, dimensions.
  fileprivate init?(kpi: KPIID, _ parts: [String], _ change: Change) {
    guard let period = Period(parts[1]), let from = Quantity(parts[3]), parts[4].isEmpty || Quantity(parts[4]) != nil
    else { return nil }
    self.init(
      kpi: kpi, period: period, dimensions: Array(parts[5...]), input: parts[2], from: from, to: Quantity(parts[4]),
      change: change)
  }
}

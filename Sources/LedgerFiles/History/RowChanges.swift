public import Calculation
import LedgerModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The rows in which two versions of a KPI's actuals differ; the lines that they share at the beginning and at the end
/// are not read.
///
///     let changes = RowChanges(from: old, to: new, dimensions: [])
///     if changes.takesRowsAway { changes.rows() … }
public struct RowChanges {
  /// A row before and after; one of the two may be missing.
  public struct Row: Hashable, Sendable {
    public let period: Period
    public let dimensions: [String]
    public let before: ActualsRow?
    public let after: ActualsRow?
  }

  private let old: [UInt8]
  private let new: [UInt8]
  private let dimensions: [String]
  /// What differs; nil where the versions have to be read as a whole.
  private let middle: (old: Range<Int>, new: Range<Int>)?
  private let headerEnd: Int

  /// - Parameter dimensions: the columns besides the period that tell rows apart; those that a version does not have
  ///   tell nothing there.
  public init(from old: [UInt8], to new: [UInt8], dimensions: [String]) {
    self.old = old
    self.new = new
    self.dimensions = dimensions
    headerEnd = (old.firstIndex(of: 0x0A) ?? -1) + 1
    middle = headerEnd == 0 ? nil : Self.middle(old, new, from: headerEnd)
  }

  /// Whether a version has columns besides the period and the value of a simple KPI, so that some may be dimensions.
  public static func mayHaveDimensions(_ bytes: [UInt8]) -> Bool {
    let header = bytes.prefix { $0 != 0x0A }
    return ![",status,note", ",status", ",note", ""].contains { header.elementsEqual(("period,value" + $0).utf8) }
  }

  /// Two versions of a simple KPI's actuals cut down to the header and the lines from the first to the last that differ:
  /// in them the same keys differ. Nil where that takes the whole files: other columns, a quote, rows out of order.
  public static func differingLines(_ old: [UInt8], _ new: [UInt8]) -> (old: [UInt8], new: [UInt8])? {
    guard !mayHaveDimensions(old), let start = old.firstIndex(of: 0x0A).map({ $0 + 1 }),
      let middle = middle(old, new, from: start), isInOrder(old, from: start), isInOrder(new, from: start)
    else { return nil }
    let header = old[..<start]
    return (Array(header + old[middle.0]), Array(header + new[middle.1]))
  }

  /// Whether each line begins with another name than the one before it and is behind that by its bytes, so that no row
  /// stands twice.
  private static func isInOrder(_ bytes: [UInt8], from start: Int) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return true }
      var (last, line) = (start..<start, start)
      while line < bytes.count {
        let rest = bytes.count - line
        guard let comma = memchr(base + line, 0x2C, rest).map({ UnsafeRawPointer($0) - base }),
          let end = memchr(base + line, 0x0A, rest).map({ UnsafeRawPointer($0) - base }), comma < end
        else { return false }
        let order = memcmp(base + last.lowerBound, base + line, min(last.count, comma - line))
        guard order < 0 || order == 0 && last.count < comma - line else { return false }
        (last, line) = (line..<comma, end + 1)
      }
      return true
    }
  }

  /// Whether anything of the old version is changed or gone; where not, there are only new rows.
  public var takesRowsAway: Bool { middle.map { !$0.old.isEmpty } ?? true }

  /// The rows that differ, in the order of their keys.
  public func rows() -> [Row] {
    let (before, after) = (rows(of: old, middle?.old), rows(of: new, middle?.new))
    return Set(before.keys).union(after.keys).compactMap { key in
      before[key] == after[key]
        ? nil : Row(period: key.period, dimensions: key.dimensions, before: before[key], after: after[key])
    }.sorted { $0.period != $1.period ? $0.period < $1.period : $0.dimensions.lexicographicallyPrecedes($1.dimensions) }
  }

  // MARK: Reading

  private struct RowKey: Hashable {
    let period: Period
    let dimensions: [String]
  }

  private func rows(of bytes: [UInt8], _ range: Range<Int>?) -> [RowKey: ActualsRow] {
    if let range, range.isEmpty { return [:] }
    let part = range.map { Array(bytes[..<headerEnd]) + bytes[$0] } ?? bytes
    var known = dimensions
    if !known.isEmpty {
      let header = Set(SpreadsheetReader.table(part).header)
      known = known.filter(header.contains)
    }
    let actuals = ActualsDecoder(inputs: nil, dimensions: known).decode(part, file: "").actuals
    var rows: [RowKey: ActualsRow] = [:]
    for index in actuals.periods.indices {
      let row = actuals.row(index)
      rows[RowKey(period: row.period, dimensions: row.dimensions)] = row
    }
    return rows
  }

  /// The lines between the first and the last that differ. A quote may hold line breaks: then nothing is cut.
  private static func middle(_ old: [UInt8], _ new: [UInt8], from start: Int) -> (Range<Int>, Range<Int>)? {
    let quote = UInt8(ascii: "\"")
    let shorter = min(old.count, new.count)
    guard shorter >= start, old[..<start].elementsEqual(new[..<start]), old.last == 0x0A, new.last == 0x0A,
      !old.contains(quote), !new.contains(quote)
    else { return nil }
    return old.withUnsafeBufferPointer { old in
      new.withUnsafeBufferPointer { new in
        var first = start
        while first < shorter, old[first] == new[first] { first += 1 }
        while first > start, old[first - 1] != 0x0A { first -= 1 }
        var tail = 0
        while tail < shorter - first, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
        // A whole line, and the line break before it, so that both sides begin a line there.
        while tail > 0, !begins(at: old.count - tail, old, first) || !begins(at: new.count - tail, new, first) {
          tail -= 1
        }
        return (first..<(old.count - tail), first..<(new.count - tail))
      }
    }
  }

  private static func begins(at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ first: Int) -> Bool {
    offset == first || bytes[offset - 1] == 0x0A
  }
}

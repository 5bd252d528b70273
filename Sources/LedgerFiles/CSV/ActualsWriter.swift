public import Calculation
public import LedgerModel

/// One row of actuals, to be put into a file.
public struct ActualsRow: Hashable, Sendable {
  public var period: Period
  /// Values of the dimensions, in the order of the file's columns.
  public var dimensions: [String]
  /// Values by input; an input that is not named here is missing.
  public var values: [String: Quantity]
  public var status: RowStatus
  /// Empty where there is none.
  public var note: String

  public init(
    period: Period, dimensions: [String] = [], values: [String: Quantity], status: RowStatus = .final, note: String = ""
  ) {
    self.period = period
    self.dimensions = dimensions
    self.values = values
    self.status = status
    self.note = note
  }
}

extension Actuals {
  /// The row at an index of `periods`.
  public func row(_ index: Int) -> ActualsRow {
    ActualsRow(
      period: periods[index], dimensions: dimensions.map { $0.values[index] },
      values: Dictionary(
        inputs.compactMap { column in column.values[index].map { (column.name, $0) } },
        uniquingKeysWith: { one, _ in one }),
      status: statuses[index], note: notes.isEmpty ? "" : notes[index])
  }

  /// The index of the row of a key; nil where there is none.
  public func index(of period: Period, dimensions key: [String] = []) -> Int? {
    periods.indices.first { periods[$0] == period && dimensions.map(\.values[$0]) == key }
  }
}

/// Writes actuals in their canonical form: UTF-8, LF, commas, rows in key order, plain decimal numbers, quotes only
/// where needed.
public enum ActualsWriter {
  /// The whole file. Status and note have a column where `columns` names it or a row has one.
  ///
  /// - Parameter columns: the columns of the file as found, by which inputs are ordered; those that `actuals` has and
  ///   the list has not come last.
  public static func bytes(_ actuals: Actuals, columns: [String] = []) -> [UInt8] {
    let layout = ActualsLayout(actuals, columns)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 * (actuals.count + 1))
    layout.writeHeader(to: &bytes)
    for row in actuals.periods.indices { layout.write(actuals.row(row), to: &bytes) }
    return bytes
  }

  /// The file with a row put in its place, or replaced; every other line stays byte for byte.
  ///
  /// A file that is not canonical, or has no column for something that the row holds, is written anew as a whole. Gives
  /// nil where the file has errors, which `decoder.decode` names. An empty file gets the decoder's columns.
  public static func upserting(_ row: ActualsRow, in bytes: [UInt8], decoder: ActualsDecoder) -> [UInt8]? {
    edit(bytes, decoder) { actuals in
      insert(row, into: &actuals)
    } splice: { actuals, columns in
      let layout = ActualsLayout(actuals, columns)
      guard layout.isExactly(columns), layout.holds(row) else { return nil }
      var line: [UInt8] = []
      layout.write(row, to: &line)
      return line
    } key: {
      (row.period, row.dimensions)
    }
  }

  /// The file without the row of a key; every other line stays byte for byte. Gives nil where the file has errors.
  public static func removing(
    _ period: Period, dimensions: [String] = [], from bytes: [UInt8], decoder: ActualsDecoder
  ) -> [UInt8]? {
    edit(bytes, decoder) { actuals in
      if let index = actuals.index(of: period, dimensions: dimensions) { actuals.remove(at: index) }
    } splice: { _, _ in
      []
    } key: {
      (period, dimensions)
    }
  }

  /// The canonical form of a file; nil where it has errors, which `decoder.decode` names.
  public static func canonical(_ bytes: [UInt8], decoder: ActualsDecoder) -> [UInt8]? {
    let (actuals, findings) = decoder.decode(bytes, file: "")
    guard !findings.contains(where: { $0.severity == .error }) else { return nil }
    guard !findings.isEmpty else { return bytes }
    return self.bytes(actuals, columns: SpreadsheetReader.table(bytes).header)
  }

  private static func edit(
    _ bytes: [UInt8], _ decoder: ActualsDecoder, change: (inout Actuals) -> Void,
    splice: (Actuals, [String]) -> [UInt8]?, key: () -> (Period, [String])
  ) -> [UInt8]? {
    if bytes.isEmpty {
      var actuals = Actuals()
      actuals.dimensions = decoder.dimensions.map { Actuals.Column(name: $0, values: []) }
      actuals.inputs = (decoder.inputs ?? ["value"]).map { Actuals.Column(name: $0, values: []) }
      change(&actuals)
      return self.bytes(actuals)
    }
    var (actuals, findings) = decoder.decode(bytes, file: "")
    guard !findings.contains(where: { $0.severity == .error }) else { return nil }
    let table = SpreadsheetReader.table(bytes)
    if findings.isEmpty, table.rows.count == actuals.count, let line = splice(actuals, table.header) {
      let (period, dimensions) = key()
      let index = actuals.position(of: period, dimensions)
      var copy = bytes
      let isThere = actuals.index(of: period, dimensions: dimensions) == index
      let start = index < table.rows.count ? table.rows[index].range.lowerBound : bytes.count
      let end = isThere && index < table.rows.count ? table.rows[index].range.upperBound : start
      copy.replaceSubrange(start..<end, with: line)
      return copy
    }
    change(&actuals)
    return self.bytes(actuals, columns: table.header)
  }

  private static func insert(_ row: ActualsRow, into actuals: inout Actuals) {
    for name in row.values.keys.sorted() where actuals.values(of: name) == nil {
      actuals.inputs.append(Actuals.Column(name: name, values: Array(repeating: nil, count: actuals.count)))
    }
    let index = actuals.position(of: row.period, row.dimensions)
    if actuals.index(of: row.period, dimensions: row.dimensions) == index { actuals.remove(at: index) }
    actuals.insert(row, at: index)
  }
}

extension Actuals {
  /// Where the row of a key is, or belongs.
  func position(of period: Period, _ key: [String]) -> Int {
    periods.indices.first { index in
      guard periods[index] == period else { return period < periods[index] }
      return !dimensions.map(\.values[index]).lexicographicallyPrecedes(key)
    } ?? periods.count
  }

  mutating func remove(at index: Int) {
    periods.remove(at: index)
    statuses.remove(at: index)
    if !notes.isEmpty { notes.remove(at: index) }
    for column in dimensions.indices { dimensions[column].values.remove(at: index) }
    for column in inputs.indices { inputs[column].values.remove(at: index) }
  }

  mutating func insert(_ row: ActualsRow, at index: Int) {
    let hasNotes = !notes.isEmpty || !row.note.isEmpty
    if notes.isEmpty, hasNotes { notes = Array(repeating: "", count: count) }
    if hasNotes { notes.insert(row.note, at: index) }
    periods.insert(row.period, at: index)
    statuses.insert(row.status, at: index)
    for column in dimensions.indices {
      dimensions[column].values.insert(row.dimensions.indices.contains(column) ? row.dimensions[column] : "", at: index)
    }
    for column in inputs.indices { inputs[column].values.insert(row.values[inputs[column].name], at: index) }
  }
}

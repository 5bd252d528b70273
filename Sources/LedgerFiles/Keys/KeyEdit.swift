import Calculation
public import LedgerModel

/// Puts a value at a key of a file, as settling a proposal does.
public enum KeyEdit {
  /// The file with a key set to a value; nil where the key is of a kind that cannot be set by itself (a column, a
  /// comment), or the file has not what it needs.
  /// - Parameters:
  ///   - value: as a proposal writes it; nil removes the key. Of the calculation, only the fields that change.
  ///   - bytes: the file as it is; nil where there is none.
  ///   - comment: what is to stand with a field; nil leaves the comment that does.
  ///   - definition: of actuals, their definition.
  public static func setting(
    _ key: Key, to value: YAMLValue?, comment: String? = nil, in bytes: [UInt8], path: String,
    definition: Definition? = nil
  ) -> [UInt8]? {
    if key == .content {
      guard case .string(let text)? = value else { return nil }
      return Array(text.utf8)
    }
    if key.row != nil || key.note != nil { return row(key, value, bytes, definition) }
    let shape = Shape.of(LedgerPath(path))
    if let value, let comment, let path = self.path(of: key), path.count == 1, key != .calculation {
      return commented(path, value, comment, bytes)
    }
    return yaml(key, value, bytes, shape)
  }

  // MARK: YAML

  private static func yaml(_ key: Key, _ value: YAMLValue?, _ bytes: [UInt8], _ shape: Shape) -> [UInt8]? {
    guard let document = YAMLKeys(bytes, shape: shape) else { return nil }
    var editor = YAMLEditor(document.document)
    if key == .calculation {
      guard case .map(let fields)? = value else { return nil }
      for field in fields { set([field.key], field.value == .null ? nil : field.value, &editor) }
    } else if let (field, item) = element(key) {
      if value == nil { editor.removeItem([field], value: item) }
      if value != nil && document.value(key) == nil { editor.insertItem([field], value: item) }
    } else if case .item(let list, let index)? = document.place(of: key) {
      editor.removeItem(list, at: index)
      if let value { editor.insertItem(list, value: value, at: index) }
    } else if let field = listed(key, shape) {
      if let value { editor.insertItem([field], value: value) }
    } else if case .path(let path)? = document.place(of: key) {
      set(path, value, &editor)
    } else if let path = path(of: key) {
      set(path, value, &editor)
    } else {
      return nil
    }
    return editor.bytes
  }

  /// A field with its comment: as the proposal's own little text has them.
  private static func commented(_ path: [String], _ value: YAMLValue, _ comment: String, _ bytes: [UInt8]) -> [UInt8]? {
    let document = YAMLDocument(parsing: bytes)
    guard document.findings.isEmpty else { return nil }
    let lines = comment.split(separator: "\n").map { "# " + $0 + "\n" }
    let field = YAMLWriter.text(.map(path.map { ($0, value) }))
    var editor = YAMLEditor(document)
    editor.transplant(path, from: YAMLDocument(parsing: Array((lines.joined() + field).utf8)))
    return editor.bytes
  }

  private static func set(_ path: [String], _ value: YAMLValue?, _ editor: inout YAMLEditor) {
    if let value { editor.set(path, to: value) } else { editor.remove(path) }
  }

  /// The set and the element of a key such as `leads_to has sales/new-orders`.
  private static func element(_ key: Key) -> (field: String, item: YAMLValue)? {
    let words = key.text.split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[1] == "has" else { return nil }
    return (String(words[0]), .string(String(words[2])))
  }

  /// The list that a key such as `affects.supply/inventory` is an entry of.
  private static func listed(_ key: Key, _ shape: Shape) -> String? {
    guard let field = key.text.split(separator: ".").first.map(String.init), field != key.text,
      case .listed = shape.cut(of: field)
    else { return nil }
    return field
  }

  /// The path of a key without quoted parts; nil for a comment and the like.
  private static func path(of key: Key) -> [String]? {
    guard !key.text.contains("\""), !key.text.contains(" ") else { return nil }
    return key.text.split(separator: ".").map(String.init)
  }

  // MARK: Actuals

  private static func row(_ key: Key, _ value: YAMLValue?, _ bytes: [UInt8], _ definition: Definition?) -> [UInt8]? {
    guard let name = key.row ?? key.note else { return nil }
    let decoder = definition.map { ActualsDecoder($0) } ?? ActualsDecoder()
    let parts = name.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard let period = parts.first.flatMap({ Period($0) }) else { return nil }
    let dimensions = Array(parts.dropFirst())
    let (actuals, _) = decoder.decode(bytes, file: "")
    let present = actuals.index(of: period, dimensions: dimensions).map { actuals.row($0) }
    guard key.note == nil else {
      guard var row = present else { return nil }
      if case .string(let note)? = value { row.note = note } else { row.note = "" }
      return ActualsWriter.upserting(row, in: bytes, decoder: decoder)
    }
    guard let value else {
      return ActualsWriter.removing(period, dimensions: dimensions, from: bytes, decoder: decoder)
    }
    guard case .map(let cells) = value else { return nil }
    var row = ActualsRow(period: period, dimensions: dimensions, values: [:])
    row.note = present?.note ?? ""
    for cell in cells {
      switch cell.value {
      case .number(let number): row.values[cell.key] = number
      case .string(let text) where cell.key == "status": row.status = RowStatus(rawValue: text) ?? .final
      default: return nil
      }
    }
    return ActualsWriter.upserting(row, in: bytes, decoder: decoder)
  }
}

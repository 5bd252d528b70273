import LedgerModel

/// A group of fields ("field: value") of a file that is being decoded.
struct Fields {
  let reading: FileReading
  /// What the group is called in messages, as `a definition` or `"thresholds"`.
  let owner: String
  /// The dotted name of the group inside the file; empty for the file itself.
  let label: String
  /// The byte at which what is missing is reported.
  let anchor: Int
  let entries: [YAMLEntry]

  /// The value of a field, or nil where it is not given or left blank.
  ///
  /// - Parameters:
  ///   - missing: how much it matters that there is none; nil: not at all.
  ///   - hint: what belongs there, as `the id of a goal in goals.yaml`.
  func value(_ name: String, missing: Severity? = nil, hint: String? = nil) -> Value? {
    let entry = entries.first { $0.key == name }
    if let entry {
      let value = value(of: entry)
      if !value.isBlank { return value }
    }
    if let missing { reportMissing(name, missing, hint: hint, at: entry) }
    return nil
  }

  /// The value of an entry, named in messages by its place in the file.
  func value(of entry: YAMLEntry) -> Value {
    Value(
      reading: reading, node: entry.value, label: label.isEmpty ? entry.key : label + "." + entry.key,
      anchor: entry.keyRange.lowerBound)
  }

  /// Each entry's name and value, for groups whose names are free (ids, periods, units).
  var members: [(entry: YAMLEntry, value: Value)] { entries.map { ($0, value(of: $0)) } }

  /// Adds a finding for each field that is not known here.
  func reportUnknown(_ known: KnownFields) {
    for entry in entries where !known.contains(entry.key) {
      let guess = Suggestion.nearest(to: entry.key, in: known.names)
      let advice =
        guess.map { "Did you mean \"\($0)\"?" } ?? "It may have: \(known.names.joined(separator: ", "))."
      reading.add(
        .error, "unknown-field", at: entry.keyRange.lowerBound,
        "\"\(Value.shortened(entry.key))\" is not a field of \(owner). \(advice)")
    }
  }

  private func reportMissing(_ name: String, _ severity: Severity, hint: String?, at entry: YAMLEntry?) {
    let what = hint.map { " (\($0))" } ?? ""
    let message =
      entry == nil
      ? "The field \"\(name)\"\(what) is missing in \(owner): add a line \"\(name): …\"."
      : "The field \"\(name)\"\(what) of \(owner) is blank: fill it in."
    reading.add(severity, "missing-field", at: entry?.keyRange.lowerBound ?? anchor, message)
  }
}

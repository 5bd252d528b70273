import LedgerModel

/// `proposals/<path of the file>/<id>.yaml` to a `Proposal`.
struct ProposalDecoder {
  private static let known = KnownFields([
    "file", "key", "proposed", "instead_of", "comment", "changes", "by", "at", "commit", "because", "reason",
  ])

  /// The proposal; nil where anything of it is missing or cannot be read: only a merge writes proposals.
  static func decode(_ reading: FileReading, file: String, id: String) -> Proposal? {
    guard let fields = reading.root(of: "a proposal", known: known) else { return nil }
    let fileField = fields.value("file", missing: .error, hint: "the file that it wants to change")
    let named = fileField?.text()
    if let named, named != file {
      fileField?.report(
        "wrong-place", "The proposal is about \"\(Value.shortened(named))\", but lies below proposals/\(file).")
    }
    let changes = changes(fields)
    let by = fields.value("by", missing: .error, hint: "who entered it")?.text()
    let at = fields.value("at", missing: .error, hint: "when it was entered").flatMap(time)
    let commit = fields.value("commit", missing: .error, hint: "where it was entered").flatMap(commit)
    let cause = fields.value("because", missing: .error)?.choice(Proposal.Cause.self)
    let reason = fields.value("reason")?.text()
    guard let named, let by, let at, let commit, let cause, !changes.isEmpty, !reading.hasUnreadableValue else {
      return nil
    }
    return Proposal(
      id: id, file: named, changes: changes, by: by, at: at, commit: commit, because: cause, reason: reason ?? "")
  }

  private static func changes(_ fields: Fields) -> [Proposal.Change] {
    guard let list = fields.value("changes") else {
      return [change(fields)].compactMap { $0 }
    }
    for name in ["key", "proposed", "instead_of"] {
      guard let entry = fields.entries.first(where: { $0.key == name }) else { continue }
      fields.reading.add(
        .error, "unknown-field", at: entry.keyRange.lowerBound,
        "\"\(name)\" does not belong beside \"changes\": each entry of that list has its own.")
    }
    return list.items()?.compactMap { item in
      item.fields(KnownFields(["key", "proposed", "instead_of", "comment"])).flatMap(change)
    } ?? []
  }

  /// One held key. A value that is absent or blank stands for nothing: a removal, or a key that was not there.
  private static func change(_ fields: Fields) -> Proposal.Change? {
    guard let key = fields.value("key", missing: .error, hint: "what it wants to change")?.text() else { return nil }
    return Proposal.Change(
      key: key, proposed: valueText("proposed", fields), insteadOf: valueText("instead_of", fields),
      comment: comment(fields))
  }

  /// An empty text says that a comment was taken away.
  private static func comment(_ fields: Fields) -> String? {
    guard let node = fields.entries.first(where: { $0.key == "comment" })?.value,
      case .string(let text) = YAMLValue(node)
    else { return nil }
    return text
  }

  private static func valueText(_ name: String, _ fields: Fields) -> String? {
    fields.value(name).map { YAMLWriter.text(YAMLValue($0.node)) }
  }

  /// RFC 3339 in UTC, as `2026-03-02T10:11:00Z`.
  private static func time(_ value: Value) -> String? {
    guard let text = value.text() else { return nil }
    let form = "dddd-dd-ddTdd:dd:ddZ"
    let fits =
      text.utf8.count == form.utf8.count
      && zip(text, form).allSatisfy { $1 == "d" ? $0.isASCII && $0.isNumber : $0 == $1 }
    if fits { return text }
    value.report(
      "bad-time", "\"\(value.label)\" should be a time as 2026-03-02T10:11:00Z, but is \"\(Value.shortened(text))\".")
    return nil
  }

  private static func commit(_ value: Value) -> String? {
    guard let text = value.bareText() else { return nil }
    let isHexadecimal = text.utf8.count >= 4 && text.utf8.count <= 64 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    if isHexadecimal { return text }
    value.report("bad-commit", "\"\(value.label)\" should be the id of a commit, but is \"\(Value.shortened(text))\".")
    return nil
  }
}

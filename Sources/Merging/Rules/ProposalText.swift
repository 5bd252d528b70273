import LedgerFiles
public import LedgerModel

/// A proposal's file: written as DESIGN section 3 says, and read back.
public enum ProposalText {
  /// More changes than this of one commit and file are one proposal with a list.
  static let mostSeparate = 50

  /// The meaning of a proposed value's text; nil where it is a removal.
  static func value(_ text: String) -> YAMLValue? {
    guard let root = YAMLDocument(parsing: Array(text.utf8)).root else { return nil }
    let value = YAMLValue(root)
    return value == .null ? nil : value
  }

  /// The proposal in a file, or nil where the file does not say which change of which file it holds.
  public static func read(_ bytes: [UInt8], id: String) -> Proposal? {
    let document = YAMLDocument(parsing: bytes)
    func text(_ field: String) -> String? {
      guard case .scalar(let scalar)? = document.node(at: [field])?.kind else { return nil }
      return scalar.text
    }
    guard document.findings.isEmpty, let file = text("file"), let by = text("by"), let commit = text("commit"),
      let because = text("because").flatMap(Proposal.Cause.init(rawValue:))
    else { return nil }
    let changes = changes(in: document)
    guard !changes.isEmpty else { return nil }
    return Proposal(
      id: id, file: file, changes: changes, by: by, at: text("at") ?? "", commit: commit, because: because,
      reason: text("reason") ?? "")
  }

  private static func changes(in document: YAMLDocument) -> [Proposal.Change] {
    guard let root = document.root else { return [] }
    if case .sequence(let items, _)? = document.node(at: ["changes"])?.kind {
      return items.compactMap { change(in: YAMLValue($0.value)) }
    }
    return change(in: YAMLValue(root)).map { [$0] } ?? []
  }

  private static func change(in value: YAMLValue) -> Proposal.Change? {
    guard case .map(let fields) = value, case .string(let key)? = fields.first(where: { $0.key == "key" })?.value
    else { return nil }
    func text(_ field: String) -> String? {
      guard let value = fields.first(where: { $0.key == field })?.value, value != .null else { return nil }
      return YAMLWriter.text(value)
    }
    var comment: String?
    if case .string(let text)? = value["comment"] { comment = text }
    return Proposal.Change(key: key, proposed: text("proposed"), insteadOf: text("instead_of"), comment: comment)
  }
}

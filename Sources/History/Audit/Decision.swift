import Git
import LedgerFiles
import LedgerModel

/// What a commit decided about one key that was held, by deleting the proposal.
struct Decision {
  let key: Key
  /// The file that it is about, as the commit names it.
  let file: String
  /// Still without who decided, and when.
  let settlement: Settlement

  /// Says how one change of a proposal came out. Accepting sets the value in the commit that deletes the proposal, rejecting
  /// deletes it alone (DESIGN section 5); a merge drops a proposal whose value is in force.
  /// - Parameters:
  ///   - before: the file as it was when the decision was made
  ///   - after: the file as the decision left it
  ///   - isMerge: whether a merge decided
  ///   - isOwn: whether whoever decided had proposed it
  static func outcome(
    of change: Proposal.Change, before: DecidedFile, after: DecidedFile, isMerge: Bool, isOwn: Bool
  ) -> Settlement.Outcome {
    let key = Key(change.key)
    let proposed = change.proposedValue
    func has(_ file: DecidedFile) -> Bool {
      change.comment.map { $0 == file.comment(key) } ?? true && key.isMade(proposed ?? .null, file.value(key) ?? .null)
    }
    if has(after), isMerge || !has(before) { return .accepted }
    let isLeft = key.isMade(key.part(of: before.value(key), in: proposed), after.value(key) ?? .null)
    return !isLeft ? .changed : isOwn ? .withdrawn : .rejected
  }
}

/// A file beside a decision about it.
struct DecidedFile {
  let path: String
  /// nil where there is no such file.
  let document: (any KeyedDocument)?

  func value(_ key: Key) -> YAMLValue? {
    guard let document else { return nil }
    switch key {
    case .file: return .bool(true)
    case .place: return LedgerPath(path).kpi.map { .string($0.description) }
    case .content: return .string(String(decoding: document.bytes, as: UTF8.self))
    case .close: return document.value(key)?.meaning ?? .map([])
    default: return document.value(key)?.meaning
    }
  }

  func comment(_ key: Key) -> String { document?.value(key)?.comment ?? "" }
}

extension Proposal.Change {
  /// nil is a removal.
  var proposedValue: YAMLValue? { Self.value(proposed) }
  /// nil where there was nothing.
  var seenValue: YAMLValue? { Self.value(insteadOf) }

  private static func value(_ text: String?) -> YAMLValue? {
    text.map { text in YAMLDocument(parsing: Array(text.utf8)).root.map { YAMLValue($0) } ?? .null }
  }
}

extension Key {
  /// Whether a value is what putting another in force makes of it: of the calculation, only some fields are named.
  fileprivate func isMade(_ proposed: YAMLValue, _ value: YAMLValue) -> Bool {
    if value == proposed { return true }
    guard self == .calculation, case .map(let fields) = proposed, !fields.isEmpty else { return false }
    return fields.allSatisfy { $0.value == value[$0.key] ?? .null }
  }

  /// A value; of the calculation, the fields that a proposal names.
  fileprivate func part(of value: YAMLValue?, in proposed: YAMLValue?) -> YAMLValue {
    guard self == .calculation, let value, case .map(let fields)? = proposed else { return value ?? .null }
    return .map(fields.map { (key: $0.key, value: value[$0.key] ?? .null) })
  }
}

import LedgerFiles
import LedgerModel

/// What a commit of the main line made of one key: what the line had before it, and what it has since.
///
/// Several people may have changed the key on the way there; only what came into force counts, and is laid to whoever
/// entered it.
struct KeyChange: Sendable {
  /// The file, as it is named since.
  var file: String
  let key: Key
  /// nil where there was nothing.
  var from: YAMLValue?
  /// nil where there is nothing any more.
  let to: YAMLValue?
  let entry: AuditEntry
}

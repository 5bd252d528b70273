/// What somebody wants to change: a key of a file (DESIGN section 5), as `calculation` of a definition.
public struct Subject: Hashable, Sendable {
  public let file: String
  /// As proposals spell it: `calculation`, `targets.2026-Q3`, `row 2026-03`, `file`, `place`.
  public let key: String
  /// The top-level fields in which the change differs from what was there: of `calculation` as `formula` and `inputs`,
  /// of `targets.2026` just `targets`; empty in files without fields.
  public var fields: [String]
  /// Whether the hub has no such file and the change is part of making it, as a draft.
  public var isNewDraft: Bool
  /// Whether the hub has no such file.
  public var isNewFile: Bool
  /// The file's path before it was moved, where the change is its move.
  public var movedFrom: String?

  public init(
    file: String, key: String, fields: [String] = [], isNewFile: Bool = false, isNewDraft: Bool = false,
    movedFrom: String? = nil
  ) {
    self.file = file
    self.key = key
    self.fields = fields
    self.isNewFile = isNewFile
    self.isNewDraft = isNewDraft
    self.movedFrom = movedFrom
  }
}

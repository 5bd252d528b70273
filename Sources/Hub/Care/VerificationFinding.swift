public import Git

/// Something that the proof of a hub's history has found.
public struct VerificationFinding: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// Somebody has made it otherwise than the rules do, or it is damaged.
    case forged
    /// It cannot be proven here, which says nothing against it.
    case unproven
  }

  public let severity: Severity
  /// The kebab-case name of the rule. Stable: scripts may rely on it.
  public let rule: String
  /// The commit that it is about; nil where it is about no single one.
  public let commit: ObjectID?
  /// The file that it is about; nil where it is about none.
  public let file: String?
  /// What is wrong, for somebody who does not know git.
  public let message: String

  init(
    _ severity: Severity, _ rule: String, commit: ObjectID? = nil, file: String? = nil, _ message: String
  ) {
    self.severity = severity
    self.rule = rule
    self.commit = commit
    self.file = file
    self.message = message
  }

  /// Something forged or damaged.
  init(_ rule: String, commit: ObjectID? = nil, file: String? = nil, _ message: String) {
    self.init(.forged, rule, commit: commit, file: file, message)
  }

  /// The finding as one line.
  public var line: String {
    let place = [commit?.abbreviated(), file].compactMap(\.self).joined(separator: ", ")
    let note = severity == .unproven ? "not recomputable here: " : ""
    return Refusal(rule, (place.isEmpty ? "" : place + ": ") + note + message).line
  }
}

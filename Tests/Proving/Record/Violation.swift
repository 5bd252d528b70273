/// What must never happen, and did.
struct Violation: Hashable, CustomStringConvertible {
  enum Kind: String, CaseIterable {
    case lost, unauthorised, unattributed, resurrected, differing, recompute, refused, endless, unsettled, overridden
    case putBack = "put back"
    case closed, unreadable
    /// Something that was not to be held is.
    case needless
  }

  let kind: Kind
  let text: String

  var description: String { "\(kind.rawValue): \(text)" }
}

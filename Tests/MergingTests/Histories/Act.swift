/// What happens in a played history.
enum Act: CustomStringConvertible {
  enum Settling: String, CaseIterable { case accept, reject, other, withdraw }

  case edit(clone: Int, [(spot: Spot, value: String?)])
  case settle(clone: Int, nth: Int, Settling, value: String)
  case sync(clone: Int)
  /// The hub takes the merge, but its answer does not arrive.
  case syncWithoutAnswer(clone: Int)
  /// One clone takes over what another has not sent: by fast-forward, or by `git merge`, which keeps its own files
  /// where both changed one.
  case relay(clone: Int, from: Int, keepsOwn: Bool)
  /// `git pull` from the hub into a clone.
  case pull(clone: Int, keepsOwn: Bool)
  /// A clone goes back to its commit before the last.
  case restore(clone: Int)

  var description: String {
    switch self {
    case .edit(let clone, let edits):
      "\(clone): " + edits.map { "\($0.spot) := \($0.value ?? "nothing")" }.joined(separator: ", ")
    case .settle(let clone, let nth, let how, let value): "\(clone): \(how) proposal \(nth) (\(value))"
    case .sync(let clone): "\(clone): sync"
    case .syncWithoutAnswer(let clone): "\(clone): sync, the answer is lost"
    case .relay(let clone, let from, let keepsOwn): "\(clone): takes over from \(from), keeps own: \(keepsOwn)"
    case .pull(let clone, let keepsOwn): "\(clone): git pull, keeps own: \(keepsOwn)"
    case .restore(let clone): "\(clone): restored"
    }
  }
}

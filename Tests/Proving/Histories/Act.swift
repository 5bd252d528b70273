/// What happens in a played history.
enum Act: CustomStringConvertible {
  enum Settling: String, CaseIterable { case accept, reject, other, withdraw }

  /// Somebody commits, maybe in somebody else's name.
  case edit(Int, [Edit], claims: Person?)
  case settle(Int, nth: Int, Settling, value: String)
  /// Somebody writes something else into a proposal.
  case tamper(Int, nth: Int)
  case sync(Int)
  /// The hub takes the merge, but its answer does not arrive.
  case syncWithoutAnswer(Int)
  /// Another is faster: the merge is refused and made again.
  case lateSync(Int, after: Int)
  /// A plain push of what was committed.
  case push(Int)
  /// One clone takes over what another has not sent, by fast-forward or a merge by lines.
  case relay(Int, from: Int, Picking)
  /// `git pull` from the hub.
  case pull(Int, Picking)
  /// The clone goes back some commits of its own.
  case reset(Int, by: Int)
  /// Somebody commits the files as they were some commits ago.
  case restore(Int, by: Int)

  /// What a merge by hand takes of a file that both changed.
  enum Picking: String, CaseIterable { case ours, theirs, lines }

  var clone: Int {
    switch self {
    case .edit(let clone, _, _), .settle(let clone, _, _, _), .tamper(let clone, _), .sync(let clone),
      .syncWithoutAnswer(let clone), .lateSync(let clone, _), .push(let clone), .relay(let clone, _, _),
      .pull(let clone, _), .reset(let clone, _), .restore(let clone, _):
      clone
    }
  }

  var description: String {
    switch self {
    case .edit(_, let edits, let claims):
      edits.map(\.description).joined(separator: ", ") + (claims.map { "; commit as \($0)" } ?? "; commit")
    case .settle(_, let nth, let how, let value): "settle \(how) proposal \(nth)\(how == .other ? " := \(value)" : "")"
    case .tamper(_, let nth): "write into proposal \(nth)"
    case .sync: "sync"
    case .syncWithoutAnswer: "sync, the answer is lost"
    case .lateSync(_, let other): "sync, but clone \(other) is faster"
    case .push: "git push"
    case .relay(_, let from, let picking): "git pull from clone \(from), \(picking)"
    case .pull(_, let picking): "git pull, \(picking)"
    case .reset(_, let steps): "git reset --hard HEAD~\(steps)"
    case .restore(_, let steps): "git checkout HEAD~\(steps) -- . ; commit"
    }
  }
}

/// A history to be played: who has the clones, and what happens.
struct Script {
  var people: [Person]
  var acts: [Act]
  /// The clones that sign what they commit.
  var signers: Set<Int> = []

  var lines: [String] {
    (signers.isEmpty ? [] : ["signed by \(signers.sorted().map { "\(people[$0])\($0)" }.joined(separator: ", "))"])
      + acts.enumerated().map { "\($0.offset + 1). \(people[$0.element.clone])\($0.element.clone): \($0.element)" }
  }
}

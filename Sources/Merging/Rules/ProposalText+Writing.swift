import Calculation
import Crypto
import LedgerFiles
public import LedgerModel

extension ProposalText {
  /// The id of a proposal: a hash of commit, file and key, 20 hexadecimal digits.
  public static func id(commit: ContentID, file: String, key: String) -> String {
    let digest = SHA256.hash(data: Array("\(commit)\n\(file)\n\(key)".utf8))
    let digits = Array("0123456789abcdef")
    return String(digest.prefix(10).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The files of the proposals for held changes, by path; more than `mostSeparate` of one commit and file are one.
  static func files(for held: [HeldChange]) -> [(path: String, bytes: [UInt8])] {
    let groups = Dictionary(grouping: held.filter { $0.enteredIn != nil }) { change in
      Source(file: change.file, commit: change.enteredIn?.id ?? ContentID(""), because: nil)
    }
    return groups.values.flatMap { changes in
      changes.count > mostSeparate ? lists(changes) : changes.map { file($0.key.text, [$0]) }
    }.compactMap(\.self).sorted { $0.path < $1.path }
  }

  private struct Source: Hashable {
    let file: String
    let commit: ContentID
    let because: Proposal.Cause?
  }

  private static func lists(_ changes: [HeldChange]) -> [(path: String, bytes: [UInt8])?] {
    Dictionary(grouping: changes, by: \.because).map { because, changes in
      file("changes \(because.rawValue)", changes.sorted { $0.key < $1.key })
    }
  }

  private static func file(_ key: String, _ changes: [HeldChange]) -> (path: String, bytes: [UInt8])? {
    guard let first = changes.first, let commit = first.enteredIn else { return nil }
    let id = id(commit: commit.id, file: first.file, key: key)
    var fields: [(key: String, value: YAMLValue)] = [("file", .string(first.file))]
    if changes.count == 1 {
      fields += self.fields(of: first)
    } else {
      fields.append(("changes", .list(changes.map { .map(self.fields(of: $0)) })))
    }
    fields += [
      ("by", .string(commit.author.description)), ("at", .string(UTCTime.text(commit.authoredAt))),
      ("commit", .string(commit.id.text)), ("because", .string(first.because.rawValue)),
      ("reason", .string(trimmed(commit.message))),
    ]
    return ("proposals/\(first.file)/\(id).yaml", Array(YAMLWriter.text(.map(fields)).utf8))
  }

  private static func fields(of change: HeldChange) -> [(key: String, value: YAMLValue)] {
    let (proposed, insteadOf) = shown(change)
    var fields: [(key: String, value: YAMLValue)] = [
      ("key", .string(change.key.text)), ("proposed", proposed), ("instead_of", insteadOf),
    ]
    if let comment = change.proposed?.comment,
      comment != change.insteadOf?.comment ?? "" || comment != change.commentInForce ?? comment
    {
      fields.append(("comment", .string(comment)))
    }
    return fields
  }

  /// A held value and what it was to replace; of the calculation, only the fields that differ.
  static func shown(_ change: HeldChange) -> (proposed: YAMLValue, insteadOf: YAMLValue) {
    let proposed = change.proposed?.meaning ?? .null
    let insteadOf = change.insteadOf?.meaning ?? .null
    guard change.key == .calculation, case .map(let new) = proposed, case .map(let old) = insteadOf else {
      return (proposed, insteadOf)
    }
    let names = new.map(\.key) + old.map(\.key).filter { proposed[$0] == nil }
    let changed = names.filter { proposed[$0] != insteadOf[$0] }
    guard !changed.isEmpty else { return (proposed, insteadOf) }
    return (
      .map(changed.map { ($0, proposed[$0] ?? .null) }),
      .map(changed.compactMap { name in insteadOf[name].map { (name, $0) } })
    )
  }

  private static func trimmed(_ message: String) -> String {
    var text = Substring(message)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

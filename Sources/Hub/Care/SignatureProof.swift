import Git
import LedgerModel
import LedgerStore
import Merging
import Policy

/// Verifies the signature of every commit that has one, and looks whose key it is.
///
/// Where `require_signatures` makes them a must, the gate asks for them; here a signature that is there has to hold.
struct SignatureProof {
  let line: MainLineOrder
  let objects: ObjectDatabase
  let progress: @Sendable (String) -> Void

  func findings(_ since: ObjectID?, count: inout Int) -> [VerificationFinding] {
    let (walk, history) = (RevWalk(objects), GitHistory(objects))
    let commits = line.commits(after: since)
    var found: [VerificationFinding] = []
    for (number, id) in commits.enumerated() {
      if number % 500 == 0 { progress("Signatures verified: \(number) of \(commits.count)") }
      let first = line.parent(of: id)
      // What cannot be read is named by the proof of the syncs.
      guard let brought = try? walk.commits(from: [id], notIn: [first].compactMap(\.self)) else { continue }
      for each in brought {
        guard let commit = try? objects.commit(each), commit.signature != nil else { continue }
        guard let finding = finding(commit, first, history) else {
          count += 1
          continue
        }
        if finding.severity == .unproven, finding.rule == Self.foreignKey { count += 1 }
        found.append(finding)
      }
    }
    return found
  }

  private static let foreignKey = "key-of-nobody"

  private func finding(_ commit: Commit, _ first: ObjectID?, _ history: GitHistory) -> VerificationFinding? {
    guard commit.signature?.contains("BEGIN SSH SIGNATURE") == true else {
      return VerificationFinding(
        .unproven, "other-signature", commit: commit.id,
        "It is signed, but not with an SSH key: 'git verify-commit' may know.")
    }
    let key: String
    do {
      guard let found = try objects.signingKey(ofCommit: commit.id) else {
        return VerificationFinding(
          "signature-does-not-verify", commit: commit.id,
          "\(Refusal.describe(commit)) was changed after it was signed, or its signature was copied from elsewhere.")
      }
      key = found.description
    } catch {
      return VerificationFinding(
        .unproven, "other-signature", commit: commit.id, "Its signature cannot be verified here: ssh-keygen is missing."
      )
    }
    guard let first, let authority = try? LedgerAuthority.at(ContentID(first), in: history) else { return nil }
    let people = [commit.author, commit.committer].map { Author(name: $0.name, email: $0.email) }
    guard !people.contains(where: { authority.isKey(key, of: $0) }) else { return nil }
    return VerificationFinding(
      .unproven, Self.foreignKey, commit: commit.id,
      "\(Refusal.describe(commit)) is signed with a key that people.yaml gave neither its author nor its committer then."
    )
  }
}

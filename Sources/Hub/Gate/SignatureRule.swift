import Git
import LedgerModel
import LedgerStore
import Merging
import Policy

/// Where `ledger.yaml` says `require_signatures`: each commit of the main line carries a signature with a key that is its
/// committer's, as the files of its first parent say. What a sync brings may be unsigned: it then speaks for who signed
/// the sync.
struct SignatureRule {
  let history: GitHistory

  /// Why the commit's signature does not do.
  func refusals(of commit: Commit, first: Commit) throws -> [Refusal] {
    let authority = try LedgerAuthority.at(ContentID(first.id), in: history)
    guard authority.requiresSignatures else { return [] }
    guard let key = try history.signingKey(of: ContentID(commit.id)) else { return [.signatureMissing(commit)] }
    let committer = Author(name: commit.committer.name, email: commit.committer.email)
    return authority.isKey(key, of: committer) ? [] : [.signatureOfNobody(commit, key: key)]
  }
}

extension Refusal {
  static func signatureMissing(_ commit: Commit) -> Refusal {
    let found = commit.signature == nil ? "is not signed" : "has no signature with an ssh key that verifies"
    return Refusal(
      "signature-missing",
      "\(describe(commit)) \(found), and this ledger takes signed changes only. Make a key with 'ssh-keygen -t ed25519', "
        + "have an administrator of the ledger enter the line in its .pub file at your name in people.yaml, and say once: "
        + "git config --global gpg.format ssh; git config --global user.signingkey ~/.ssh/id_ed25519.pub; "
        + "git config --global commit.gpgsign true. Then run 'kpi sync'.")
  }

  static func signatureOfNobody(_ commit: Commit, key: String) -> Refusal {
    Refusal(
      "signature-not-the-committers",
      "\(describe(commit)) is signed with a key that people.yaml does not have at \(commit.committer.email), or not any "
        + "more: \(key.prefix(200)). Have an administrator of the ledger enter it there, or sign with the one that is there."
    )
  }
}

import Git
import LedgerModel
import LedgerStore
import Merging
import Policy

/// Why a hub that takes signed changes only (`require_signatures`) would not take what is made in a clone.
public enum SignatureNeed: Hashable, Sendable {
  /// git is not configured to sign.
  case off
  /// git is configured to sign in a way that a ledger does not know, as `openpgp`.
  case other(format: String)
  /// The key is nobody's, or somebody else's: its line, as `ssh-ed25519 AAAA…`.
  case unknownKey(String)

  /// What stands against a sync; nil where nothing does, or only the hub can know.
  static func of(_ clone: LedgerClone, by author: Author, onto hub: ObjectID) throws -> SignatureNeed? {
    let authority = try LedgerAuthority.at(ContentID(hub), in: GitHistory(clone.repository.objects))
    guard authority.requiresSignatures else { return nil }
    switch try clone.signing() {
    case .off: return .off
    case .other(let format): return .other(format: format)
    case .ssh(let signer):
      guard let key = signer.publicKey?.description, !authority.isKey(key, of: author) else { return nil }
      return .unknownKey(key)
    }
  }
}

import Git
import Syncing

/// That something was committed unsigned although git is configured to sign, where it is configured in a way that a ledger
/// does not know.
enum SigningNotice {
  static func print(_ clone: LedgerClone) {
    guard case .other(let format)? = try? clone.signing() else { return }
    Console.note(
      "Not signed: git signs by '\(format)' here, and kpi signs with ssh keys only; unsigned it counts all the same. To sign "
        + "with an ssh key in this copy: git config gpg.format ssh; git config user.signingkey ~/.ssh/id_ed25519.pub. "
        + "Or not to be told: git config commit.gpgsign false")
  }
}

/// What somebody does whose copy is not set up for a ledger that takes signed changes only.
enum SignatureNeedText {
  static func text(_ need: SignatureNeed) -> String {
    switch need {
    case .off: "This ledger takes signed changes only, and yours are not signed. Once, " + setUp
    case .other(let format):
      "This ledger takes changes signed with an ssh key only, and git signs by '\(format)' here. Once, " + setUp
    case .unknownKey(let key):
      "This ledger takes signed changes only, and people.yaml does not have the key that you sign with at your mail "
        + "address. Send this line to an administrator of the ledger, who enters it there:\n  \(key)"
    }
  }

  private static let setUp = """
    do this:
      1. Make a key, if you have none:  ssh-keygen -t ed25519
      2. Send the line in ~/.ssh/id_ed25519.pub to an administrator of the ledger, who enters it at your name in people.yaml.
      3. Have your changes signed with it:
         git config gpg.format ssh
         git config user.signingkey ~/.ssh/id_ed25519.pub
         git config commit.gpgsign true
    """
}

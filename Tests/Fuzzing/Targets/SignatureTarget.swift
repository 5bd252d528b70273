import Git

extension FuzzTarget {
  /// A signature of a commit, or a public key in one line.
  static let signature = FuzzTarget(
    name: "signature",
    words: [
      "-----BEGIN SSH SIGNATURE-----\n", "\n-----END SSH SIGNATURE-----", "ssh-ed25519 ", "ecdsa-sha2-nistp256 ",
      "AAAAC3NzaC1lZDI1NTE5AAAAI", "U1NIU0lH", "AAAA", "AAAAA2dpdA", "/////", "=", "==", "\n",
    ],
    seeds: { [Array(signed.utf8), Array(key.utf8)] },
    fault: { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let key = SSHPublicKey(text), SSHPublicKey(key.description) != key { return "another key when written" }
      guard let signature = SSHSignature(text), !signature.key.needsKeygen else { return nil }
      guard let verifies = try? signature.verifies(Array("hello\n".utf8)) else { return "verifying failed" }
      return verifies && signature.key.description != key ? "it verifies with another key" : nil
    })

  /// Made by `ssh-keygen -Y sign -n git`, of the line `hello`.
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILMZrz5hVcE1JgKnM78U3uXjB5uc4eJSetZKa9aB05mU"
  private static let signed = """
    -----BEGIN SSH SIGNATURE-----
    U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgsxmvPmFVwTUmAqczvxTe5eMHm5
    zh4lJ61kpr1oHTmZQAAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5
    AAAAQIUjKeLg3n/biNiUy4KIyS7v1ASsOgExyiM6D1tNa86ZNt2KLvP/ak1dQ/p0Qal2SP
    0X9NTe/ePI80sAgOFhJQg=
    -----END SSH SIGNATURE-----
    """
}

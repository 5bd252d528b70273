extension ObjectDatabase {
  /// The key whose signature on a commit verifies; nil for a commit that is not signed, or whose signature does not
  /// verify, is no SSH signature, or was made for something else than git.
  /// - Parameter keygen: asked where the key is neither ed25519 nor ECDSA
  /// - Throws: `.notFound`, `.corrupt` where the commit cannot be read; `.program` where `ssh-keygen` is needed and
  ///   cannot be run
  public func signingKey(ofCommit id: ObjectID, keygen: SSHKeygen = SSHKeygen()) throws -> SSHPublicKey? {
    guard let text = try commit(id).onlySignature, let signature = SSHSignature(text), signature.namespace == "git",
      let bytes = try signedBytes(ofCommit: id), try signature.verifies(bytes, keygen: keygen)
    else { return nil }
    return signature.key
  }
}

extension Commit {
  /// The commit's signature, where it has exactly one.
  fileprivate var onlySignature: String? {
    let signatures = fields.filter { $0.name == "gpgsig" }
    return signatures.count == 1 ? signatures[0].value : nil
  }
}

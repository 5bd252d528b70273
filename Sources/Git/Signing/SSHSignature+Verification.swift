import Crypto

extension SSHSignature {
  /// Whether the key has signed some bytes.
  /// - Parameter keygen: asked where the key is neither ed25519 nor ECDSA
  /// - Throws: ``GitError`` with code `.program` where `ssh-keygen` is needed and cannot be run; that is no answer
  public func verifies(_ bytes: [UInt8], keygen: SSHKeygen = SSHKeygen()) throws(GitError) -> Bool {
    if key.needsKeygen { return try keygen.verifies(self, bytes) }
    let signed =
      Self.magic + SSHReader.string(namespace.utf8) + SSHReader.string([]) + SSHReader.string(hash.rawValue.utf8)
      + SSHReader.string(hash.digest(of: bytes))
    guard let point = key.point else { return false }
    switch key.kind {
    case .ed25519:
      guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: point) else { return false }
      return value.count == 64 && key.isValidSignature(value, for: signed)
    case .nistp256:
      guard let key = try? P256.Signing.PublicKey(x963Representation: point), let raw = raw(32),
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    case .nistp384:
      guard let key = try? P384.Signing.PublicKey(x963Representation: point), let raw = raw(48),
        let signature = try? P384.Signing.ECDSASignature(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    case .nistp521:
      guard let key = try? P521.Signing.PublicKey(x963Representation: point), let raw = raw(66),
        let signature = try? P521.Signing.ECDSASignature(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    case .rsa, .ed25519OnDevice, .nistp256OnDevice: return false
    }
  }

  /// The two numbers of an ECDSA signature, each filled up to `size` bytes; nil where they are none.
  private func raw(_ size: Int) -> [UInt8]? {
    var reader = SSHReader(value)
    guard let r = reader.magnitude(), let s = reader.magnitude(), reader.isAtEnd, r.count <= size, s.count <= size
    else { return nil }
    return [r, s].flatMap { [UInt8](repeating: 0, count: size - $0.count) + $0 }
  }
}

extension SSHSignature.Hash {
  fileprivate func digest(of bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .sha256: Array(SHA256.hash(data: bytes))
    case .sha512: Array(SHA512.hash(data: bytes))
    }
  }
}

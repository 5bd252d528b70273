/// A signature as `ssh-keygen -Y sign` writes it and git keeps it in commits: OpenSSH's PROTOCOL.sshsig.
public struct SSHSignature: Hashable, Sendable {
  /// The key that signed, as the signature says.
  public let key: SSHPublicKey
  /// What the signature is for: `git`.
  public let namespace: String
  /// How what is signed was hashed.
  public let hash: Hash
  /// By which algorithm it was signed, as `ssh-ed25519` or `rsa-sha2-512`.
  let algorithm: String
  /// The signature proper, as the algorithm puts it together.
  let value: [UInt8]
  /// The signature as it was written.
  let text: String

  /// How what is signed was hashed.
  public enum Hash: String, Hashable, Sendable { case sha256, sha512 }

  private static let begin = "-----BEGIN SSH SIGNATURE-----"
  private static let end = "-----END SSH SIGNATURE-----"
  /// More than a signature of an RSA key of 16,384 bits needs.
  private static let maximumBytes = 16_384

  /// Reads a signature between its lines `BEGIN` and `END`; nil where it is none, or of a kind that is not known.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumBytes, text.hasPrefix(Self.begin) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.first == Self.begin[...], let last = lines.lastIndex(of: Self.end[...]), last == lines.count - 1,
      let bytes = Base64.decode(lines[1..<last].joined().utf8)
    else { return nil }
    self.init(bytes, text)
  }

  private init?(_ bytes: [UInt8], _ text: String) {
    var reader = SSHReader(bytes)
    guard reader.bytes(6) == Self.magic, reader.number() == 1, let key = reader.string().flatMap(SSHPublicKey.init),
      let namespace = reader.word(), reader.string()?.isEmpty == true, let hash = reader.word().flatMap(Hash.init),
      let blob = reader.string(), reader.isAtEnd
    else { return nil }
    var inner = SSHReader(blob)
    guard let algorithm = inner.word(), key.kind.algorithms.contains(algorithm), let value = inner.string(),
      key.kind.isOnDevice || inner.isAtEnd
    else { return nil }
    (self.key, self.namespace, self.hash) = (key, namespace, hash)
    (self.algorithm, self.value, self.text) = (algorithm, value, text)
  }

  static let magic = Array("SSHSIG".utf8)
}

extension SSHPublicKey.Kind {
  /// The algorithms by which a key of the kind may sign: of RSA not the one that hashes with SHA-1.
  var algorithms: [String] { self == .rsa ? ["rsa-sha2-256", "rsa-sha2-512"] : [rawValue] }

  /// Whether the secret key is on a device that counts its signatures.
  var isOnDevice: Bool { self == .ed25519OnDevice || self == .nistp256OnDevice }
}

import Crypto

/// A public key as OpenSSH writes it.
///
///     SSHPublicKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… ana@laptop")
public struct SSHPublicKey: Hashable, Sendable, CustomStringConvertible {
  /// The kinds of key that sign: everything else is no key here.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case nistp256 = "ecdsa-sha2-nistp256"
    case nistp384 = "ecdsa-sha2-nistp384"
    case nistp521 = "ecdsa-sha2-nistp521"
    case rsa = "ssh-rsa"
    case ed25519OnDevice = "sk-ssh-ed25519@openssh.com"
    case nistp256OnDevice = "sk-ecdsa-sha2-nistp256@openssh.com"
  }

  /// What it is a key of.
  public let kind: Kind
  /// The key itself, as OpenSSH puts it together.
  let bytes: [UInt8]

  /// A key of its bytes; nil where they are none of the known kinds.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.maximumBytes else { return nil }
    var reader = SSHReader(bytes)
    guard let kind = reader.word().flatMap(Kind.init), Self.isWhole(kind, &reader) else { return nil }
    self.kind = kind
    self.bytes = bytes
  }

  /// A key of one line: its kind, its bytes in base64, and anything behind them; nil where it is none.
  public init?(_ line: some StringProtocol) {
    let parts = line.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
    guard parts.count >= 2, !line.contains(where: \.isNewline), let bytes = Base64.decode(parts[1].utf8),
      let key = SSHPublicKey(bytes), key.kind.rawValue == parts[0]
    else { return nil }
    self = key
  }

  /// Whether its signatures are verified by `ssh-keygen` and not in this process.
  public var needsKeygen: Bool { kind == .rsa || kind.isOnDevice }

  /// The key in one line, without a comment: `ssh-ed25519 AAAA…`
  public var description: String { "\(kind.rawValue) \(Base64.encode(bytes))" }

  /// What OpenSSH shows of a key: `SHA256:` and its hash in base64.
  public var fingerprint: String {
    "SHA256:" + Base64.encode(Array(SHA256.hash(data: bytes))).filter { $0 != "=" }
  }

  /// More than an RSA key of 16,384 bits needs.
  private static let maximumBytes = 4096
  /// Fewer bits than these have been broken, or will be.
  private static let minimumBitsOfRSA = 2048

  private static func isWhole(_ kind: Kind, _ reader: inout SSHReader) -> Bool {
    switch kind {
    case .ed25519: reader.string()?.count == 32 && reader.isAtEnd
    case .nistp256: isPoint("nistp256", 65, &reader) && reader.isAtEnd
    case .nistp384: isPoint("nistp384", 97, &reader) && reader.isAtEnd
    case .nistp521: isPoint("nistp521", 133, &reader) && reader.isAtEnd
    case .ed25519OnDevice: reader.string()?.count == 32 && reader.string() != nil && reader.isAtEnd
    case .nistp256OnDevice: isPoint("nistp256", 65, &reader) && reader.string() != nil && reader.isAtEnd
    case .rsa:
      reader.magnitude() != nil && (reader.magnitude().map(bits) ?? 0) >= minimumBitsOfRSA && reader.isAtEnd
    }
  }

  private static func isPoint(_ curve: String, _ count: Int, _ reader: inout SSHReader) -> Bool {
    reader.word() == curve && reader.string()?.count == count
  }

  private static func bits(_ magnitude: [UInt8]) -> Int {
    magnitude.count * 8 - (magnitude.first?.leadingZeroBitCount ?? 0)
  }

  /// The bytes of the key proper: of an ed25519 key its 32, of an ECDSA key its point.
  var point: [UInt8]? {
    var reader = SSHReader(bytes)
    guard reader.word() != nil else { return nil }
    if kind != .ed25519, reader.word() == nil { return nil }
    return reader.string()
  }
}

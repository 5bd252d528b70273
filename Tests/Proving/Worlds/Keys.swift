import Crypto
import Foundation

/// Everybody's ed25519 key, and signatures with it as OpenSSH writes them, by its own hand.
enum Keys {
  /// As `people.yaml` has it.
  static func line(_ person: Person) -> String { lines[person] ?? "" }

  private static let secrets: [Person: Curve25519.Signing.PrivateKey] = Dictionary(
    uniqueKeysWithValues: Person.allCases.compactMap { person in
      let seed = Data(SHA256.hash(data: Data(person.rawValue.utf8)))
      return (try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)).map { (person, $0) }
    })

  private static let lines = secrets.mapValues { "ssh-ed25519 " + publicBytes($0).base64EncodedString() }

  private static func publicBytes(_ key: Curve25519.Signing.PrivateKey) -> Data {
    string("ssh-ed25519") + string(key.publicKey.rawRepresentation)
  }

  private static func string(_ text: String) -> Data { string(Data(text.utf8)) }

  private static func string(_ bytes: Data) -> Data {
    withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Data($0) } + bytes
  }

  /// What a person's signature of a commit's bytes looks like in the commit.
  static func signature(of bytes: [UInt8], by person: Person) throws -> String {
    guard let key = secrets[person] else { return "" }
    let (magic, kind) = (Data("SSHSIG".utf8), string("git") + string("") + string("sha512"))
    let value = try key.signature(for: magic + kind + string(Data(SHA512.hash(data: Data(bytes)))))
    let packed =
      magic + Data([0, 0, 0, 1]) + string(publicBytes(key)) + kind + string(string("ssh-ed25519") + string(value))
    return "-----BEGIN SSH SIGNATURE-----\n\(packed.base64EncodedString())\n-----END SSH SIGNATURE-----"
  }
}

/// OpenSSH's program for keys, for what is not verified in this process, and for signing.
public struct SSHKeygen: Sendable {
  /// Where it is looked for, and by its bare name where it is in none of them.
  public static let usualPlaces = ["/usr/bin/ssh-keygen", "/usr/local/bin/ssh-keygen", "/opt/homebrew/bin/ssh-keygen"]

  /// Paths, of which the first is taken at which something can be run; a bare name is looked for as a shell does.
  public let places: [String]
  /// After so many seconds a verification is ended.
  public let seconds: Double

  public init(places: [String] = SSHKeygen.usualPlaces + ["ssh-keygen"], seconds: Double = 20) {
    self.places = places
    self.seconds = seconds
  }

  /// Whether the key of a signature has signed some bytes.
  func verifies(_ signature: SSHSignature, _ bytes: [UInt8]) throws(GitError) -> Bool {
    let file = try ChildFile(Array(signature.text.utf8))
    let ended = try ChildProgram(places: places, environment: ["LC_ALL=C"], seconds: seconds).run(
      ["-Y", "check-novalidate", "-n", signature.namespace, "-s", file.path(inChild: ChildProgram.firstExtraFile)],
      input: bytes, extra: [file])
    // 255 is its no; anything else is no answer, as from one that is too old to verify.
    guard ended.status == 0 || ended.status == 255 else {
      throw GitError(.program, "ssh-keygen could not verify a signature (status \(ended.status))")
    }
    return ended.status == 0
  }
}

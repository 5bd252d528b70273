import Foundation
import Testing

/// The real sshd on loopback, with keys, settings and a port of its own.
final class SSHServer {
  let work: Workplace
  let port: Int

  /// Where `kpi hub keys` writes.
  var keysFile: String { work.folder + "/sshd/authorized_keys" }
  /// What the server writes about its visitors.
  var log: String { (try? work.read("sshd/log")) ?? "" }

  init(_ work: Workplace) throws {
    self.work = work
    port = try Self.freePort()
    let folder = work.folder + "/sshd"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // As root sshd wants this folder, which the system's service would have made.
    if getuid() == 0 {
      try? FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    }
    _ = try work.shell("ssh-keygen -q -t ed25519 -N '' -f '\(folder)/host'")
    let host = try work.read("sshd/host.pub").split(separator: " ").prefix(2).joined(separator: " ")
    try work.write("[127.0.0.1]:\(port) \(host)\n", to: "sshd/known_hosts")
    try work.write(
      """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(folder)/host
      PidFile \(folder)/pid
      AuthorizedKeysFile \(keysFile)
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin yes
      AcceptEnv GIT_*
      Subsystem sftp internal-sftp
      SetEnv HOME=\(work.folder)/home GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

      """, to: "sshd/config")
    try start()
  }

  deinit {
    if let text = try? work.read("sshd/pid"), let id = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) {
      kill(id, SIGTERM)
    }
  }

  /// Starts it in the background: it closes all files that it inherits, and Foundation would take that for its end and
  /// wait for it, and so never see any other program end.
  private func start() throws {
    let started = try work.shell("/usr/sbin/sshd -f '\(work.folder)/sshd/config' -E '\(work.folder)/sshd/log'")
    try #require(started.status == 0, "\(started.errors)\(log)")
    for _ in 0..<200 where !log.contains("Server listening") { usleep(20_000) }
    try #require(log.contains("Server listening"), "\(log)")
  }

  /// The address of a hub, by its path.
  func address(_ path: String) -> String { "ssh://\(NSUserName())@127.0.0.1:\(port)\(path)" }

  /// Has what is run from now on come with somebody's key.
  func come(with key: String) { work.environment["GIT_SSH_COMMAND"] = command(key) }

  /// Asks the server for something, with somebody's key.
  func ask(_ words: String..., with key: String) throws -> Workplace.Ended {
    let asked = words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
    return try work.shell("\(command(key)) -p \(port) \(NSUserName())@127.0.0.1 \(asked) </dev/null")
  }

  private func command(_ key: String) -> String {
    let options = [
      "IdentitiesOnly=yes", "StrictHostKeyChecking=yes", "UserKnownHostsFile=\(work.folder)/sshd/known_hosts",
      "GlobalKnownHostsFile=/dev/null", "BatchMode=yes", "LogLevel=ERROR",
    ]
    return "ssh -F /dev/null -i \(work.folder)/keys/\(key) " + options.map { "-o \($0)" }.joined(separator: " ")
  }

  private static func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, length) == 0 && getsockname(socket, address, &length) == 0
      }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

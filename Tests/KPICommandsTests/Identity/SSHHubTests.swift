import Foundation
import Testing

/// A hub behind a real sshd on loopback, which lets in the people of people.yaml by the lines of `kpi hub keys`.
@Suite("A hub over ssh")
struct SSHHubTests {
  private static let figures = "departments/sales/actuals/win-rate.csv"
  private let work: Workplace
  private let server: SSHServer
  private let address: String

  init() throws {
    work = try Workplace()
    server = try SSHServer(work)
    address = server.address(work.folder + "/hub.git")
    let keys = Dictionary(uniqueKeysWithValues: try ["anna", "ben"].map { ($0, try work.makeKey($0)) })
    try work.makeKey("eve")
    try SalesLedger.setUp(work, people: [], keys: keys)
    try work.kpi("hub", "keys", "hub.git", "--write", server.keysFile, "--keep")
  }

  /// Somebody's copy, got over ssh.
  private func clone(_ name: String) throws {
    server.come(with: name)
    try work.kpi("clone", address, name, "--name", name.capitalized, "--email", "\(name)@example.org")
  }

  private func sync(_ name: String, expecting status: Int32 = 0) throws -> String {
    server.come(with: name)
    return try work.kpi("sync", in: name, expecting: [status]).output
  }

  private var tip: String { get throws { try work.git("rev-parse", "main", in: "hub.git") } }

  @Test("Two people clone and sync; the hub's notes say who did what")
  func twoPeople() throws {
    for name in ["anna", "ben"] { try clone(name) }
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna")
    try work.kpi("record", "sales/win-rate", "2020-02", "value=9", in: "ben")
    for name in ["anna", "ben", "anna"] { _ = try sync(name) }
    let rows = try work.read("anna/" + Self.figures)
    #expect(rows.contains("2020-01,8") && rows.contains("2020-02,9"))
    let log = try work.read("hub.git/kpi/access.log")
    #expect(log.contains(" anna upload-pack 127.0.0.1\n") && log.contains(" ben receive-pack 127.0.0.1\n"), "\(log)")
    let moves = try work.git("reflog", "--format=%gn %gs", "main", in: "hub.git").split(separator: "\n").prefix(2)
    #expect(moves.map { $0.prefix(4) } == ["Ben ", "Anna"], "\(moves)")
    // Plain git works too, by the hub's last name alone.
    server.come(with: "anna")
    try work.git("clone", "-q", server.address("/hub.git"), "plain")
  }

  @Test("Nobody syncs in another's name")
  func impostor() throws {
    try clone("ben")
    try work.git("config", "user.email", "anna@example.org", in: "ben")
    try work.git("config", "user.name", "Anna", in: "ben")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "ben")
    let before = try tip
    let told = try sync("ben", expecting: 4)
    #expect(
      told.contains("made as Anna <anna@example.org>, but sent by Ben ('ben')") && told.contains("not-the-pusher"))
    #expect(!told.contains("Your changes sent"), "\(told)")
    #expect(try tip == before)
    work.environment["KPI_PUSHER"] = "anna"
    _ = try sync("ben", expecting: 4)
    work.environment["KPI_PUSHER"] = nil
    try work.git("config", "user.email", "ben@example.org", in: "ben")
    _ = try sync("ben")
    #expect(try work.git("show", "main:" + Self.figures, in: "hub.git").contains("2020-01,8"))
  }

  @Test("A key that people.yaml has no more lets nobody in: at once, and in the keys' file after the sync")
  func revoked() throws {
    for name in ["anna", "ben"] { try clone(name) }
    let stale = try work.read("sshd/authorized_keys")
    let people = try work.read("anna/people.yaml").replacingOccurrences(
      of: #"(ben@example.org\]), keys: \[[^]]*\]"#, with: "$1", options: .regularExpression)
    try work.write(people, to: "anna/people.yaml")
    _ = try sync("anna")
    #expect(!(try work.read("sshd/authorized_keys").contains(" ben\n")))
    let file = work.folder + "/sshd/authorized_keys"
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    let denied = try sync("ben", expecting: 4)
    #expect(denied.contains("Permission denied"), "\(denied)")
    // A file that was not written again.
    try work.write(stale, to: "sshd/authorized_keys")
    let told = try server.ask("git-upload-pack '\(work.folder)/hub.git'", with: "ben")
    #expect(told.status != 0 && told.output.contains("ERR The key that you came with"), "\(told)")
    let refused = try sync("ben", expecting: 4)
    #expect(refused.contains("not one of yours in the ledger's people.yaml"), "\(refused)")
    _ = try sync("anna")
    #expect(try work.read("hub.git/kpi/access.log").contains(" ben refused 127.0.0.1\n"))
  }

  @Test("The key of a stranger does not come in, and a person can do nothing else there")
  func limits() throws {
    #expect(
      try server.ask("git-upload-pack '\(work.folder)/hub.git'", with: "eve").errors.contains("Permission denied"))
    let hello = try server.ask(with: "anna")
    #expect(hello.status == 0 && hello.output.contains("Hello Anna. The hub knows you as 'anna'"), "\(hello)")
    #expect(hello.output.contains("kpi clone ssh://"))
    let forbidden = [
      "id", "sh -c id", "git-upload-pack '\(work.folder)/hub.git'; id", "git-upload-archive '\(work.folder)/hub.git'",
      "git upload-pack --help", "git -c core.pager=id upload-pack x", "internal-sftp", "rsync --server .", "$(id)",
    ]
    for command in forbidden {
      let told = try server.ask(command, with: "anna")
      #expect(told.status != 0 && told.output.isEmpty, "\(command): \(told)")
      #expect(told.errors.contains("lets you get and send the ledger, and nothing else"), "\(command): \(told.errors)")
    }
    try work.git("init", "-q", "--bare", "other.git")
    for path in ["\(work.folder)/other.git", "../other.git", "\(work.folder)/x/../hub.git", "/"] {
      let told = try server.ask("git-receive-pack '\(path)'", with: "anna")
      #expect(told.status != 0 && told.output.contains("ERR There is no ledger"), "\(path): \(told)")
    }
  }

  @Test("What a client tells git through its environment stays outside")
  func environment() throws {
    try clone("anna")
    let command = try #require(work.environment["GIT_SSH_COMMAND"])
    work.environment["GIT_SSH_COMMAND"] = command + " -o SendEnv=GIT_*"
    work.environment["GIT_QUARANTINE_PATH"] = "/nowhere"
    work.environment["GIT_NAMESPACE"] = "elsewhere"
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna")
    try work.kpi("sync", in: "anna")
    #expect(
      try work.git("for-each-ref", "--format=%(refname)", in: "hub.git").split(separator: "\n").allSatisfy {
        !$0.contains("namespaces")
      })
    #expect(try work.shell("git --git-dir hub.git show main:\(Self.figures)").output.contains("2020-01,8"))
  }

  @Test("The lines are shown for whoever wants to see them first")
  func shown() throws {
    let shown = try work.kpi("hub", "keys", "hub.git")
    let lines = shown.output.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("restrict,command=\"") })
    #expect(lines.first?.hasSuffix(" anna") == true)
    #expect(
      try work.kpi("hub", "keys", "hub.git", "--write", server.keysFile).output.contains("is as it should be: 2 people")
    )
  }
}

import Foundation
import Git
import Testing

@testable import Hub

/// A real gitolite in front of the hub; only sshd is left out: its shell is called as sshd would call it.
@Suite struct GitoliteTests {
  let stage: HubStage

  init() throws { stage = try HubStage() }

  private func serve() throws -> String {
    let home = stage.folder + "/gitolite"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let lines = """
      set -e
      ssh-keygen -q -t ed25519 -N '' -f ana && gitolite setup -pk ana.pub >/dev/null 2>&1
      printf 'repo ledger\\n    RW main = @all\\n    R = @all\\n' >> .gitolite/conf/gitolite.conf
      gitolite compile && gitolite trigger POST_COMPILE
      '\(HubStage.program)' hub adopt repositories/ledger.git
      rm repositories/ledger.git/hooks/post-receive
      """
    let result = try stage.run("sh", ["-c", lines], in: "gitolite", adding: ["HOME": home, "USER": "git"])
    try #require(result.status == 0, "\(result.output)\(result.errors)")
    try stage.write(
      """
      #!/bin/sh
      # What sshd would do with the key of $PERSON: the address goes, the command is run by gitolite.
      while [ $# -gt 1 ]; do shift; done
      SSH_ORIGINAL_COMMAND="$1" SSH_CONNECTION="127.0.0.1 1 127.0.0.1 22" HOME='\(home)' USER=git \\
        exec /usr/share/gitolite3/gitolite-shell "$PERSON"

      """, to: "ssh", in: "home")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stage.folder + "/home/ssh")
    return stage.folder + "/home/ssh"
  }

  @Test func theGateStandsBehindItAndKnowsWhoPushes() throws {
    let ssh = try serve()
    func push(_ what: String, as person: String) throws -> HubStage.Result {
      try stage.run(
        "git", ["push", "git@hub:ledger", what], in: "bo",
        adding: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "simple", "PERSON": person])
    }
    _ = try stage.clone("bo")
    let first = try push("main", as: "bo")
    #expect(first.status == 0, "\(first.errors)")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    let other = try push("main", as: "cy")
    #expect(other.status != 0 && other.errors.contains("[not-the-pusher]"), "\(other.errors)")
    #expect(try push("main", as: "bo").status == 0)
    #expect(try push("main:refs/heads/mine", as: "bo").status != 0)
    let repository = stage.folder + "/gitolite/repositories/ledger.git"
    #expect(try Repository.open(repository).target(of: "refs/heads/main") == stage.tip(in: "bo"))
  }
}

@Suite struct HubAdoptionTests {
  let stage: HubStage
  init() throws { stage = try HubStage() }

  @Test func aPlainRepositoryBecomesAHub() throws {
    _ = try stage.clone("bo")
    try stage.git("init", "-q", "--bare", "-b", "trunk", "plain.git", in: "")
    for _ in 0..<2 {
      #expect(try stage.run(HubStage.program, ["hub", "adopt", "plain.git"], in: "").status == 0)
    }
    try FileManager.default.removeItem(atPath: stage.folder + "/plain.git/hooks/post-receive")
    try stage.git("remote", "set-url", "origin", stage.folder + "/plain.git", in: "bo")
    #expect(try stage.run("git", ["push", "-q", "origin", "main"], in: "bo").status == 0)
    #expect(try stage.git("symbolic-ref", "HEAD", in: "plain.git") == "refs/heads/main")
    try stage.commit(["ledger.yaml": "company: [\n"], in: "bo")
    #expect(try stage.run("git", ["push", "-q", "origin", "main"], in: "bo").status != 0)
  }

  @Test func somebodysOwnHookStays() throws {
    try stage.git("init", "-q", "--bare", "own.git", in: "")
    try stage.write("#!/bin/sh\nexit 0\n", to: "hooks/pre-receive", in: "own.git")
    #expect(throws: HubFault.foreignHook("pre-receive")) {
      try HubAdoption(path: stage.folder + "/own.git", program: nil).run()
    }
    #expect(throws: HubFault.notBare(stage.folder + "/bo")) {
      _ = try stage.clone("bo")
      _ = try HubAdoption(path: stage.folder + "/bo", program: nil).run()
    }
  }
}

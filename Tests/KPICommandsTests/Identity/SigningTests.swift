import Foundation
import Testing

/// What `kpi` commits where git is configured to sign, through the built program, git and ssh-keygen.
@Suite("Signing, from the commit to the audit")
struct SigningTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"
  private static let figures = "departments/sales/actuals/win-rate.csv"

  @Test("All that kpi commits in a copy is signed, and plain git finds it in order")
  func everything() throws {
    let work = try Workplace()
    let keys = ["anna": try work.makeKey("anna")]
    try SalesLedger.setUp(work, people: ["anna", "ben"], keys: keys)
    try work.git("tag", "begin", in: "anna")
    try work.sign(with: "anna", in: "anna")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", in: "anna")
    try work.kpi("undo", "--yes", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2026=27000", in: "ben")
    try work.kpi("sync", in: "ben")
    try work.kpi("define", "sales/win-rate", "--target", "2026=28000", in: "anna")
    try work.write(try work.read("anna/" + Self.figures) + "2020-02,9,,\n", to: "anna/" + Self.figures)
    try work.kpi("sync", "-m", "February", in: "anna")
    let id = try work.heldID("targets.2026", in: "anna")
    try work.kpi("settle", id, "--reject", "-m", "No", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.write("anna@example.org \(keys["anna"] ?? "")\n", to: "allowed")
    let log = try work.git(
      "-c", "gpg.ssh.allowedSignersFile=\(work.folder)/allowed", "log", "--format=%G? %cn %s", "begin..HEAD", in: "anna"
    )
    let lines = log.split(separator: "\n")
    #expect(lines.count >= 7)
    for line in lines { #expect(line.hasPrefix(line.contains(" Ben ") ? "N Ben" : "G Anna"), "\(line)") }
    try work.git(
      "-c", "gpg.ssh.allowedSignersFile=\(work.folder)/allowed", "verify-commit", "HEAD", in: "anna")
    #expect(try work.isSound("hub.git"))
  }

  @Test("What was edited on an older state is carried along in signed commits; a written-out key is an agent's")
  func agent() throws {
    let work = try Workplace()
    let line = try work.makeKey("anna")
    try SalesLedger.setUp(work, people: ["anna"], keys: [:])
    for (key, value) in [("gpg.format", "ssh"), ("user.signingkey", "key::" + line), ("commit.gpgsign", "true")] {
      try work.git("config", key, value, in: "anna")
    }
    let record = "cd anna && kpi record sales/win-rate 2020-01 value=8"
    let failed = try work.shell(record)
    #expect(
      failed.status == 64 && failed.errors.contains("This could not be signed, so it was not saved"), "\(failed.errors)"
    )
    #expect(try work.git("status", "--porcelain", in: "anna").isEmpty)
    let signed = try work.shell(
      """
      eval "$(ssh-agent -a '\(work.folder)/agent')" >/dev/null
      ssh-add -q '\(work.folder)/keys/anna'
      \(record); status=$?
      git config user.signingkey '' && git config gpg.ssh.defaultKeyCommand 'ssh-add -L' && kpi record sales/win-rate 2020-02 value=9
      ssh-agent -k >/dev/null; exit $status
      """)
    #expect(signed.status == 0, "\(signed.errors)")
    for commit in ["HEAD", "HEAD~1"] {
      #expect(try work.git("cat-file", "commit", commit, in: "anna").contains("BEGIN SSH SIGNATURE"))
    }
  }

  @Test("When signing fails nothing is changed, and it is said what to do")
  func failing() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"], keys: [:])
    try work.git("config", "commit.gpgsign", "true", in: "anna")
    try work.git("config", "gpg.format", "ssh", in: "anna")
    let before = try work.git("rev-parse", "HEAD", in: "anna")
    for (name, value) in [("user.signingkey", work.folder + "/keys/none"), ("gpg.ssh.program", "/nowhere/ssh-keygen")] {
      let ended = try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna", expecting: [64])
      #expect(
        ended.errors.contains("could not be signed") && ended.errors.contains("user.signingkey"), "\(ended.errors)")
      try work.git("config", name, value, in: "anna")
    }
    try work.write(try work.read("anna/" + Self.figures) + "2020-02,9,,\n", to: "anna/" + Self.figures)
    #expect(try work.kpi("sync", in: "anna", expecting: [64]).errors.contains("could not be signed"))
    #expect(try work.git("rev-parse", "HEAD", in: "anna") == before)
    #expect(try work.read("anna/" + Self.figures).contains("2020-02,9"))
    try work.git("config", "commit.gpgsign", "false", in: "anna")
    try work.kpi("sync", in: "anna")
  }

  @Test("Who signs with PGP elsewhere is told that kpi does not, and is not stuck")
  func openPGP() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"], keys: [:])
    try work.git("config", "commit.gpgsign", "true", in: "anna")
    let recorded = try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "anna")
    #expect(recorded.errors.contains("git signs by 'openpgp' here, and kpi signs with ssh keys only"))
    #expect(recorded.errors.components(separatedBy: "Not signed").count == 2)
    try work.kpi("sync", in: "anna")
    #expect(try work.git("show", "main:" + Self.figures, in: "hub.git").contains("2020-01,8"))
  }

  @Test("What somebody else brings speaks for its author where they signed it, and the audit tells claim from proof")
  func relayed() throws {
    let work = try Workplace()
    let keys = ["anna": try work.makeKey("anna")]
    try SalesLedger.setUp(work, people: ["anna", "dora"], keys: keys)
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", in: "anna")
    try work.git("pull", "-q", "--ff-only", work.folder + "/anna", "main", in: "dora")
    #expect(try work.kpi("status", in: "dora").output.contains("names Anna as its author; it counts as yours"))
    try work.git("reset", "-q", "--hard", "HEAD~1", in: "dora")
    try work.sign(with: "anna", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2021=13000", in: "anna")
    try work.git("commit", "-q", "--amend", "--no-edit", "-S", in: "anna")
    try work.git("pull", "-q", "--ff-only", work.folder + "/anna", "main", in: "dora")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "dora")
    let synced = try work.kpi("sync", in: "dora").output
    #expect(synced.contains("targets.2026: Dora wants 26000") && !synced.contains("targets.2021"), "\(synced)")
    let rate = try work.git("show", "main:" + Self.rate, in: "hub.git")
    #expect(rate.contains("2021: 13000") && rate.contains("2026: 25000"), "\(rate)")
    let audit = try work.kpi("audit", "sales/win-rate", "--format", "json", in: "dora").output
    let entries = try #require(JSONSerialization.jsonObject(with: Data(audit.utf8)) as? [[String: Any]])
    func verified(_ key: String) -> Bool? {
      entries.first { $0["key"] as? String == key }?["verified"] as? Bool
    }
    #expect(verified("targets.2021") == true)
    #expect(verified("proposal targets.2026") == false)
    #expect(verified("row 2020-01") == true)
    let table = try work.kpi("audit", "sales/win-rate", in: "dora").output
    #expect(table.contains("as Dora") && table.contains("says"), "\(table)")
    // Taking the key away later changes nothing about what was proven then.
    try work.kpi("hub", "check", "hub.git")
  }

  @Test("Where signatures are required, status and sync say so before anything is sent, and a set-up copy gets on")
  func required() throws {
    let work = try Workplace()
    let keys = Dictionary(uniqueKeysWithValues: try ["anna", "office", "dora"].map { ($0, try work.makeKey($0)) })
    try SalesLedger.setUp(
      work, people: ["anna", "dora"], keys: keys.filter { $0.key != "dora" }, requiringSignatures: true)
    let tip = try work.git("rev-parse", "main", in: "hub.git")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=8", in: "dora")
    let status = try work.kpi("status", in: "dora", expecting: [4]).output
    #expect(status.contains("takes signed changes only") && status.contains("ssh-keygen -t ed25519"), "\(status)")
    #expect(try work.kpi("sync", in: "dora", expecting: [4]).output.contains("git config gpg.format ssh"))
    try work.git("config", "commit.gpgsign", "true", in: "dora")
    #expect(try work.kpi("sync", in: "dora", expecting: [4]).output.contains("git signs by 'openpgp' here"))
    try work.sign(with: "dora", in: "dora")
    let unknown = try work.kpi("sync", in: "dora", expecting: [4]).output
    #expect(
      unknown.contains("Send this line to an administrator") && unknown.contains("ssh-ed25519 AAAA"), "\(unknown)")
    #expect(try work.git("rev-parse", "main", in: "hub.git") == tip)

    try work.sign(with: "anna", in: "anna")
    let people = try work.read("anna/people.yaml").replacingOccurrences(
      of: "emails: [dora@example.org]", with: "emails: [dora@example.org], keys: [\(keys["dora"] ?? "")]")
    try work.write(people, to: "anna/people.yaml")
    try work.kpi("sync", "-m", "Dora's key", in: "anna")
    // What she recorded unsigned comes along under her signed sync.
    try work.kpi("sync", in: "dora")
    #expect(try work.git("show", "main:" + Self.figures, in: "hub.git").contains("2020-01,8"))
    #expect(try work.kpi("hub", "check", "hub.git").status == 0)
  }

  @Test("Nobody requires signatures while no administrator has a key")
  func lockOut() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office"], keys: ["anna": try work.makeKey("anna")])
    try work.git("config", "user.email", "office@example.org", in: "office")
    // Anna is the deputy, and her key ends.
    let people = try work.read("office/people.yaml").replacingOccurrences(
      of: #"keys: \[([^]]*)\]"#, with: "keys: [{key: $1, until: 2099}]", options: .regularExpression)
    try work.write(people, to: "office/people.yaml")
    try work.write(try work.read("office/ledger.yaml") + "require_signatures: true\n", to: "office/ledger.yaml")
    let check = try work.kpi("check", in: "office", expecting: [1]).output
    #expect(check.contains("no-signing-administrator") || check.contains("a key without an end"), "\(check)")
    try work.kpi("sync", in: "office", expecting: [1])
    #expect(!(try work.git("show", "main:ledger.yaml", in: "hub.git").contains("require_signatures")))
  }
}

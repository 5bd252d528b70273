import Foundation
import Testing

/// How a ledger and a hub begin: with an administrator whom git can name, whole or not at all.
@Suite("Beginning a ledger and a hub") struct BeginningTests {
  @Test(
    "An administrator with an odd name is kept as written, or refused before anything is made",
    arguments: [
      (["José \"Pepe\" O'Neill: #1", "jose@example.com"], true), (["李明", "li@example.com"], true),
      (["Ana", "Ruiz", "<ana@example.com>"], true), (["Ana <boss>", "ana@example.com"], false),
      (["Ana\nroles:", "ana@example.com"], false), ([".", "ana@example.com"], false),
      (["Ana", "ana@exa mple.com"], false), (["Ana", "'ana@example.com'"], false), (["Ana", "ana"], false),
    ] as [([String], Bool)])
  func names(admin: [String], isGood: Bool) throws {
    let work = try Workplace()
    let ended = try work.kpi(["hub", "init", "hub.git", "--admin"] + admin, expecting: isGood ? [0] : [64])
    #expect(work.exists("hub.git") == isGood, "\(ended.errors)")
    guard isGood else { return }
    #expect(try work.kpi("hub", "check", "hub.git").status == 0)
    let email = try #require(admin.last?.trimmingCharacters(in: ["<", ">"]))
    let name = admin.dropLast().joined(separator: " ")
    try work.kpi("clone", "hub.git", "desk", "--name", name, "--email", email)
    try work.kpi("people", "add", "ben", "--name", "Ben", "--email", "ben@example.com", in: "desk")
    #expect(try !work.kpi("sync", in: "desk").output.contains("held"))
    #expect(try work.kpi("people", in: "desk").output.contains("administrator, controller"))
  }

  @Test("'kpi init' where git knows nobody says what to do, and leaves nothing behind")
  func nobody() throws {
    let work = try Workplace()
    let ended = try work.kpi("init", "acme", expecting: [64])
    #expect(ended.errors.contains("kpi init acme --name \"Ana Ruiz\" --email ana@example.com"))
    #expect(!work.exists("acme"))
    try work.write("notes", to: "full/notes.txt")
    try work.kpi("init", "full", expecting: [64])
    #expect(!work.exists("full/.git") && work.exists("full/notes.txt"))
    try work.kpi("init", "acme", "--name", "Ana Ruiz", "--email", "ana@example.com")
    #expect(try work.kpi("people", in: "acme").output.contains("Ana Ruiz"))
  }

  @Test(
    "A ledger that began alone becomes a hub, with the people that it has; who is none of its administrators is told")
  func becomesAHub() throws {
    let work = try Workplace()
    try work.kpi("init", "acme", "--name", "Ana Ruiz", "--email", "ana@example.com")
    try work.kpi("people", "add", "ben", "--name", "Ben", "--email", "ben@example.com", in: "acme")
    try work.kpi("department", "add", "sales", "--name", "Sales", "--holder", "ben", in: "acme")
    let made = try work.kpi("hub", "init", "hub.git", "--from", "acme", "--admin", "Eve", "eve@example.com")
    #expect(made.output.contains("administrator: Ana Ruiz <ana@example.com>."))
    #expect(made.errors.contains("Eve <eve@example.com> is no administrator"))
    #expect(made.output.contains("acme itself stays as it is"))
    try work.kpi("clone", "hub.git", "ben", "--name", "Ben", "--email", "ben@example.com")
    #expect(try work.kpi("department", in: "ben").output.contains("head-of-sales (Ben)"))
  }

  @Test("Killed at any moment, 'kpi hub init' leaves nothing at its place, or a whole hub")
  func killed() throws {
    let work = try Workplace()
    var (whole, nothing) = (0, 0)
    for round in 0..<14 {
      let hub = "hub-\(round).git"
      let started = try work.start(Workplace.program, ["hub", "init", hub, "--admin", "Ana Ruiz", "ana@example.com"])
      usleep(UInt32(round * 3_000 + 1_000))
      kill(started.0.processIdentifier, SIGKILL)
      started.0.waitUntilExit()
      guard work.exists(hub) else {
        nothing += 1
        try work.kpi("hub", "init", hub, "--admin", "Ana Ruiz", "ana@example.com")
        continue
      }
      whole += 1
      for hook in ["pre-receive", "post-receive"] {
        #expect(FileManager.default.isExecutableFile(atPath: work.folder + "/\(hub)/hooks/\(hook)"))
      }
      #expect(try work.git("config", "receive.denyDeletes", in: hub) == "true\n")
      #expect(try work.kpi("hub", "check", hub).status == 0)
    }
    #expect(whole + nothing == 14)
    #expect(nothing > 0, "no moment was early enough to show anything")
  }
}
